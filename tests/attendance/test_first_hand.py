"""Evidence of people whom the way in names: counted once, never against a file, withdrawn."""

import pytest
from sqlalchemy import func, select

from academy.attendance.models import Attendance, Evidence, Identity, Tally
from academy.attendance.service import (
    AlreadyWithdrawn,
    compute_attendance,
    import_attendance,
    match_again,
    record_presence,
    withdraw_evidence,
)
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")


def _came() -> list[tuple[int | None, int | None]]:
    rows = session.execute(select(Attendance.person_id, Attendance.minutes).order_by(Attendance.id))
    return [(row[0], row[1]) for row in rows]


def test_a_tick_is_attendance_with_unknown_minutes(live_session: LiveSession, siti: Person) -> None:
    record_presence(live_session, siti.id, "roll")
    assert _came() == [(siti.id, None)]


def test_a_tick_and_a_file_are_one_person(live_session: LiveSession, siti: Person) -> None:
    record_presence(live_session, siti.id, "roll")
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    record_presence(live_session, siti.id, "code")
    assert _came() == [(siti.id, 60)]


def test_a_tick_does_not_make_a_name_ambiguous(live_session: LiveSession, siti: Person) -> None:
    record_presence(live_session, siti.id, "roll")
    guest = ("Siti Aminah", "", "14:00:00", "15:00:00")
    report = import_attendance(live_session, zoom_file([guest]), "zoom.csv")
    assert (report.matched, _came()) == (1, [(siti.id, 60)])


def test_a_second_tick_is_the_first_one(live_session: LiveSession, siti: Person) -> None:
    first = record_presence(live_session, siti.id, "roll")
    assert record_presence(live_session, siti.id, "roll") == first
    assert session.scalar(select(func.count(Evidence.id))) == 1


def test_an_opened_door_alone_is_no_attendance(live_session: LiveSession, siti: Person) -> None:
    record_presence(live_session, siti.id, "link")
    assert (_came(), session.get(Tally, live_session.id)) == ([], None)


def test_an_opened_door_counts_where_the_series_says_so(
    live_session: LiveSession, siti: Person
) -> None:
    record_presence(live_session, siti.id, "link")
    with transaction():
        live_session.series.door_counts = True
        compute_attendance(live_session)
    assert _came() == [(siti.id, None)]


def test_withdrawn_evidence_counts_no_longer_and_stays(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    tick = record_presence(live_session, siti.id, "roll", recorded_by=budi.id)
    withdraw_evidence(tick, budi.id)
    assert (_came(), session.get_one(Evidence, tick).withdrawn_by) == ([], budi.id)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_evidence(tick, budi.id)


def test_the_ladder_leaves_them_alone(live_session: LiveSession, siti: Person) -> None:
    record_presence(live_session, siti.id, "roll")
    assert match_again(live_session) == 0
    assert _came() == [(siti.id, None)]


def test_one_identity_stands_for_all_that_a_person_did(
    live_session: LiveSession, siti: Person
) -> None:
    for source in ("link", "link", "code", "roll"):
        record_presence(live_session, siti.id, source)
    assert session.scalar(select(func.count(Identity.id))) == 1
    assert session.scalar(select(func.count(Evidence.id))) == 4


def test_an_unknown_source_is_refused(live_session: LiveSession, siti: Person) -> None:
    with pytest.raises(ValueError, match="hearsay"):
        record_presence(live_session, siti.id, "hearsay")
