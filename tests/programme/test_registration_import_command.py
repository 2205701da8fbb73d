"""`academy import registrations`: its report, its questions, and files that it refuses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from academy.db import session
from academy.people.models import Person
from academy.programme import import_commands
from academy.programme.import_commands import registrations
from academy.programme.models import Place, Registration, UploadedFile
from tests.programme.bad_files import BAD_FILES
from tests.programme.scenes import a_series

pytestmark = pytest.mark.usefixtures("app", "no_new_engine")
FORM = "Name,Email,Country\nSiti,siti@example.org,Viet Nam\nBo,bo@example.org,Atlantis\n"


class _Settings:
    upload_megabytes = 50


@pytest.fixture
def no_new_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the command use the test's own transaction."""
    monkeypatch.setattr(import_commands, "open_database", _Settings)
    yield
    session.rollback()


@pytest.fixture
def slug() -> str:
    return a_series().slug


def call(folder: Path, content: bytes | str, *options: str) -> Result:
    file = folder / "registrations.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(registrations, [str(file), *options])


def counts() -> list[int | None]:
    tables = (Person, Registration, Place, UploadedFile)
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_the_report_is_one_json_document_as_in_the_contract(tmp_path: Path, slug: str) -> None:
    result = call(tmp_path, FORM, "--series", slug, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "format": "table", "rows": 2, "created": 1, "updated": 0, "unchanged": 0,
        "refused": [{"row": 3, "why": "The country “Atlantis” is not known."}],
    }  # fmt: skip


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path, slug: str) -> None:
    before = counts()
    result = call(tmp_path, FORM, "--series", slug, "--dry-run", "--json")
    assert json.loads(result.stdout)["created"] == 1
    assert counts() == before


def test_words_say_what_happened_and_which_rows_stay_out(tmp_path: Path, slug: str) -> None:
    result = call(tmp_path, FORM, "--series", slug)
    assert result.stdout == "table: 2 rows: 1 created, 0 updated, 0 unchanged, 1 refused.\n"
    assert "Row 3 is refused: The country “Atlantis” is not known." in result.stderr


def test_an_unclear_column_is_asked_with_the_option_that_names_it(
    tmp_path: Path, slug: str
) -> None:
    text = "Given,Email,E-mail\nSiti,a@x.org,b@x.org\n"
    result = call(tmp_path, text, "--series", slug, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--column name=NUMBER" in result.stderr
    assert "1 “Given”, 2 “Email”, 3 “E-mail”" in result.stderr


@pytest.mark.parametrize("name", ["name=1", "name=given"])
def test_columns_are_named_by_number_or_heading(tmp_path: Path, slug: str, name: str) -> None:
    text = "Given,Email,E-mail\nSiti,a@x.org,b@x.org\n"
    result = call(tmp_path, text, "--series", slug, "--column", name, "--column", "email=3")
    assert result.exit_code == 0
    assert session.scalars(select(Registration)).one().person.addresses[0].normal == "b@x.org"


@pytest.mark.parametrize("column", ["name=9", "name=Nobody", "shoe=1", "name"])
def test_a_column_that_is_not_there_is_said(tmp_path: Path, slug: str, column: str) -> None:
    result = call(tmp_path, FORM, "--series", slug, "--column", column)
    assert result.exit_code == 1
    assert column in result.stderr


def test_the_order_of_day_and_month_can_be_said(tmp_path: Path, slug: str) -> None:
    text = "Registered at,Name,Email\n4/5/2020 10:00,Siti,a@x.org\n"
    assert "--dates" in call(tmp_path, text, "--series", slug, "--dry-run").stderr
    call(tmp_path, text, "--series", slug, "--dates", "day-first")
    moment = session.scalars(select(Registration.registered_at)).one()
    assert moment.isoformat() == "2020-05-04T02:00:00+00:00"


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_ends_with_a_sentence(
    tmp_path: Path, slug: str, name: str
) -> None:
    before = counts()
    result = call(tmp_path, BAD_FILES[name](), "--series", slug, "--json")
    assert result.exit_code == 1
    assert result.stderr.rstrip().endswith(".")
    assert "Traceback" not in result.stderr
    assert counts() == before


def test_a_file_or_series_that_is_not_there_is_said(tmp_path: Path, slug: str) -> None:
    missing = CliRunner().invoke(registrations, [str(tmp_path / "no.csv"), "--series", slug])
    assert (missing.exit_code, "cannot be opened" in missing.stderr) == (1, True)
    result = call(tmp_path, FORM, "--series", "nowhere")
    assert (result.exit_code, "“nowhere”" in result.stderr) == (1, True)
