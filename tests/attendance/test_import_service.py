"""Importing attendance into the ledger: once, whole or not at all, corrected, undone."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text

from academy.attendance.models import (
    Attendance,
    AttendanceImport,
    Evidence,
    Identity,
    Match,
    Tally,
)
from academy.attendance.service import (
    FileDoesNotFit,
    NothingToUndo,
    begin_import,
    decide,
    import_attendance,
    run_import,
    undo_import,
)
from academy.attendance.standing import is_seen
from academy.db import session, transaction
from academy.lib.tables import FileRefused
from academy.people.models import Person
from academy.programme.models import LiveSession, UploadedFile
from academy.programme.service import LiveSessionFacts, change_live_session
from academy.programme.weekly import to_local
from tests.attendance.conftest import register
from tests.attendance.zoom_files import zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
GUEST = ("Mr. Nobody", "", "14:10:00", "14:40:00")


def _attendance() -> list[Attendance]:
    return list(session.scalars(select(Attendance).order_by(Attendance.id)))


def _last_import() -> AttendanceImport:
    newest = select(AttendanceImport).order_by(AttendanceImport.id.desc()).limit(1)
    return session.scalars(newest).one()


def test_a_registered_address_is_matched_and_a_stranger_stays_unmatched(
    live_session: LiveSession, siti: Person
) -> None:
    report = import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    assert (report.matched, report.unmatched, report.excluded) == (1, 1, 0)
    assert [(row.person_id, row.minutes) for row in _attendance()] == [(siti.id, 60), (None, 30)]


def test_two_devices_at_once_are_one_person_for_the_union_of_their_minutes(
    live_session: LiveSession, siti: Person
) -> None:
    phone = ("Siti Aminah", "SITI@example.org", "14:30:00", "15:30:00")
    import_attendance(live_session, zoom_file([SITI, phone]), "zoom.csv")
    assert [row.minutes for row in _attendance()] == [90]


def test_presence_is_clipped_to_the_window_of_the_live_session(
    live_session: LiveSession, siti: Person
) -> None:
    early_and_late = ("Siti", "siti@example.org", "13:30:00", "17:30:00")
    import_attendance(live_session, zoom_file([early_and_late]), "zoom.csv")
    assert [(row.minutes, row.intervals) for row in _attendance()] == [(150, [[0, 9000]])]


def test_who_left_before_the_start_did_not_come(live_session: LiveSession, siti: Person) -> None:
    tester = ("Budi", "", "13:40:00", "13:50:00")
    report = import_attendance(live_session, zoom_file([SITI, tester]), "zoom.csv")
    assert (report.identities, len(_attendance())) == (2, 1)


def test_the_same_file_again_changes_nothing(live_session: LiveSession, siti: Person) -> None:
    first = import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    again = import_attendance(live_session, zoom_file([SITI, GUEST]), "copy.csv")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert session.scalar(select(func.count()).select_from(AttendanceImport)) == 1


def test_a_corrected_file_replaces_its_earlier_version_and_shows_the_difference(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    longer = (*SITI[:3], "15:30:00")
    import_attendance(live_session, zoom_file([longer]), "zoom (1).csv")
    assert _last_import().difference == {
        "came": [],
        "gone": ["Mr. Nobody"],
        "minutes": {"Siti Aminah": [60, 90]},
    }


def test_the_file_of_a_restarted_meeting_adds_to_the_first(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "first.csv")
    import_attendance(live_session, zoom_file([(*SITI[:2], "15:20:00", "16:00:00")]), "second.csv")
    assert [row.minutes for row in _attendance()] == [100]


def test_an_undone_import_counts_no_longer_and_its_evidence_stays(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    undo_import(_last_import(), actor_id=None)
    assert _attendance() == []
    assert session.scalar(select(func.count()).select_from(Evidence)) == 1


def test_undoing_a_correction_brings_the_earlier_version_back(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    import_attendance(live_session, zoom_file([(*SITI[:3], "15:30:00")]), "zoom.csv")
    undo_import(_last_import(), actor_id=None)
    assert [row.minutes for row in _attendance()] == [60]


def test_only_the_first_of_two_who_undo_an_import_does_it(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    undo_import(_last_import(), actor_id=None)
    with pytest.raises(NothingToUndo):
        undo_import(_last_import(), actor_id=None)


def test_a_dry_run_tells_the_same_numbers_and_stores_nothing(
    live_session: LiveSession, siti: Person
) -> None:
    dry = import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv", dry_run=True)
    stored = session.scalar(select(func.count()).select_from(UploadedFile))
    wet = import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    assert (stored, dry) == (0, wet)


def test_a_file_of_another_day_is_refused_and_nothing_is_stored(live_session: LiveSession) -> None:
    other_day = zoom_file([SITI]).replace(b"05/02/2020", b"05/23/2020")
    with pytest.raises(FileDoesNotFit, match="another time zone"):
        import_attendance(live_session, other_day, "zoom.csv")
    assert session.scalar(select(func.count()).select_from(UploadedFile)) == 0


def test_a_file_exported_in_another_zone_is_read_on_that_clock(
    live_session: LiveSession, siti: Person
) -> None:
    in_berlin = zoom_file([("Siti", "siti@example.org", "08:00:00", "09:00:00")])
    import_attendance(live_session, in_berlin, "zoom.csv", zone="Europe/Berlin")
    assert [row.intervals for row in _attendance()] == [[[0, 3600]]]


def test_the_declared_host_is_kept_as_evidence_and_not_counted(
    live_session: LiveSession, siti: Person
) -> None:
    with transaction():
        live_session.hosts = ["Host of ASEC", "host@example.org"]
    host = ("Anybody", "host@example.org", "13:50:00", "16:40:00")
    report = import_attendance(live_session, zoom_file([SITI, host]), "zoom.csv")
    assert (report.matched, report.excluded, len(_attendance())) == (1, 1, 1)


def test_a_host_declared_after_the_import_is_taken_out_at_once_and_may_come_back(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    other = ("Budi Hartono", "", "14:00:00", "15:00:00")
    import_attendance(live_session, zoom_file([SITI, other]), "zoom.csv")
    _declare_hosts(live_session, "budi hartono ")
    assert [row.person_id for row in _attendance()] == [siti.id]
    _declare_hosts(live_session)
    assert [row.person_id for row in _attendance()] == [siti.id, budi.id]


def test_what_a_human_decided_about_a_declared_host_stays(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    import_attendance(live_session, zoom_file([GUEST]), "zoom.csv")
    decide(session.scalars(select(Identity)).one(), siti.id, seen=None, actor_id=budi.id)
    _declare_hosts(live_session, "Mr. Nobody")
    assert [row.person_id for row in _attendance()] == [siti.id]


def _declare_hosts(live_session: LiveSession, *hosts: str) -> None:
    start = to_local(live_session.starts_at, live_session.zone)
    facts = LiveSessionFacts(
        title=live_session.title, start=start, minutes=live_session.minutes, hosts=hosts
    )
    change_live_session(live_session, facts)


def test_a_name_of_two_registrants_is_not_matched(live_session: LiveSession) -> None:
    register(live_session.series, "Maria Santos", "maria1@example.org", "PH")
    register(live_session.series, "Maria Santos", "maria2@example.org", "PH")
    report = import_attendance(
        live_session, zoom_file([("Maria Santos", "", "14:00:00", "15:00:00")]), "zoom.csv"
    )
    assert (report.matched, report.unmatched, report.suggested) == (0, 1, 1)


def test_a_namesake_who_registers_later_takes_an_automatic_match_back(
    live_session: LiveSession, budi: Person
) -> None:
    by_name = zoom_file([("Budi Hartono", "", "14:00:00", "15:00:00")])
    assert import_attendance(live_session, by_name, "zoom.csv").matched == 1
    register(live_session.series, "Budi Hartono", "other.budi@example.org", "ID")
    import_attendance(live_session, by_name + b"\n", "zoom.csv")
    assert [row.person_id for row in _attendance()] == [None]


def test_evidence_keeps_the_cells_as_they_came(live_session: LiveSession, siti: Person) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    cells = session.scalars(select(Evidence.cells)).one()
    assert cells["Join Time"] == "05/02/2020 02:00:00 PM"
    assert cells["User Email"] == "siti@example.org"


def test_what_a_human_took_back_is_not_matched_again(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    with transaction():
        match = session.scalars(select(Match)).one()
        match.undone_at, match.undone_by = match.decided_at, budi.id
    import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    assert [row.person_id for row in _attendance()] == [None, None]


def test_a_file_without_times_gives_the_minutes_that_it_states(
    live_session: LiveSession, siti: Person
) -> None:
    unique = b"Name (Original Name),User Email,Total Duration (Minutes),Guest\nSiti,siti@example.org,97,No\n"  # noqa: E501
    import_attendance(live_session, unique, "participants_94849208356.csv")
    assert [(row.minutes, row.intervals) for row in _attendance()] == [(97, [])]


def test_a_worker_imports_what_was_stored_for_it_once(
    live_session: LiveSession, siti: Person
) -> None:
    record = begin_import(
        live_session, zoom_file([SITI]), "zoom.csv", zone="Asia/Kuala_Lumpur", actor_id=None
    )
    run_import(record.id)
    run_import(record.id)
    assert session.scalar(select(func.count()).select_from(Evidence)) == 1
    assert _last_import().state == "done"


def test_a_stored_file_that_is_no_report_is_refused_with_the_reason(
    live_session: LiveSession,
) -> None:
    record = begin_import(live_session, b"Dear all,\n", "x.csv", zone="UTC", actor_id=None)
    run_import(record.id)
    session.expire_all()
    assert (_last_import().state, len(_last_import().report["refused"])) == ("refused", 1)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\x03" * 100, b"\x89PNG\r\n\x1a\n" + bytes(50)]
)
def test_what_is_no_report_is_refused_and_leaves_nothing(
    live_session: LiveSession, content: bytes, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused):
        import_attendance(live_session, content, "attendance.csv")
    assert session.scalar(select(func.count()).select_from(Identity)) == 0


def test_who_was_there_only_outside_the_time_is_not_counted_in_report_and_ledger_alike(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    early = ("Budi Hartono", "budi@example.org", "13:40:00", "13:50:00")
    stranger = ("Early Bird", "", "13:41:00", "13:51:00")
    report = import_attendance(live_session, zoom_file([SITI, early, stranger]), "zoom.csv")
    assert (report.matched, report.unmatched, report.excluded) == (1, 0, 2)
    tally = session.get_one(Tally, live_session.id)
    assert (tally.matched, tally.unmatched, tally.excluded) == (1, 0, 2)


def test_who_was_seen_is_found_without_reading_all_evidence_for_each(
    live_session: LiveSession, engine: Engine
) -> None:
    """Of 100,000 rows and 5,000 identities that took SQLite two minutes instead of a moment."""
    columns = [
        index["column_names"] for index in inspect(session.connection()).get_indexes("evidence")
    ]
    assert ["live_session_id", "identity_id"] in columns
    if engine.dialect.name == "sqlite":  # PostgreSQL chooses by its statistics
        seen = select(Identity.id).where(Identity.live_session_id == live_session.id, is_seen())
        sql = str(seen.compile(engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(str(row) for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
        assert "(live_session_id=? AND identity_id=?)" in plan
