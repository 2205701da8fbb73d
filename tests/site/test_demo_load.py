"""Loading the demonstration: through the imports, true to the published numbers, once."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.db import session
from academy.figures.queries import find_head, read_ledger, report_attendance, report_registrations
from academy.people.passwords import is_password
from academy.people.queries import find_person_by_address
from academy.programme.models import LiveSession, Registration, Series
from academy.site.commands import demo
from academy.site.demo import next_round
from academy.site.demo.accounts import ACCOUNTS_FILE, read_accounts
from academy.site.demo.facts import ATTENDED, HOST_NAME, SLUG, UNMATCHED
from academy.site.demo.files import demo_files
from academy.site.demo.loading import DemoReport, load_demo

ROOT = Path(__file__).parents[2]
TABLES = (Series, LiveSession, Registration, Identity, Evidence, Match, Attendance)


@pytest.fixture
def loaded(app: Flask, tmp_path: Path) -> DemoReport:
    """Load the demonstration into an empty academy."""
    return load_demo(tmp_path)


def _count_rows() -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_who_registered_follows_from_the_file(loaded: DemoReport) -> None:
    head = find_head(SLUG)
    assert head is not None
    figures = report_registrations(read_ledger(head))
    assert (figures["registrants"], figures["countries"]) == (212, 32)
    assert figures["regions"]["asia"] == {"registrants": 195, "countries": 16}
    assert figures["regions"]["elsewhere"] == {"registrants": 17, "countries": 16}
    assert figures["regions"]["unknown"] == {"registrants": 0, "countries": 0}


def test_who_came_follows_from_the_files(loaded: DemoReport) -> None:
    head = find_head(SLUG)
    assert head is not None
    figures = report_attendance(read_ledger(head))
    assert [each["attended"] for each in figures["live_sessions"]] == list(ATTENDED)
    assert [each["unmatched"] for each in figures["live_sessions"]] == list(UNMATCHED)
    assert (figures["mean"], figures["largest"], figures["smallest"]) == (55.0, 74, 37)
    assert figures["attendances"] == 275
    assert 0 < figures["attended_all"] < figures["returning"] < figures["people"]


def test_the_imports_refuse_no_row_and_leave_work_for_the_review_desk(loaded: DemoReport) -> None:
    assert loaded.registrations is not None
    assert (loaded.registrations.created, loaded.registrations.refused) == (212, ())
    assert [report.refused for report in loaded.attendance] == [[]] * 5
    assert all(report.suggested > 0 for report in loaded.attendance)


def test_hosts_bots_and_those_who_only_waited_are_no_attendees(loaded: DemoReport) -> None:
    statement = select(Identity.role, func.count()).where(Identity.excluded_because != "")
    rows = session.execute(statement.group_by(Identity.role).order_by(Identity.role))
    assert [tuple(row) for row in rows] == [("bot", 4), ("host", 10), ("waiting", 2)]


def test_every_page_of_it_can_say_that_it_is_illustrative(loaded: DemoReport) -> None:
    series = session.scalars(select(Series)).all()
    assert {each.slug for each in series} == {SLUG, next_round.SLUG}
    assert all("demonstration" in each.illustrative for each in series)
    assert all(each.status == "published" for each in series)


def test_the_next_round_is_still_to_come_and_has_places_left(loaded: DemoReport) -> None:
    series = session.scalars(select(Series).where(Series.slug == next_round.SLUG)).one()
    assert series.takes_registrations
    assert len(series.live_sessions) == 5
    assert not any(each.is_over for each in series.live_sessions)
    assert {(each.capacity, each.places_taken) for each in series.live_sessions} == {(100, 38)}
    assert all(HOST_NAME in each.hosts for each in series.live_sessions)


def test_loading_twice_changes_nothing(loaded: DemoReport, tmp_path: Path) -> None:
    rows, accounts = _count_rows(), (tmp_path / ACCOUNTS_FILE).read_bytes()
    again = load_demo(tmp_path)
    assert again.unchanged
    assert _count_rows() == rows
    assert (tmp_path / ACCOUNTS_FILE).read_bytes() == accounts


def test_what_people_did_since_stands_when_it_is_loaded_again(
    loaded: DemoReport, tmp_path: Path
) -> None:
    series = session.scalars(select(Series).where(Series.slug == SLUG)).one()
    series.title = "Renamed"
    session.flush()
    load_demo(tmp_path)
    assert series.title == "Renamed"


def test_the_accounts_can_sign_in_and_only_their_owner_reads_the_file(
    loaded: DemoReport, tmp_path: Path
) -> None:
    accounts = read_accounts(tmp_path)
    assert [account.role for account in accounts] == ["learner", "organiser", "moderator"]
    assert stat.S_IMODE((tmp_path / ACCOUNTS_FILE).stat().st_mode) == 0o600
    for account in accounts:
        person = find_person_by_address(account.email)
        assert person is not None
        assert person.name == account.name
        assert is_password(account.password, person.password_hash)
        assert person.holds_staff_role == (account.role != "learner")


def test_the_learner_is_one_of_the_registrants_and_came_to_all(
    loaded: DemoReport, tmp_path: Path
) -> None:
    person = find_person_by_address(read_accounts(tmp_path)[0].email)
    assert person is not None
    came = select(func.count()).where(Attendance.person_id == person.id)
    assert session.scalar(came) == 5
    registered = select(Registration.series_id).where(Registration.person_id == person.id)
    assert len(session.scalars(registered).all()) == 1


def test_a_lost_file_means_new_passwords_for_the_same_people(
    loaded: DemoReport, tmp_path: Path
) -> None:
    before = read_accounts(tmp_path)
    (tmp_path / ACCOUNTS_FILE).unlink()
    load_demo(tmp_path)
    after = read_accounts(tmp_path)
    assert [one.email for one in before] == [one.email for one in after]
    assert not {one.password for one in before} & {one.password for one in after}


def test_the_command_prints_one_document_without_passwords(tmp_path: Path) -> None:
    environment = {**os.environ, "ACADEMY_VAR": str(tmp_path)}
    environment.pop("ACADEMY_DATABASE_URL", None)
    command = [sys.executable, "-m", "academy", "demo", "load", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    document = json.loads(done.stdout)
    assert document["series"] == [SLUG, next_round.SLUG]
    assert document["registrations"]["created"] == 212
    assert not [one for one in read_accounts(tmp_path) if one.password.encode() in done.stdout]


def test_the_files_can_be_written_out_to_try_the_imports(tmp_path: Path) -> None:
    done = CliRunner().invoke(demo, ["files", str(tmp_path / "out")])
    assert done.exit_code == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == demo_files()
