"""From an opened door to a match: the rule of the personal link, through evidence and file."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from academy.attendance import service
from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.attendance.service import (
    decide,
    import_attendance,
    match_again,
    record_opened_door,
    withdraw_evidence,
)
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.programme.service import cancel_registration, register
from tests.attendance.conftest import register as register_from_a_file
from tests.attendance.zoom_files import Row, zoom_file
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
#: 14:01:10 on the clocks of Kuala Lumpur, in which the files are written.
CLICK = datetime(2020, 5, 2, 6, 1, 10, tzinfo=UTC)


def phone(joined: str, name: str = "iPhone", email: str = "") -> Row:
    return (name, email, joined, "15:00:00")


def opens(person: Person, live_session: LiveSession, at: datetime = CLICK) -> None:
    with time_machine.travel(at, tick=False):
        record_opened_door(live_session, person.id, 1)


def comes(live_session: LiveSession, *rows: Row) -> service.ImportReport:
    return import_attendance(live_session, zoom_file(rows), "zoom.csv")


def matched() -> dict[str, tuple[int | None, str]]:
    """Return whom the ladder named, by the name shown; first-hand identities left out."""
    statement = session.query(Match, Identity).join(Identity).filter(Match.undone_at.is_(None))
    return {
        identity.shown_name: (match.person_id, match.rule)
        for match, identity in statement.all()
        if match.rule != "first_hand"
    }


def test_who_joins_alone_in_the_minute_after_the_click_is_whose_link_it_is(
    live_session: LiveSession, siti: Person
) -> None:
    opens(siti, live_session)
    report = comes(live_session, phone("14:01:30"), phone("14:09:00", "OPPO A54"))
    assert matched() == {"iPhone": (siti.id, "personal_link")}
    assert (report.matched, report.unmatched) == (1, 1)
    assert session.query(Attendance).filter_by(person_id=siti.id).one().minutes == 58


def test_a_door_opened_by_the_page_itself_is_what_the_rule_sees(
    client: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    with transaction():
        live_session.room_url = "https://rooms.example.net/1"
    with time_machine.travel(CLICK, tick=False):
        registration = register(cast.learner, live_session.series, source="import")
        there = link_path(registration)
        assert client.post(there, data={"live_session": "may-1"}).status_code == 303
    comes(session.get_one(LiveSession, live_session.id), phone("14:01:30"))
    assert matched() == {"iPhone": (cast.learner.id, "personal_link")}


def test_two_who_join_in_that_minute_are_only_suggested(
    live_session: LiveSession, siti: Person, client_of: ClientOf, cast: Cast
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30"), phone("14:01:50", "OPPO A54"))
    assert matched() == {}
    page = client_of(cast.organiser).get("/desk/live-sessions/may-1/attendance/review/").text
    assert page.count("opened a personal link at that moment") == 2
    assert "This is Siti Aminah" in page


@pytest.mark.parametrize("joined", ["14:01:04", "14:02:11", "14:00:50"])
def test_outside_of_that_minute_nobody_is_meant(
    live_session: LiveSession, siti: Person, joined: str
) -> None:
    opens(siti, live_session)
    comes(live_session, phone(joined))
    assert matched() == {}


def test_two_who_open_a_door_before_one_arrival_are_both_in_doubt(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    opens(siti, live_session)
    opens(budi, live_session)
    comes(live_session, phone("14:01:30"))
    assert matched() == {}


def test_a_reconnection_is_no_arrival(live_session: LiveSession, siti: Person) -> None:
    opens(siti, live_session)
    before = ("iPhone", "", "14:00:10", "14:01:00")
    comes(live_session, before, phone("14:01:30"))
    assert matched() == {}


def test_a_name_that_came_late_by_the_same_link_takes_the_click_from_a_stranger(
    live_session: LiveSession, siti: Person
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30"), phone("14:04:00", "Siti Aminah", "siti@example.org"))
    assert matched() == {"Siti Aminah": (siti.id, "email")}


def test_a_human_who_named_the_late_one_takes_the_click_from_a_stranger(
    live_session: LiveSession, siti: Person, cast: Cast
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30"), phone("14:04:00", "OPPO A54"))
    late = session.query(Identity).filter_by(shown_name="OPPO A54").one()
    decide(late, siti.id, seen=None, actor_id=cast.organiser.id)
    match_again(live_session)
    assert matched() == {"OPPO A54": (siti.id, "by_hand")}


def test_a_second_device_by_the_same_link_is_the_same_person(
    live_session: LiveSession, siti: Person
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:00:20", "Siti Aminah", "siti@example.org"), phone("14:01:30"))
    assert matched()["iPhone"] == (siti.id, "personal_link")
    assert session.query(Attendance).one().minutes == 59


def test_the_name_of_somebody_else_outweighs_the_link(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30", "Budi Hartono"))
    assert matched().get("Budi Hartono", (None, ""))[0] != siti.id


def test_only_a_standing_registration_counts(live_session: LiveSession, siti: Person) -> None:
    opens(siti, live_session)
    registration = session.query(Registration).filter_by(person_id=siti.id).one()
    cancel_registration(registration)
    comes(live_session, phone("14:01:30"))
    assert matched() == {}


def test_a_click_that_was_withdrawn_counts_no_longer(
    live_session: LiveSession, siti: Person
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30"))
    click = session.query(Evidence).filter_by(source="link").one()
    withdraw_evidence(click.id, siti.id)
    match_again(live_session)
    assert matched() == {}


def test_a_click_in_one_live_session_says_nothing_about_another(
    live_session: LiveSession, siti: Person
) -> None:
    with transaction() as current:
        other = LiveSession(
            slug="may-2", number=2, title="Other", starts_at=live_session.starts_at, minutes=150,
            zone=live_session.zone, status="published", series_id=live_session.series_id,
        )  # fmt: skip
        current.add(other)
    opens(siti, other)
    comes(live_session, phone("14:01:30"))
    assert matched() == {}


def test_an_opened_door_alone_is_no_attendance_unless_the_series_says_so(
    live_session: LiveSession, siti: Person
) -> None:
    opens(siti, live_session)
    assert session.query(Attendance).count() == 0
    with transaction():
        live_session.series.door_counts = True
    opens(siti, live_session)
    came = session.query(Attendance).one()
    assert (came.person_id, came.minutes) == (siti.id, None)


def test_what_a_human_took_back_the_link_does_not_match_again(
    live_session: LiveSession, siti: Person, cast: Cast
) -> None:
    opens(siti, live_session)
    comes(live_session, phone("14:01:30"))
    match = session.query(Match).filter_by(rule="personal_link").one()
    service.undo_decision(match, cast.organiser.id)
    match_again(live_session)
    assert matched() == {}


def test_the_same_rows_again_give_the_same_matches(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    register_from_a_file(live_session.series, "Nur Aisyah", "nur@example.org")
    opens(siti, live_session)
    opens(budi, live_session, CLICK.replace(minute=9))
    comes(live_session, phone("14:01:30"), phone("14:09:30", "Galaxy"), phone("14:30:00", "?"))
    before = matched()
    match_again(live_session)
    assert matched() == before
    assert len(before) == 2
