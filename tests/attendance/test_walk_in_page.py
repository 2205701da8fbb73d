"""Somebody at the door who is not on the roll: known after all, or new, of a country."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from academy.attendance.models import Attendance
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.conftest import change
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
ROLL = "/desk/live-sessions/may-1/attendance/roll/"
HERE = ROLL + "walk-in"


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, live_session: LiveSession) -> FlaskClient:
    return client_of(cast.organiser)


def _add(browser: FlaskClient, **fields: object) -> TestResponse:
    return browser.post(HERE, data=fields, follow_redirects=True)


def _came() -> list[tuple[str, str | None]]:
    statement = select(Person.name, Person.country).join(
        Attendance, Attendance.person_id == Person.id
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def test_somebody_new_is_created_and_ticked(desk: FlaskClient) -> None:
    page = _add(desk, name="  Noor ", country="MY").text
    assert "Noor is ticked." in page
    assert "walked in, not registered" in page
    assert _came() == [("Noor", "MY")]


def test_a_name_that_is_known_is_asked_about_first(desk: FlaskClient, siti: Person) -> None:
    page = _add(desk, name="siti aminah", country="MY")
    assert "Is it one of these?" in page.text
    assert (page.text.count("This is the one"), _came()) == (1, [])
    _add(desk, person_id=siti.id)
    assert _came() == [("Siti Aminah", "MY")]


def test_a_namesake_is_added_once_it_is_said_that_it_is_nobody_known(
    desk: FlaskClient, siti: Person
) -> None:
    _add(desk, name="Siti Aminah", country="ID", sure="1")
    assert _came() == [("Siti Aminah", "ID")]
    assert session.scalar(select(func.count()).where(Person.name == "Siti Aminah")) == 2


def test_whoever_is_added_by_one_form_sent_twice_is_one_person(
    desk: FlaskClient, siti: Person
) -> None:
    fields = _asked(desk, "Siti Aminah")
    for _ in range(2):
        assert "Siti Aminah is ticked." in _add(desk, **fields).text
    assert _came() == [("Siti Aminah", "ID")]


def test_a_second_namesake_at_the_door_is_a_second_person(desk: FlaskClient, siti: Person) -> None:
    for _ in range(2):
        _add(desk, **_asked(desk, "Siti Aminah"))
    assert _came() == [("Siti Aminah", "ID")] * 2


def test_whom_a_colleague_has_just_added_is_asked_about_and_not_added_again(
    desk: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    other = client_of(cast.administrator)
    mine, theirs = _form(desk), _form(other)
    _add(desk, name="Noor Aini", country="MY", **mine)
    answer = _add(other, name="noor aini", country="MY", **theirs)
    assert "Aisyah binti Omar has just added them" in answer.text
    assert _came() == [("Noor Aini", "MY")]
    person = session.scalars(select(Person.id).where(Person.name == "Noor Aini")).one()
    assert f'name="person_id" value="{person}"' in answer.text
    _add(other, person_id=person)
    assert _came() == [("Noor Aini", "MY")]


def test_two_different_people_of_one_name_are_both_added_by_two_tickers(
    desk: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    other = client_of(cast.administrator)
    mine, theirs = _form(desk), _form(other)
    _add(desk, name="Noor", country="MY", **mine)
    asked = _add(other, name="Noor", country="MY", **theirs).text
    assert "Noor is ticked." in _add(other, name="Noor", country="MY", **_hidden(asked)).text
    assert _came() == [("Noor", "MY")] * 2


def test_a_focal_point_is_told_of_nobody_of_another_country(
    desk: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    focal = client_of(cast.focal_point)
    [country] = cast.focal_point.focal_countries
    elsewhere = "MY" if country != "MY" else "NP"
    theirs = _form(focal)
    _add(desk, name="Noor", country=elsewhere, **_form(desk))
    answer = _add(focal, name="Noor", country=country, **theirs)
    assert "has just added" not in answer.text
    assert sorted(_came()) == sorted([("Noor", elsewhere), ("Noor", country)])


def _form(browser: FlaskClient) -> dict[str, str]:
    return _hidden(browser.get(HERE).text)


def _hidden(page: str) -> dict[str, str]:
    """Return what the form for somebody new carries along."""
    found = re.findall(r'<input type="hidden" name="(sure|newest)" value="(\d+)">', page)
    return dict(found)


def _asked(desk: FlaskClient, name: str) -> dict[str, str]:
    """Return what the form holds that asks whether it is somebody known."""
    page = _add(desk, name=name, country="ID").text
    return {"name": name, "country": "ID", **_hidden(page)}


def test_without_a_name_nobody_is_added(desk: FlaskClient) -> None:
    page = _add(desk, name=" ", country="MY")
    assert (page.status_code, "Write the name." in page.text, _came()) == (422, True, [])


def test_who_walked_in_can_be_taken_back_on_the_roll_and_ticked_again(desk: FlaskClient) -> None:
    _add(desk, name="Noor", country="MY")
    noor = session.scalars(select(Person).where(Person.name == "Noor")).one()
    desk.post(ROLL, data={"shown": [noor.id], "was": [noor.id]})
    assert (_came(), "Noor" in desk.get(ROLL).text) == ([], True)


def test_a_focal_point_adds_people_of_her_countries_only(
    client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person
) -> None:
    browser = client_of(cast.focal_point)
    assert 'value="MY"' not in browser.get(HERE).text
    assert _add(browser, name="Noor", country="MY").status_code == 422
    assert _add(browser, person_id=siti.id).status_code == 404
    # The name is known, but not to her: nothing tells that there is such a person.
    assert "Is it one of these" not in _add(browser, name="Siti Aminah", country="NP").text
    assert _came() == [("Siti Aminah", "NP")]


def test_nobody_is_made_up_before_the_door_opens(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    change(live_session, status="cancelled")
    assert "cannot be ticked now" in _add(desk, name="Noor", country="MY").text
    assert session.scalar(select(func.count()).where(Person.name == "Noor")) == 0


def test_what_does_not_exist_is_not_found(desk: FlaskClient) -> None:
    assert _add(desk, person_id="99999").status_code == 404
    assert _add(desk, person_id="9" * 30).status_code == 404
    assert desk.get("/desk/live-sessions/none/attendance/roll/walk-in").status_code == 404


def test_only_staff_add_people(client: FlaskClient, client_of: ClientOf, cast: Cast) -> None:
    assert client.get(HERE).headers["Location"].startswith("/sign-in")
    assert client_of(cast.learner).post(HERE, data={"name": "X"}).status_code == 403
    assert client_of(cast.moderator).post(HERE, data={"name": "X"}).status_code == 403
