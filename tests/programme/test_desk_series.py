"""The desk's pages of series: who may open them, creating with a look at the dates, publishing."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.service import register
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody

ClientOf = Callable[[Person], FlaskClient]
FORM = {
    "title": "Weaving", "slug": "weaving", "zone": "Europe/Berlin", "starts": "2031-03-20T14:00",
    "minutes": "90", "weeks": "3", "language": "en", "capacity": "",
}  # fmt: skip
RUNNERS_ONLY = (
    "/desk/series/new", "/desk/series/weaving/edit", "/desk/series/weaving/weeks",
    "/desk/series/weaving/cancel",
)  # fmt: skip
ALL = ("/desk/series/", "/desk/series/weaving/", *RUNNERS_ONLY)


@pytest.mark.parametrize("address", ALL)
def test_an_organiser_opens_it(address: str, client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    assert client_of(cast.organiser).get(address).status_code == 200


@pytest.mark.parametrize("address", ALL)
def test_a_stranger_signs_in_first_and_a_learner_may_not(
    address: str, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    a_series("weaving")
    assert "/sign-in" in client.get(address).location
    assert client_of(cast.learner).get(address).status_code == 403
    assert client_of(cast.moderator).get(address).status_code == 403


@pytest.mark.parametrize("address", RUNNERS_ONLY)
def test_a_focal_point_changes_no_series(address: str, client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    assert client_of(cast.focal_point).get(address).status_code == 403


def test_a_series_that_is_none_is_not_found(client_of: ClientOf, cast: Cast) -> None:
    organiser = client_of(cast.organiser)
    for address in ALL[1:]:
        if "weaving" in address:
            assert organiser.get(address).status_code == 404


def test_a_draft_is_not_there_for_a_focal_point(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving", published=False)
    focal_point = client_of(cast.focal_point)
    assert focal_point.get("/desk/series/weaving/").status_code == 404
    assert "weaving" not in focal_point.get("/desk/series/").text


def test_a_wrong_method_is_not_possible(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    organiser = client_of(cast.organiser)
    assert organiser.post("/desk/series/").status_code == 405
    assert organiser.get("/desk/series/weaving/publication").status_code == 405


def test_the_dates_are_shown_in_both_zones_before_anything_is_made(
    client_of: ClientOf, cast: Cast
) -> None:
    text = client_of(cast.organiser).post("/desk/series/new", data={**FORM, "do": "look"}).text
    # Summer time begins on 30 March 2031: 14:00 in Berlin is 13:00 UTC before and 12:00 after.
    assert (text.count("14:00"), text.count("13:00"), text.count("12:00")) == (4, 2, 1)
    assert session.query(Series).count() == 0


def test_an_organiser_makes_a_draft_and_publishes_it(client_of: ClientOf, cast: Cast) -> None:
    organiser = client_of(cast.organiser)
    answer = organiser.post("/desk/series/new", data={**FORM, "do": "create"})
    assert answer.location == "/desk/series/weaving/"
    series = session.query(Series).one()
    assert (series.status, len(series.live_sessions)) == ("draft", 3)
    organiser.post("/desk/series/weaving/publication", data={"do": "publish"})
    assert session.query(Series).one().status == "published"
    organiser.post("/desk/series/weaving/publication", data={"do": "withdraw"})
    assert session.query(Series).one().status == "draft"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "Not an address", "small letters"),
        ("starts", "yesterday", "Not a valid datetime"),
        ("starts", "2031-03-16T02:30", "clocks of Europe/Berlin skip 02:30"),
        ("weeks", "0", "one to 60 weeks"),
        ("minutes", "-5", "one minute"),
        ("capacity", "none", "Not a valid integer"),
        ("zone", "Mars/Olympus", "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(
    field: str, value: str, words: str, client_of: ClientOf, cast: Cast
) -> None:
    page = client_of(cast.organiser).post(
        "/desk/series/new", data={**FORM, field: value, "do": "create"}
    )
    assert page.status_code == 400
    assert words in page.text
    assert 'value="Weaving"' in page.text


def test_a_taken_address_is_said(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    page = client_of(cast.organiser).post("/desk/series/new", data={**FORM, "do": "create"})
    assert (page.status_code, "with this address already" in page.text) == (400, True)


def test_words_and_capacity_are_changed(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving", capacity=3)
    data = {"title": "New words", "summary": "", "language": "id", "capacity": "4"}
    client_of(cast.organiser).post("/desk/series/weaving/edit", data=data)
    series = session.query(Series).one()
    assert (series.title, series.summary, series.language) == ("New words", "", "id")
    assert [series.capacity, series.live_sessions[0].capacity] == [4, 4]


def test_registration_closes_on_the_organisers_clock(
    client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    a_series("weaving")
    there, data = "/desk/series/weaving/edit", {"title": "Weaving", "language": "en"}
    organiser = client_of(cast.organiser)
    organiser.post(there, data={**data, "closes": "2020-05-02T14:00"})
    closes_at = session.query(Series).one().registration_closes_at
    assert closes_at is not None
    assert f"{closes_at:%H:%M}" == "06:00"
    assert "Registration is closed" in client.get("/series/weaving/").text
    assert 'value="2020-05-02T14:00"' in organiser.get(there).text
    organiser.post(there, data={**data, "closes": ""})
    assert session.query(Series).one().registration_closes_at is None


def test_a_capacity_below_those_who_go_is_said(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=3)
    for _each in range(2):
        register(somebody(), series)
    data = {"title": "Weaving", "language": "en", "capacity": "1"}
    page = client_of(cast.organiser).post("/desk/series/weaving/edit", data=data)
    assert (page.status_code, "2 people have a place" in page.text) == (400, True)


def test_weeks_are_added_after_a_look(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    organiser = client_of(cast.organiser)
    organiser.post("/desk/series/weaving/weeks", data={"weeks": "2", "do": "look"})
    assert len(session.query(Series).one().live_sessions) == 1
    organiser.post("/desk/series/weaving/weeks", data={"weeks": "2", "do": "create"})
    assert len(session.query(Series).one().live_sessions) == 3


def test_calling_off_says_first_how_many_are_told(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    register(cast.learner, series)
    organiser = client_of(cast.organiser)
    assert "1 person is told" in organiser.get("/desk/series/weaving/cancel").text
    organiser.post("/desk/series/weaving/cancel")
    assert session.query(Series).one().status == "cancelled"


def test_the_list_is_searched_and_filtered(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving", title="Weaving together")
    a_series("dyeing", title="Dyeing together", published=False)
    organiser = client_of(cast.organiser)
    assert "Weaving together" not in organiser.get("/desk/series/?q=DYE").text
    assert "Dyeing together" not in organiser.get("/desk/series/?status=published").text
