"""A cell of the matrix opens to its evidence; a person to all her live sessions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from academy.attendance.models import AttendanceImport, Evidence, Identity, Match
from academy.attendance.service import (
    compute_attendance,
    import_attendance,
    record_presence,
    undo_decision,
    undo_import,
    withdraw_evidence,
)
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.attendance.conftest import register
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
START = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)
TWICE = [
    ("Siti's phone", "siti@example.org", "13:40:00", "14:30:00"),
    ("Siti's phone", "siti@example.org", "15:00:00", "15:20:30"),
    ("Siti's phone", "siti@example.org", "17:00:00", "17:10:00"),
]


def _here(person: Person, rest: str = "1/") -> str:
    return f"/desk/series/may/attendance/{person.id}/{rest}"


def _rule(live_session: LiveSession, **rules: Any) -> None:
    """Give the series other rules, and count anew."""
    with transaction() as current:
        current.execute(update(Series).values(**rules))
        compute_attendance(live_session)


@pytest.fixture
def desk(
    client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person, budi: Person
) -> FlaskClient:
    """Return the organiser's browser; Siti came with a telephone that dropped out."""
    import_attendance(live_session, zoom_file(TWICE), "zoom.csv", actor_id=cast.organiser.id)
    return client_of(cast.organiser)


def test_the_verdict_is_a_sentence_and_the_evidence_is_as_it_came(
    desk: FlaskClient, siti: Person
) -> None:
    page = desk.get(_here(siti)).text
    assert "Came for 50 of 150 minutes." in page
    assert "by a known address" in page
    assert "zoom.csv, row 2" in page
    assert "05/02/2020 01:40:00 PM" in page
    assert "13:40:00–14:30:00" in page
    assert "2020-05-02 05:40:00" in page


def test_the_intervals_are_drawn_on_the_window(desk: FlaskClient, siti: Person) -> None:
    page = desk.get(_here(siti)).text
    assert page.count("lanes__span--in") == 2
    assert page.count("lanes__span--sum") == 2
    assert page.count("lanes__span--out") == 1
    assert "14:00–14:30, 15:00–15:20" in page
    assert ">16:30</text>" in page


def test_what_lies_outside_the_time_says_so(desk: FlaskClient, siti: Person) -> None:
    page = desk.get(_here(siti)).text
    assert page.count("It lies outside the time of the live session, or in a break.") == 1


def test_the_breaks_of_a_series_are_no_time_of_the_live_session(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    _rule(live_session, breaks=[[55, 90]])
    page = desk.get(_here(siti)).text
    assert "Came for 30 of 115 minutes." in page
    assert page.count("It lies outside the time of the live session, or in a break.") == 2
    # Two parts of the window, on the lane of the telephone and on that of what counts.
    assert page.count("lanes__window") == 4


def test_who_stayed_too_briefly_was_seen_and_does_not_count(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    _rule(live_session, smallest_stay=60)
    assert (
        "Was seen, but not inside the time, or too briefly to count." in desk.get(_here(siti)).text
    )
    matrix = desk.get("/desk/series/may/attendance/").text
    assert 'class="kb"><a href="' in matrix
    assert ">seen, does not count</a>" in matrix


def test_who_came_nowhere_has_a_page_that_says_so(desk: FlaskClient, budi: Person) -> None:
    page = desk.get(_here(budi)).text
    assert "Was not registered then, and was not seen." in page
    assert "There is none of this person in this live session." in page


def test_a_decision_that_was_taken_back_stays_on_record(
    desk: FlaskClient, siti: Person, cast: Cast
) -> None:
    match = session.scalars(select(Match)).one()
    undo_decision(match, cast.organiser.id)
    page = desk.get(_here(siti)).text
    assert "Taken back" in page
    assert "Aisyah binti Omar" in page
    assert "The decision that this is the person was taken back." in page
    assert f"/desk/identities/{match.identity_id}/decide" in page


def test_a_decision_is_undone_from_the_cell(desk: FlaskClient, siti: Person) -> None:
    match = session.scalars(select(Match)).one()
    assert f'action="/desk/decisions/{match.id}/undo"' in desk.get(_here(siti)).text


def test_an_import_that_was_undone_counts_no_longer_and_says_so(
    desk: FlaskClient, siti: Person, cast: Cast
) -> None:
    undo_import(session.scalars(select(AttendanceImport)).one(), cast.organiser.id)
    page = desk.get(_here(siti)).text
    assert page.count("Its import was undone.") == 3
    assert "Came for" not in page


def test_evidence_of_every_kind_says_what_it_is(
    desk: FlaskClient, live_session: LiveSession, budi: Person, cast: Cast
) -> None:
    record_presence(live_session, budi.id, "link", joined_at=START)
    ticked = record_presence(live_session, budi.id, "roll", recorded_by=cast.organiser.id)
    page = desk.get(_here(budi)).text
    assert "Came; nobody knows for how long." in page
    assert "An opened door alone does not say that somebody came." in page
    assert "Ticked on the roll" in page
    assert "Noted by" in page
    withdraw_evidence(ticked, cast.organiser.id)
    page = desk.get(_here(budi)).text
    assert "Opened the door by the personal link. Nothing says that they came in." in page
    assert "It was withdrawn." in page


def test_a_cell_costs_as_many_statements_as_its_evidence_has_rows_or_none(
    desk: FlaskClient, engine: Engine, siti: Person, budi: Person
) -> None:
    desk.get(_here(siti))
    for person in (siti, budi):
        with counted(engine) as statements:
            desk.get(_here(person))
        assert len(statements) <= 7


def test_the_list_of_a_live_session_leads_to_the_cell(desk: FlaskClient, siti: Person) -> None:
    assert f'href="{_here(siti)}"' in desk.get("/desk/live-sessions/may-1/attendance/").text


def test_a_person_has_all_live_sessions(desk: FlaskClient, siti: Person) -> None:
    page = desk.get(_here(siti, "")).text
    assert "50 min" in page
    assert "14:00–14:30, 15:00–15:20" in page
    assert 'href="1/"' in page
    assert f'href="/desk/people/{siti.id}"' in page


def test_a_focal_point_opens_the_people_of_her_countries_only_and_decides_nothing(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person
) -> None:
    maya = register(live_session.series, "Maya", "maya@example.org", "NP")
    came = [("Maya", "maya@example.org", "14:00:00", "15:00:00")]
    import_attendance(live_session, zoom_file(came), "second.csv")
    browser = client_of(cast.focal_point)
    page = browser.get(_here(maya)).text
    assert "Came for 60 of 150 minutes." in page
    assert "second.csv, row 2" in page
    assert "/decide" not in page
    assert "/undo" not in page
    assert browser.get(_here(siti)).status_code == 404
    assert browser.get(_here(siti, "")).status_code == 404


def test_what_was_taken_back_is_no_business_of_a_focal_point(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    maya = register(live_session.series, "Maya", "maya@example.org", "NP")
    came = [("Maya", "maya@example.org", "14:00:00", "15:00:00")]
    import_attendance(live_session, zoom_file(came), "second.csv")
    match = session.scalars(select(Match).where(Match.person_id == maya.id)).one()
    undo_decision(match, cast.organiser.id)
    assert "second.csv" not in client_of(cast.focal_point).get(_here(maya)).text


def test_what_does_not_exist_is_not_found(desk: FlaskClient, siti: Person, cast: Cast) -> None:
    assert desk.get(_here(siti, "2/")).status_code == 404
    assert desk.get("/desk/series/may/attendance/99999/1/").status_code == 404
    assert desk.get("/desk/series/none/attendance/1/1/").status_code == 404
    assert desk.get(_here(cast.moderator)).status_code == 404
    assert desk.post(_here(siti)).status_code == 405


def test_strangers_and_others_stay_outside(
    desk: FlaskClient, client: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person
) -> None:
    assert client.get(_here(siti)).headers["Location"].startswith("/sign-in")
    assert client_of(cast.learner).get(_here(siti)).status_code == 403
    assert client_of(cast.moderator).get(_here(siti, "")).status_code == 403


def test_what_somebody_wrote_as_a_name_is_text(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    name = "<script>alert(1)</script>"
    person = register(live_session.series, name, "mallory@example.org")
    came = [(name, "mallory@example.org", "14:00:00", "15:00:00")]
    import_attendance(live_session, zoom_file(came), "<b>.csv")
    for path in (_here(person), _here(person, ""), "/desk/series/may/attendance/"):
        page = desk.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page


def test_hundreds_of_connections_stay_a_page(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    identity = session.scalars(select(Identity)).one()
    session.add_all(
        Evidence(
            live_session_id=live_session.id, identity_id=identity.id, source="file",
            joined_at=START + timedelta(seconds=at), left_at=START + timedelta(seconds=at + 9),
        )
        for at in range(0, 6000, 10)
    )  # fmt: skip
    session.flush()
    assert desk.get(_here(siti)).text.count('<details class="evidence"') == 500
