"""What came first stands corrected: roles, clocks, times of the live session, and undoing."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from academy.attendance.models import Attendance, AttendanceImport
from academy.attendance.reading.files import OpenedFile, open_attendance
from academy.attendance.service import (
    FileDoesNotFit,
    begin_import,
    import_attendance,
    record_presence,
    run_import,
    undo_import,
)
from academy.db import session, table_of, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.programme.service import LiveSessionFacts, change_live_session
from tests.attendance.zoom_files import zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
BUDI = ("Budi Hartono", "", "14:10:00", "14:40:00")


def _attendance() -> list[tuple[int | None, int | None, list[list[int]]]]:
    rows = session.scalars(select(Attendance).order_by(Attendance.id))
    return [(row.person_id, row.minutes, row.intervals) for row in rows]


def _last_import() -> AttendanceImport:
    newest = select(AttendanceImport).order_by(AttendanceImport.id.desc()).limit(1)
    return session.scalars(newest).one()


def _waited(data: bytes, words: dict[str, str]) -> bytes:
    """Add the column of the waiting room, by name: Yes or No."""
    header, *lines = data.decode().splitlines()
    told = [f"{line},{words.get(line.split(',')[0], 'No')}" for line in lines]
    return "\n".join([f"{header},In Waiting Room", *told, ""]).encode()


def test_who_only_waited_in_the_first_file_counts_when_a_later_one_saw_them_inside(
    live_session: LiveSession, siti: Person
) -> None:
    waiting = _waited(zoom_file([SITI, BUDI]), {"Siti Aminah": "Yes"})
    import_attendance(live_session, waiting, "early.csv")
    import_attendance(live_session, _waited(zoom_file([SITI, BUDI]), {}), "late.csv")
    assert {row[0] for row in _attendance()} == {siti.id, None}
    undo_import(_last_import(), actor_id=None)
    assert [row[0] for row in _attendance()] == [None]


def test_a_later_file_that_names_the_host_takes_the_host_out(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI, BUDI]), "first.csv")
    second = zoom_file([SITI, BUDI]).replace(b"Budi Hartono,", b"Budi Hartono (Host),")
    report = import_attendance(live_session, second, "second.csv")
    assert (report.excluded, len(_attendance())) == (1, 1)


def test_undoing_a_correction_knows_again_whom_the_earlier_version_knew(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI, BUDI]), "zoom.csv")
    import_attendance(live_session, zoom_file([SITI]), "zoom (1).csv")
    undo_import(_last_import(), actor_id=None)
    assert [row[0] for row in _attendance()] == [siti.id, budi.id]


def test_dates_that_fit_two_orders_and_neither_day_are_refused(live_session: LiveSession) -> None:
    other_day = zoom_file([SITI]).replace(b"05/02/2020", b"05/09/2020")
    with pytest.raises(FileDoesNotFit, match="neither"):
        import_attendance(live_session, other_day, "zoom.csv")
    assert session.scalar(select(func.count()).select_from(AttendanceImport)) == 0


def test_the_same_file_read_on_another_clock_replaces_the_first_reading(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv", zone="Asia/Jakarta")
    assert _attendance() == [(siti.id, 60, [[3600, 7200]])]


def test_presence_follows_when_the_time_of_the_live_session_is_mended(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    start = datetime.fromisoformat("2020-05-02T14:30")
    facts = LiveSessionFacts(title="Principles", start=start, minutes=120)
    change_live_session(live_session, facts)
    assert _attendance() == [(siti.id, 30, [[0, 1800]])]


def test_presence_is_cut_to_the_time_that_holds_once_the_series_is_locked(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    assert live_session.minutes == 150  # loaded; then somebody else mends it
    with transaction() as current:
        table = table_of(LiveSession)
        current.execute(update(table).where(table.c.id == live_session.id).values(minutes=45))
    record_presence(live_session, siti.id, "roll")
    assert _attendance() == [(siti.id, 45, [[0, 2700]])]


@pytest.mark.parametrize(
    "row",
    [
        "Budi,,11/19/0001 02:00:00 PM,11/19/0001 03:00:00 PM,60,Yes",
        "Budi,,11/19/9999 02:00:00 PM,11/19/9999 03:00:00 PM,60,Yes",
        f"Budi,,05/23/2020 02:00:00 PM,,{10**17},Yes",
    ],
)
def test_numbers_beyond_every_calendar_cost_one_row(live_session: LiveSession, row: str) -> None:
    data = zoom_file([SITI]).decode() + row + "\n"
    report = import_attendance(live_session, data.encode(), "zoom.csv")
    assert (report.connections, [one["row"] for one in report.refused]) == (1, [3])


def test_two_workers_who_hold_one_import_take_it_up_once(
    live_session: LiveSession, siti: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes_only = b"Name (Original Name),User Email,Total Duration (Minutes),Guest\nBudi,,40,No\n"
    record = begin_import(live_session, minutes_only, "z.csv", zone="Asia/Jakarta", actor_id=None)
    monkeypatch.setattr("academy.attendance.service.importing.ABANDONED", timedelta(-1))
    read = "academy.attendance.service.importing.open_attendance"

    def read_slowly(*args: Any, **kwargs: Any) -> OpenedFile:
        monkeypatch.setattr(read, open_attendance)
        run_import(record.id)
        return open_attendance(*args, **kwargs)

    monkeypatch.setattr(read, read_slowly)
    run_import(record.id)
    assert [row[1] for row in _attendance()] == [40]
