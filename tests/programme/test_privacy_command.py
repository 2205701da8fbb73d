"""`academy privacy`: what is due, done, foreseen and set from the command line."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import func, select

from academy.db import now, session, transaction
from academy.programme import ports
from academy.programme.models import Registration, Series
from academy.programme.privacy_commands import privacy
from academy.programme.service.retention import run_retention
from tests.cast import Cast
from tests.programme.held_series import Held, hold_series, keep_for_six_months


@pytest.fixture
def held(cast: Cast) -> Held:
    """Return a series whose people are kept for six months, which are long over."""
    found = hold_series(cast)
    keep_for_six_months(found.series)
    return found


@pytest.fixture
def command(held: Held, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a command line that speaks to the database of the test."""
    monkeypatch.setattr("academy.programme.privacy_commands.open_database", lambda: None)
    return CliRunner()


def test_the_command_tells_in_json_what_it_did(command: CliRunner) -> None:
    plan = json.loads(command.invoke(privacy, ["run", "--dry-run", "--json"]).output)
    assert plan["series"][0]["action"] == "due"
    assert session.scalar(select(func.count(Registration.id))) == 4
    done = json.loads(command.invoke(privacy, ["run", "--json"]).output)
    assert done["series"][0] == {**plan["series"][0], "action": "anonymised"}
    assert json.loads(command.invoke(privacy, ["run", "--json"]).output)["series"] == []


def test_the_command_knows_other_days_and_says_so_in_words(command: CliRunner) -> None:
    answer = command.invoke(privacy, ["run", "--at", "2020-10-20T00:00:00Z"])
    assert "organisers are warned" in answer.output
    wrong = command.invoke(privacy, ["run", "--at", "tomorrow"])
    assert (wrong.exit_code, "is no moment" in wrong.output) == (1, True)


def test_the_command_sets_the_months(command: CliRunner) -> None:
    answer = command.invoke(privacy, ["keep", "may", "--months", "12", "--json"])
    assert json.loads(answer.output)["months"] == 12
    assert command.invoke(privacy, ["keep", "may", "--months", "999"]).exit_code == 1
    assert command.invoke(privacy, ["keep", "none"]).exit_code == 1


def test_files_of_others_are_emptied_when_their_time_is_over(command: CliRunner) -> None:
    with transaction():
        session.scalars(select(Series)).one().retention_months = None
    with time_machine.travel(now() + timedelta(days=365)):
        answer = json.loads(command.invoke(privacy, ["run", "--json"]).output)
    assert answer["files_dropped"] == 0  # two wait for a worker, the others are empty already


def test_what_is_to_come_can_only_be_looked_at(command: CliRunner) -> None:
    answer = command.invoke(privacy, ["run", "--at", "2099-01-01T00:00:00Z"])
    assert (answer.exit_code, "--dry-run" in answer.output) == (1, True)
    assert session.scalars(select(Series)).one().anonymised_at is None


def test_a_series_that_fails_keeps_no_other_waiting(
    held: Held, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = hold_series(cast, "june")
    keep_for_six_months(second.series)
    whole = ports.freeze_figures

    def freeze(series_id: int, at: datetime) -> dict[str, Any]:
        if series_id == held.series.id:
            raise LookupError("a fault in one series")
        return whole(series_id, at)

    monkeypatch.setattr("academy.programme.service.retention.freeze_figures", freeze)
    with pytest.raises(LookupError):
        run_retention()
    session.expire_all()
    assert held.series.anonymised_at is None
    assert second.series.anonymised_at is not None
