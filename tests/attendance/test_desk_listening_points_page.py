"""The desk's listening points: listed, added, changed, taken back, and their devices named."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.attendance.models import Identity, ListeningPoint, Tally
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.statements import counted

LIST = "/desk/live-sessions/may-1/listening-points/"
ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def desk(live_session: LiveSession, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of an organiser."""
    return client_of(cast.organiser)


def _open(live_session: LiveSession, cast: Cast, place: str, country: str) -> ListeningPoint:
    actor = service.Actor(cast.organiser.id, at_desk=True)
    facts = PointFacts(place, country, women=4, names=("Maya Devi",))
    return service.open_point(live_session, facts, None, actor)


def _point() -> ListeningPoint:
    session.expire_all()
    return session.scalars(select(ListeningPoint)).one()


def test_an_organiser_adds_what_she_was_told_by_telephone(desk: FlaskClient, siti: Person) -> None:
    assert "No listening point yet" in desk.get(LIST).text
    data = {
        "country": "",
        "place": "Hall",
        "host": "SITI@example.org",
        "women": "4",
        "names": "Ibu Ani",
    }
    page = desk.post(LIST + "new", data=data, follow_redirects=True).text
    assert (_point().hosted_by, _point().women, len(_point().named)) == (siti.id, 4, 1)
    assert "hosted by Siti Aminah" in page
    assert "Take back" in page


def test_a_host_whom_nobody_knows_is_said_at_the_question(desk: FlaskClient) -> None:
    data = {"country": "", "place": "Hall", "host": "none@example.org", "women": "4"}
    answer = desk.post(LIST + "new", data=data)
    assert answer.status_code == 422
    assert "The academy knows nobody with this address." in answer.text
    assert session.scalars(select(ListeningPoint)).all() == []


def test_a_point_is_changed_and_the_second_of_two_is_told(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    here = f"/desk/listening-points/{_open(live_session, cast, 'Hall', 'NP').id}/"
    assert "Maya Devi" in desk.get(here).text
    data = {"country": "", "place": "Hall", "women": "7", "version": "1"}
    assert desk.post(here, data=data).status_code == 302
    answer = desk.post(here, data={**data, "women": "9"})
    assert (answer.status_code, _point().women) == (409, 7)
    assert desk.post(here, data={**data, "women": "-3"}).status_code == 422


def test_a_point_is_taken_back_and_brought_back(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    here = f"/desk/listening-points/{_open(live_session, cast, 'Hall', 'NP').id}/"
    assert "Bring back" in desk.post(here + "withdrawal", follow_redirects=True).text
    assert "meanwhile" in desk.post(here + "withdrawal", follow_redirects=True).text
    assert "counts again" in desk.post(here + "withdrawal/undo", follow_redirects=True).text
    assert _point().withdrawn_at is None


def test_the_device_is_named_and_stands_among_those_not_counted(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    file = zoom_file([("Hall phone", "", "14:00:00", "15:00:00")])
    service.import_attendance(live_session, file, "z.csv")
    here = f"/desk/listening-points/{_open(live_session, cast, 'Hall', 'NP').id}/device"
    page = desk.get(here).text
    assert "Hall phone" in page
    assert "Maya Devi" not in page
    device = session.scalars(select(Identity).where(Identity.shown_name == "Hall phone")).one()
    desk.post(here, data={"identity_id": device.id, "seen": ""})
    tally = session.get_one(Tally, live_session.id)
    assert (tally.unmatched, tally.excluded) == (1, 1)
    excluded = desk.get("/desk/live-sessions/may-1/attendance/?show=excluded").text
    assert "The device of a listening point" in excluded
    assert "not a person" in desk.get(LIST).text
    desk.post(here)
    assert _point().device_id is None


def test_a_device_of_another_live_session_is_none(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    here = f"/desk/listening-points/{_open(live_session, cast, 'Hall', 'NP').id}/device"
    assert desk.post(here, data={"identity_id": "99999"}).status_code == 404
    assert desk.get(here + "?q=nobody").status_code == 200


def test_a_focal_point_sees_the_points_of_her_country_without_a_name_and_changes_none(
    live_session: LiveSession, cast: Cast, client_of: ClientOf
) -> None:
    for place, country in (("Ghar", "NP"), ("Balai", "ID")):
        _open(live_session, cast, place, country)
    focal = client_of(cast.focal_point)
    page = focal.get(LIST).text
    assert ("Ghar" in page, "Balai" in page, "Maya Devi" in page) == (True, False, False)
    assert "Take back" not in page
    assert focal.get(LIST + "new").status_code == 403


def test_a_list_of_sixty_costs_as_many_statements_as_one_of_three(
    desk: FlaskClient, live_session: LiveSession, cast: Cast, engine: Engine
) -> None:
    costs = []
    for many in (3, 57):
        session.add_all(
            ListeningPoint(live_session_id=live_session.id, place=f"Hall {many}.{one}", women=1)
            for one in range(many)
        )
        session.commit()
        with counted(engine) as statements:
            page = desk.get(LIST).text
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 4
    assert "Next" in page
