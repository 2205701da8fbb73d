"""`academy series …`: the contract's document, and sentences for what cannot be."""

import json

import pytest
from click.testing import CliRunner

from academy.db import session
from academy.programme.commands import series
from academy.programme.models import Series
from tests.programme.scenes import a_series

PLAN = {
    "--title": "Weaving", "--zone": "Asia/Kuala_Lumpur", "--starts": "2020-05-02T14:00",
    "--minutes": "150", "--weekly": "5",
}  # fmt: skip


@pytest.fixture
def runner(database: None, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a command line that speaks to the database of the test."""
    monkeypatch.setattr("academy.programme.commands.open_database", lambda: None)
    return CliRunner()


def _create(slug: str, *more: str, **changed: str) -> list[str]:
    plan = PLAN | {f"--{name}": value for name, value in changed.items()}
    return ["create", slug, *(part for pair in plan.items() for part in pair), *more]


def test_the_document_names_each_live_session_and_its_moment(runner: CliRunner) -> None:
    answer = runner.invoke(series, _create("sse-academy-2020", "--json"))
    document = json.loads(answer.stdout)
    assert (document["series"], document["zone"]) == ("sse-academy-2020", "Asia/Kuala_Lumpur")
    assert document["live_sessions"][4] == {
        "live_session": "sse-academy-2020-5", "starts_at": "2020-05-30T06:00:00Z", "minutes": 150
    }  # fmt: skip


def test_without_json_a_human_reads_both_clocks(runner: CliRunner) -> None:
    answer = runner.invoke(series, _create("weaving"))
    assert "Saturday 2020-05-02 14:00 in Asia/Kuala_Lumpur, 2020-05-02 06:00 UTC" in answer.stdout


def test_a_draft_is_published_later(runner: CliRunner) -> None:
    runner.invoke(series, _create("weaving", "--draft"))
    assert session.query(Series).one().status == "draft"
    assert runner.invoke(series, ["publish", "weaving"]).exit_code == 0
    assert session.query(Series).one().status == "published"


def test_all_series_are_listed(runner: CliRunner) -> None:
    a_series("weaving", published=False)
    document = json.loads(runner.invoke(series, ["list", "--json"]).stdout)
    assert [each["series"] for each in document["series"]] == ["weaving"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Give a title"), ({"title": "\udcff"}, "Give a title"),
        ({"zone": "Kuala Lumpur"}, "no time zone"), ({"starts": "tomorrow"}, "no date and hour"),
        ({"starts": "2020-05-02"}, "no hour"), ({"starts": "2020-05-02T14:00+08:00"}, "offset"),
        ({"starts": "0001-01-01T00:00"}, "1990"), ({"minutes": "0"}, "one minute"),
        ({"weekly": "1000"}, "60 weeks"), ({"capacity": "0"}, "whole number"),
        ({"capacity": str(10**30)}, "whole number"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence_and_nothing_is_stored(
    changed: dict[str, str], words: str, runner: CliRunner
) -> None:
    answer = runner.invoke(series, _create("weaving", **changed))
    assert (answer.exit_code, words in answer.stderr) == (1, True)
    assert session.query(Series).count() == 0


def test_a_taken_or_impossible_address_is_a_sentence(runner: CliRunner) -> None:
    a_series("weaving")
    for slug in ("weaving", "Weaving", "../weaving", "a" * 81):
        assert runner.invoke(series, _create(slug)).exit_code == 1
    assert runner.invoke(series, ["publish", "nothing"]).exit_code == 1
