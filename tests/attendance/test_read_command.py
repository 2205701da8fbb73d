"""`academy attendance read`, as a person or a program calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from academy.attendance.reading.files import as_json, json_lines, read_attendance
from academy.cli import attendance
from tests.attendance.files import WEBINAR, Z2, csv

ROW = "Siti Aminah (S),siti@x.example,05/09/2021 10:00:00 AM,05/09/2021 11:00:00 AM,60,No"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "participants.csv"
    path.write_bytes(csv(Z2, ROW))
    return path


def _read(*arguments: object) -> Result:
    return CliRunner().invoke(attendance, ["read", *map(str, arguments)])


def test_json_is_the_only_thing_on_standard_output(report: Path) -> None:
    result = _read(report, "--zone", "Asia/Manila", "--on", "2021-05-09", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (document["zone"], document["date_order"]) == ("Asia/Manila", "month-first")
    assert document["people"][0]["minutes"] == 60


@pytest.mark.parametrize("rows", [[], [ROW], [ROW, "A\u2028B\x85C “D” (E),,,,1,", ROW]])
def test_the_document_is_written_person_by_person_and_is_one_document(rows: list[str]) -> None:
    file = read_attendance(csv(Z2, *rows), "report.csv")
    whole = json.dumps(as_json(file), ensure_ascii=False, indent=2) + "\n"
    assert "".join(json_lines(file)) == whole


def test_people_get_a_table_with_notes(report: Path) -> None:
    result = _read(report)
    assert "Siti Aminah" in result.stdout
    assert "60 min" in result.stdout
    assert "1 rows, 1 identities, 1 attendees" in result.stdout
    assert "Note: The dates fit two orders" in result.stdout


def test_absent_registrants_and_roles_stand_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "webinar.csv"
    path.write_text(WEBINAR)
    result = _read(path)
    assert "Benjamin [host]" in result.stdout
    assert "absent" in result.stdout


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"Dear all,\nit was good.\n", b'a,"b\n']
)
def test_what_is_no_report_ends_with_one_sentence_and_exit_code_1(
    data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(data)
    result = _read(path, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_dates_that_fit_two_orders_are_settled_by_naming_one(tmp_path: Path) -> None:
    path = tmp_path / "zoom.csv"
    path.write_bytes(csv(Z2, "Siti,,04/03/2021 09:00:00,04/03/2021 10:00:00,60,No"))
    found = json.loads(_read(path, "--date-order", "day-first", "--json").stdout)
    assert (found["date_order"], found["people"][0]["intervals"][0][0]) == (
        "day-first",
        "2021-03-04T09:00:00",
    )


def test_a_missing_file_and_wrong_options_are_said_in_words(report: Path, tmp_path: Path) -> None:
    assert _read(tmp_path / "none.csv").exit_code == 1
    assert "is no time zone" in _read(report, "--zone", "Asia/Atlantis").stderr
    assert "is no day" in _read(report, "--on", "soon").stderr


def test_reading_needs_no_web_framework_and_no_database() -> None:
    code = (
        "import sys, academy.attendance.commands; print({'flask', 'sqlalchemy'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"
