"""The roll: who is expected, searched, filtered; ticks saved without a script, by two at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from academy.attendance.models import Attendance, Evidence
from academy.attendance.service import record_presence
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration
from tests.attendance.conftest import change, register
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/may-1/attendance/roll/"


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, siti: Person, budi: Person) -> FlaskClient:
    return client_of(cast.organiser)


def _save(browser: FlaskClient, *, shown: list[Person], was: list[Person], here: list[Person],
          query: str = "", **more: str) -> TestResponse:  # fmt: skip
    data = {name: [one.id for one in people]
            for name, people in (("shown", shown), ("was", was), ("here", here))}  # fmt: skip
    return browser.post(HERE + query, data={**data, **more}, follow_redirects=True)


def _ticks() -> list[tuple[int | None, bool]]:
    session.expire_all()
    rows = session.scalars(select(Evidence).where(Evidence.source == "roll").order_by(Evidence.id))
    return [(fact.recorded_by, fact.withdrawn_at is None) for fact in rows]


def _came() -> list[int | None]:
    return list(session.scalars(select(Attendance.person_id).order_by(Attendance.person_id)))


def _names(page: str) -> list[str]:
    return re.findall(r'<bdi class="tick__name">([^<]+)</bdi>', page)


def test_a_tick_is_evidence_and_attendance_at_once(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person, budi: Person
) -> None:
    page = _save(desk, shown=[siti, budi], was=[], here=[siti]).text
    assert ("1 person is ticked." in page, "ticked by you" in page) == (True, True)
    assert "ticked by Aisyah binti Omar" in client_of(cast.administrator).get(HERE).text
    assert (_ticks(), _came()) == ([(cast.organiser.id, True)], [siti.id])


def test_a_tick_taken_back_counts_no_longer_and_stays_on_record(
    desk: FlaskClient, cast: Cast, siti: Person
) -> None:
    _save(desk, shown=[siti], was=[], here=[siti])
    page = _save(desk, shown=[siti], was=[siti], here=[]).text
    assert "1 tick is taken back." in page
    assert (_ticks(), _came()) == ([(cast.organiser.id, False)], [])


def test_two_tickers_at_once_never_overwrite_each_other(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person, budi: Person
) -> None:
    other = client_of(cast.administrator)
    _save(desk, shown=[siti, budi], was=[], here=[siti])
    _save(other, shown=[siti, budi], was=[], here=[budi])
    assert _came() == sorted([siti.id, budi.id])
    _save(desk, shown=[siti, budi], was=[siti], here=[siti])
    assert _came() == sorted([siti.id, budi.id])


def test_saving_what_the_page_showed_changes_nothing(desk: FlaskClient, siti: Person) -> None:
    assert "Nothing was changed." in _save(desk, shown=[siti], was=[], here=[]).text
    assert _ticks() == []


def test_who_is_not_on_the_page_is_not_touched(desk: FlaskClient, siti: Person) -> None:
    _save(desk, shown=[], was=[], here=[siti])
    assert _ticks() == []


def test_nonsense_in_the_form_is_left_out(desk: FlaskClient, siti: Person) -> None:
    odd = {"shown": ["x", "²", "9" * 30, "-1"], "here": ["x", "²", "9" * 30, "-1"]}
    assert desk.post(HERE, data=odd).status_code == 302
    assert _ticks() == []


def test_who_goes_stands_first_then_who_waits_then_who_said_no(
    desk: FlaskClient, live_session: LiveSession, siti: Person, budi: Person
) -> None:
    maya = register(live_session.series, "Maya", "maya@example.org", "NP")
    _place(live_session, {siti: "not_going", budi: "going", maya: "waiting"})
    page = desk.get(HERE).text
    assert _names(page) == ["Budi Hartono", "Maya", "Siti Aminah"]
    assert ("on the waiting list" in page, "said no" in page) == (True, True)


def _place(live_session: LiveSession, states: dict[Person, str]) -> None:
    with transaction() as current:
        for person, state in states.items():
            one = current.scalars(select(Registration).filter_by(person_id=person.id)).one()
            current.add(Place(registration_id=one.id, live_session_id=live_session.id, state=state))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=hart+budi", ["Budi Hartono"]),
        ("?country=MY", ["Siti Aminah"]),
        ("?show=open", ["Budi Hartono"]),
        ("?show=ticked", ["Siti Aminah"]),
        ("?show=nonsense", ["Budi Hartono", "Siti Aminah"]),
        ("?q=%25", []),
        ("?page=99", []),
    ],
)
def test_the_roll_is_searched_and_filtered(
    desk: FlaskClient, siti: Person, query: str, names: list[str]
) -> None:
    _save(desk, shown=[siti], was=[], here=[siti])
    assert _names(desk.get(HERE + query).text) == names


def test_saving_keeps_the_filters_and_may_go_on(desk: FlaskClient, siti: Person) -> None:
    data = {"shown": [siti.id], "here": [siti.id], "on": "1"}
    answer = desk.post(HERE + "?q=a&country=MY", data=data)
    assert "q=a&country=MY" in answer.headers["Location"]
    assert "page=2" in answer.headers["Location"]
    again = desk.post(HERE + "?show=open&page=2", data={**data, "was": [siti.id]})
    assert again.headers["Location"].endswith("show=open&page=2")


def test_whoever_is_noted_by_other_evidence_is_shown_as_such(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    record_presence(live_session, siti.id, "code")
    assert "noted already by other evidence" in desk.get(HERE).text


def test_before_the_door_opens_nobody_can_be_ticked(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    change(live_session, starts_at=now() + timedelta(minutes=16))
    page = desk.get(HERE).text
    assert "The roll can be ticked once the door opens" in page
    assert "data-roll=" not in page
    assert "cannot be ticked now" in _save(desk, shown=[siti], was=[], here=[siti]).text
    change(live_session, starts_at=now() + timedelta(minutes=14))
    assert "1 person is ticked." in _save(desk, shown=[siti], was=[], here=[siti]).text


def test_a_live_session_that_was_called_off_has_no_roll_to_tick(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    change(live_session, status="cancelled")
    assert "its roll is not ticked" in desk.get(HERE).text
    assert "cannot be ticked now" in _save(desk, shown=[siti], was=[], here=[siti]).text


def test_it_costs_as_much_for_fifty_as_for_one(
    desk: FlaskClient, live_session: LiveSession, engine: Engine
) -> None:
    desk.get(HERE)
    with counted(engine) as few:
        desk.get(HERE)
    for number in range(60):
        register(live_session.series, f"Guest {number}", f"guest{number}@example.org")
    with counted(engine) as many:
        page = desk.get(HERE).text
    assert "1 to 50 of 62" in page
    assert len(few) == len(many) <= 9


def test_a_focal_point_sees_and_ticks_the_people_of_her_countries_only(
    client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person
) -> None:
    maya = register(live_session.series, "Maya", "maya@example.org", "NP")
    browser = client_of(cast.focal_point)
    page = browser.get(HERE).text
    assert (_names(page), "0 of 1 ticked" in page) == (["Maya"], True)
    _save(browser, shown=[siti, maya], was=[], here=[siti, maya])
    assert _came() == [maya.id]
    assert _names(browser.get(HERE + "rows").text) == ["Maya"]


def test_a_draft_is_none_of_a_focal_points_business(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    change(live_session, status="draft")
    for part in ("", "rows", "totals", "walk-in"):
        assert client_of(cast.focal_point).get(HERE + part).status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_a_learner_is_not_allowed(
    client: FlaskClient, client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    assert client.get(HERE).headers["Location"].startswith("/sign-in")
    learner = client_of(cast.learner)
    assert {learner.get(HERE + part).status_code for part in ("", "rows", "totals")} == {403}
    assert learner.post(HERE).status_code == 403
    assert learner.post(HERE + "marks").status_code == 403


def test_looking_ticks_nobody(desk: FlaskClient) -> None:
    assert desk.get(HERE + "marks").status_code == 405


def test_the_attendance_page_leads_to_the_roll(desk: FlaskClient) -> None:
    assert f'href="{HERE}"' in desk.get("/desk/live-sessions/may-1/attendance/").text
