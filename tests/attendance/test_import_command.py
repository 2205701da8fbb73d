"""`academy import attendance`: the zone, the meeting and the order of dates by name."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from academy.attendance.importing import commands as import_commands
from academy.attendance.importing.commands import attendance
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import account_file, zoom_file


@pytest.fixture(autouse=True)
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch, live_session: LiveSession) -> None:
    monkeypatch.setattr(import_commands, "open_database", lambda: None)


def _run(tmp_path: Path, data: bytes, *options: str) -> Result:
    path = tmp_path / "report.csv"
    path.write_bytes(data)
    return CliRunner().invoke(attendance, [str(path), "--live-session", "may-1", *options])


def test_a_file_is_imported_and_told_in_words(tmp_path: Path, siti: Person) -> None:
    rows = [("Siti", "siti@example.org", "14:00:00", "15:00:00")]
    result = _run(tmp_path, zoom_file(rows))
    assert result.output.startswith("zoom-meeting: 1 rows, 1 connections, 1 identities: 1 matched")


def test_several_meetings_are_listed_with_their_keys_and_one_is_chosen(
    tmp_path: Path, siti: Person
) -> None:
    data = account_file(("1", "05/02/2020"), ("2", "05/02/2020"))
    asked = _run(tmp_path, data)
    assert asked.exit_code == 1
    key = asked.output.splitlines()[-1].split("  ")[1]
    result = _run(tmp_path, data, "--meeting", key)
    assert (result.exit_code, "1 connections" in result.output) == (0, True)
    assert "nothing changed" in _run(tmp_path, data, "--meeting", key).output


def test_a_named_order_of_dates_is_taken_or_refused_with_the_reason(
    tmp_path: Path, siti: Person
) -> None:
    data = zoom_file([("Siti", "siti@example.org", "14:00:00", "15:00:00")])
    wrong = _run(tmp_path, data, "--date-order", "day-first")
    assert (wrong.exit_code, "another meeting" in wrong.output) == (1, True)
    assert _run(tmp_path, data, "--date-order", "month-first").exit_code == 0
    impossible = data.replace(b"05/02/2020", b"05/23/2020")
    assert "cannot be read" not in _run(tmp_path, impossible).output
    assert "be read day first" in _run(tmp_path, impossible, "--date-order", "day-first").output
