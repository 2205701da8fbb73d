"""While a large file is read and understood, everybody else may write."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask

from academy.attendance.importing.door import let_in
from academy.attendance.reading.files import AttendanceFile
from academy.attendance.service import importing
from academy.db import session, transaction
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.service import lock_series
from tests.attendance.zoom_files import zoom_file

DATA = zoom_file([("Siti Aminah", "siti@example.org", "06:05:00", "07:00:00")])
PATIENCE = 5


@pytest.fixture
def live_session_id(own_database: Flask) -> int:
    """Return a live session where commits are real."""
    with transaction() as current:
        series = Series(slug="may", title="May", zone="UTC", status="published")
        series.live_sessions.append(LiveSession(
            slug="may-1", number=1, title="One", minutes=150, zone="UTC", status="published",
            starts_at=datetime(2020, 5, 2, 6, tzinfo=UTC),
        ))  # fmt: skip
        current.add(series)
    return series.live_sessions[0].id


@pytest.fixture
def written(live_session_id: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let somebody else register while the file is read; tell who could."""
    written: list[str] = []

    def slowly(*given: object) -> AttendanceFile:
        other = threading.Thread(target=_register, args=(written,), daemon=True)
        other.start()
        other.join(PATIENCE)
        return let_in(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "let_in", slowly)
    return written


def _register(written: list[str]) -> None:
    try:
        with transaction() as current:
            lock_series(1)
            person = create_person("Budi", "budi@example.org", source="form")
            current.add(Registration(series_id=1, person=person))
        written.append("Budi")
    finally:
        session.remove()


def test_the_command_holds_no_lock_while_it_reads(live_session_id: int, written: list[str]) -> None:
    report = importing.import_attendance(session.get_one(LiveSession, live_session_id), DATA, "a")
    assert (written, report.identities) == (["Budi"], 1)


def test_the_worker_holds_no_lock_while_it_reads(live_session_id: int, written: list[str]) -> None:
    live_session = session.get_one(LiveSession, live_session_id)
    record = importing.begin_import(live_session, DATA, "zoom.csv", zone="UTC")
    importing.run_import(record.id)
    session.refresh(record)
    assert (written, record.state) == (["Budi"], "done")
