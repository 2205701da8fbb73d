"""Recomputations by a worker and by the command: once, retaken, two at a time, told on the page."""

import json
import threading
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from academy import db
from academy.attendance.models import Attendance
from academy.attendance.recomputing import running
from academy.attendance.recomputing import series as of_series
from academy.attendance.recomputing.commands import recompute
from academy.attendance.service import import_attendance
from academy.attendance.service.digest import digest_of
from academy.attendance.service.recomputes import (
    FiguresAreFrozen,
    begin_recompute,
    open_recomputes,
)
from academy.attendance.tasks import run_recompute, sweep_recomputes
from academy.db import now, session, transaction
from academy.lib import jobs
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")


@pytest.fixture
def series(live_session: LiveSession, siti: Person) -> Series:
    """Return a series whose one attendance somebody has spoiled."""
    import_attendance(live_session, zoom_file([SITI]), "zoom.csv")
    with transaction():
        session.execute(update(Attendance).values(minutes=1))
    return live_session.series


def _minutes() -> int | None:
    return session.scalars(select(Attendance.minutes)).one()


def test_a_worker_does_it_and_says_what_it_did(series: Series, cast: Cast) -> None:
    told: list[object] = []
    jobs.plug(lambda job, ids: told.append((job, *ids)), lambda *event: told.append(event))
    job = begin_recompute(series, cast.organiser.id)
    run_recompute(job.id)
    session.refresh(job)
    assert (job.state, job.done, job.total, job.report["changed"]) == ("done", 1, 1, 1)
    assert (_minutes(), job.report["digest"]) == (60, digest_of(series.id))
    news = ("job.changed", "desk", {"id": f"recompute:{job.id}"})
    assert told == [("recompute.run", job.id), news, news, news]


def test_whoever_asks_while_one_is_open_gets_that_one(series: Series) -> None:
    first = begin_recompute(series, None)
    assert begin_recompute(series, None).id == first.id
    sweep_recomputes()
    assert begin_recompute(series, None).id != first.id


def test_a_second_worker_does_not_take_it(series: Series) -> None:
    job = begin_recompute(series, None)
    with transaction():
        job.state, job.heard_of_at = "working", now()
    run_recompute(job.id)
    assert (open_recomputes(), _minutes()) == ([], 1)


def test_what_a_dead_worker_left_is_taken_again(series: Series) -> None:
    job = begin_recompute(series, None)
    with transaction():
        job.state, job.heard_of_at = "working", now() - timedelta(minutes=3)
    sweep_recomputes()
    session.refresh(job)
    assert (job.state, _minutes()) == ("done", 60)


def test_one_that_fails_says_so_and_can_be_asked_for_again(
    series: Series, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = begin_recompute(series, None)

    def stumble(*_arguments: object) -> None:
        raise RuntimeError("no")

    with monkeypatch.context() as patched:
        patched.setattr(running, "recompute_series", stumble)
        run_recompute(job.id)
    session.refresh(job)
    assert job.state == "failed"
    assert "recomputation" in caplog.text
    run_recompute(begin_recompute(series, None).id)
    assert _minutes() == 60


def test_frozen_figures_are_not_computed_anew(series: Series) -> None:
    job = begin_recompute(series, None)
    with transaction():
        series.anonymised_at = now()
    with pytest.raises(FiguresAreFrozen):
        begin_recompute(series, None)
    run_recompute(job.id)
    session.refresh(job)
    assert (job.state, _minutes()) == ("failed", 1)


def test_killed_between_two_portions_the_rest_is_done_by_the_next(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _add_a_week_like_the_first(series)
    monkeypatch.setattr(of_series, "PORTION", 1)

    def die(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        of_series.recompute_series(series.id, die)
    assert digest_of(series.id) != expected
    of_series.recompute_series(series.id)
    assert digest_of(series.id) == expected


def _add_a_week_like_the_first(series: Series) -> str:
    """Return the digest of two weeks that are right, and spoil both."""
    first = series.live_sessions[0]
    with transaction():
        second = LiveSession(slug="may-2", number=2, title="Again", starts_at=first.starts_at,
                             minutes=150, zone=first.zone, status="published")  # fmt: skip
        series.live_sessions.append(second)
    import_attendance(second, zoom_file([SITI]), "again.csv")
    of_series.recompute_series(series.id)
    expected = digest_of(series.id)
    with transaction():
        session.execute(update(Attendance).values(minutes=2))
    return expected


def test_two_at_once_give_the_same_rows(own_database: Flask) -> None:
    with transaction() as current:
        series = Series(slug="two", title="Two", zone="UTC", status="published")
        series.live_sessions.append(LiveSession(
            slug="two-1", number=1, title="One", starts_at=now().replace(
                year=2020, month=5, day=2, hour=6, minute=0, second=0, microsecond=0
            ), minutes=150, zone="Asia/Kuala_Lumpur", status="published",
        ))  # fmt: skip
        current.add(series)
    guests = [(f"Guest Number {n}", "", "14:00:00", "15:00:00") for n in range(50)]
    import_attendance(series.live_sessions[0], zoom_file(guests), "zoom.csv")
    series_id, expected = series.id, digest_of(series.id)
    with transaction():
        session.execute(update(Attendance).values(minutes=1))
    _at_once(series_id)
    assert digest_of(series_id) == expected


def _at_once(series_id: int) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            of_series.recompute_series(series_id)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            db.session.remove()

    session.remove()
    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []


def test_the_command_prints_one_document_that_is_the_same_the_second_time(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.attendance.recomputing.commands.open_database", lambda: None)
    run = [CliRunner().invoke(recompute, ["--series", "may", "--json"]) for _time in range(2)]
    first, second = (json.loads(result.stdout) for result in run)
    assert (first["changed"], second["changed"], second["kept"]) == (1, 0, 1)
    assert first["digest"] == second["digest"]
    assert first["evidence"] == 1


def test_the_command_says_what_it_did_in_words(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.attendance.recomputing.commands.open_database", lambda: None)
    said = CliRunner().invoke(recompute, ["--series", "may"])
    assert (
        "1 rows of evidence of 1 live sessions: 0 attendances were right, 1 changed" in said.output
    )
    unknown = CliRunner().invoke(recompute, ["--series", "june"])
    assert (unknown.exit_code, "There is no series" in unknown.output) == (1, True)
