"""The desk's page of a live session: places, the waiting list, changing, calling off."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Place
from academy.programme.service import register
from tests.cast import Cast
from tests.programme.scenes import a_series, check_counts, somebody, states

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/weaving-1/"
RUNNERS_ONLY = (HERE + "edit", HERE + "cancel")


@pytest.mark.parametrize("address", [HERE, *RUNNERS_ONLY])
def test_who_may_open_it(
    address: str, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    organiser = client_of(cast.organiser)
    assert organiser.get(address).status_code == 404
    a_series("weaving")
    assert organiser.get(address).status_code == 200
    assert "/sign-in" in client.get(address).location
    assert client_of(cast.learner).get(address).status_code == 403
    focal_points = 403 if address in RUNNERS_ONLY else 200
    assert client_of(cast.focal_point).get(address).status_code == focal_points


def test_those_who_wait_stand_in_their_order(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=1)
    for name in ("Zaw", "Maung", "Aye"):
        register(somebody(name), series)
    text = client_of(cast.organiser).get(HERE + "?state=waiting").text
    assert text.index("Maung") < text.index("Aye")
    assert "Zaw" not in text


def test_a_focal_point_sees_the_people_of_the_own_country(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    register(somebody("Nepali", "NP"), series)
    register(somebody("Thai", "TH"), series)
    text = client_of(cast.focal_point).get(HERE).text
    assert ("Nepali" in text, "Thai" in text) == (True, False)


def test_a_place_given_by_hand_passes_the_queue(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=1)
    for name in ("First", "Second", "Third"):
        register(somebody(name), series)
    organiser = client_of(cast.organiser)
    third = session.scalars(select(Place).order_by(Place.id.desc())).first()
    assert third is not None
    there = f"{HERE}places/{third.id}"
    organiser.post(there)
    assert states(series.live_sessions[0])["Third"] == "waiting"
    with transaction():
        session.execute(select(LiveSession)).scalar_one().capacity = 2
    organiser.post(there)
    assert states(series.live_sessions[0])["Third"] == "going"


def test_a_place_of_another_live_session_is_not_found(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    register(cast.learner, a_series("dyeing"))
    place = session.query(Place).one()
    assert client_of(cast.organiser).post(f"{HERE}places/{place.id}").status_code == 404
    assert client_of(cast.learner).post(f"{HERE}places/{place.id}").status_code == 403
    assert client_of(cast.organiser).get(f"{HERE}places/{place.id}").status_code == 405


def test_everything_of_a_live_session_is_changed(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    data = {
        "title": "Looms", "summary": "How they work", "starts": "2031-05-03T15:00", "minutes": "60",
        "capacity": "12", "hosts": "Secretariat\nhost@example.org\n\n",
        "recording_url": "https://video.example/1",
    }  # fmt: skip
    assert client_of(cast.organiser).post(HERE + "edit", data=data).location == HERE
    changed = session.query(LiveSession).one()
    assert (changed.title, changed.minutes, changed.capacity) == ("Looms", 60, 12)
    assert f"{changed.starts_at:%Y-%m-%d %H:%M}" == "2031-05-03 07:00"
    assert changed.hosts == ["Secretariat", "host@example.org"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.example/a", "nonsense"])
def test_a_recording_is_an_address_of_the_web(
    address: str, client_of: ClientOf, cast: Cast
) -> None:
    a_series("weaving")
    data = {"title": "Looms", "starts": "2031-05-03T15:00", "minutes": "60",
            "recording_url": address}  # fmt: skip
    page = client_of(cast.organiser).post(HERE + "edit", data=data)
    assert (page.status_code, "https://" in page.text) == (400, True)


def test_calling_off_says_first_how_many_are_told(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    register(cast.learner, series)
    organiser = client_of(cast.organiser)
    assert "1 person is told" in organiser.get(HERE + "cancel").text
    organiser.post(HERE + "cancel")
    assert session.query(LiveSession).one().status == "cancelled"
    check_counts(series.live_sessions[0])
