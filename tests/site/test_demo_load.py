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
from academy.discussion.models import Thread
from academy.learning.models import Study
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.moderation.models import Waiting
from academy.people.passwords import is_password
from academy.people.queries import find_person_by_address
from academy.programme.models import LiveSession, Registration, Series
from academy.site.commands import demo
from academy.site.demo import next_round, studies
from academy.site.demo.accounts import ACCOUNTS_FILE, read_accounts
from academy.site.demo.facts import SLUG
from academy.site.demo.files import demo_files
from academy.site.demo.loading import REGISTERED_NEXT, DemoReport, load_demo
from academy.site.demo.talk import QUEUE, WEAVERS, WELCOME
from tests.learning.writing import load_course
from tests.library.conftest import record

ROOT = Path(__file__).parents[2]
TABLES = (Series, LiveSession, Registration, Identity, Evidence, Match, Attendance)


@pytest.fixture
def loaded(app: Flask, tmp_path: Path) -> DemoReport:
    """Load the demonstration into an empty academy."""
    return load_demo(tmp_path)


def _count_rows() -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


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


def test_people_talk_and_moderators_have_something_to_do(app: Flask, tmp_path: Path) -> None:
    """Cases that are loaded are talked about; what the gate held was approved, or waits."""
    load_cases([CaseFile("thailand-panmai-weavers", record())])
    load_demo(tmp_path)
    titles = {conversation.title for conversation in (WELCOME, WEAVERS, QUEUE)}
    assert set(session.scalars(select(Thread.title))) == titles
    answered = session.scalars(select(Thread).where(Thread.title == WEAVERS.title)).one()
    assert (answered.accepted_number, answered.visible_posts) == (2, len(WEAVERS.posts))
    assert answered.last_post_at > answered.created_at
    waiting = select(func.count()).where(Waiting.closed_at.is_(None))
    assert session.scalar(waiting) == 3
    load_demo(tmp_path)
    assert session.scalar(select(func.count()).select_from(Thread)) == len(titles)


def test_some_have_begun_to_learn_and_one_step_is_next_for_the_visitor(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studies, "COURSE", "weaving")
    load_course()
    load_demo(tmp_path)
    learner = find_person_by_address(read_accounts(tmp_path)[0].email)
    assert learner is not None
    read = select(func.count(Study.read_at))
    assert session.scalar(read.where(Study.person_id == learner.id)) == studies.READ_BY_LEARNER
    before = session.scalar(read) or 0
    assert before > REGISTERED_NEXT
    load_demo(tmp_path)
    assert session.scalar(read) == before
