"""`academy report …`: the contract's documents, and words for a human."""

import json

import pytest
from click.testing import CliRunner

from academy.figures.commands import report
from academy.programme.models import Series


@pytest.fixture
def runner(series: Series, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a command line that speaks to the database of the test."""
    monkeypatch.setattr("academy.figures.commands.open_database", lambda: None)
    return CliRunner()


def test_registrations_are_one_json_document(runner: CliRunner) -> None:
    answer = runner.invoke(report, ["registrations", "--series", "may", "--json"])
    document = json.loads(answer.output)
    assert (document["registrants"], document["countries"]) == (3, 2)
    assert document["regions"]["unknown"] == {"registrants": 1, "countries": 0}
    assert document["by_country"][-1] == {"country": None, "name": "Unknown", "registrants": 1}


def test_attendance_is_one_json_document(runner: CliRunner) -> None:
    document = json.loads(runner.invoke(report, ["attendance", "--series", "may", "--json"]).output)
    first, second = document["live_sessions"]
    assert (first["attended"], first["matched"], first["unmatched"], first["peak"]) == (2, 1, 1, 2)
    assert second["attended"] is None
    assert (document["mean"], document["people"], document["attended_all"]) == (2, 1, 1)


def test_without_json_a_human_reads_sentences(runner: CliRunner) -> None:
    answer = runner.invoke(report, ["registrations", "--series", "may"])
    assert answer.output.startswith("3 registrants from 2 countries")


def test_an_unknown_series_is_an_error_with_a_sentence(runner: CliRunner) -> None:
    answer = runner.invoke(report, ["attendance", "--series", "none"])
    assert (answer.exit_code, "There is no series" in answer.output) == (1, True)
