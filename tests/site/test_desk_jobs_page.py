"""/desk/jobs/: queues, workers, the timetable as it was kept, and what failed."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import now, session
from academy.lib import jobs, signs
from academy.lib.broker import open_broker
from academy.people.models import Person
from academy.queues import QUEUE_OF
from academy.security.models import AuditEntry
from academy.site import service
from academy.site.job_queries import PAGE, count_failures, read_failures, read_timetable
from academy.site.job_wording import JOBS
from academy.site.models import JobRun
from academy.site.service import forget_old_runs, note_run
from academy.timetable import TIMETABLE
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
Asked = list[tuple[str, tuple[int | str, ...]]]


@pytest.fixture
def organiser(cast: Cast, client_of: ClientOf) -> FlaskClient:
    return client_of(cast.organiser)


@pytest.fixture
def asked(app: Flask) -> Asked:
    """Collect the jobs that are asked for."""
    seen: Asked = []
    jobs.plug(lambda job, arguments: seen.append((job, arguments)), lambda *_facts: None)
    return seen


@pytest.fixture
def broker(app: Flask, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the app have a Redis in which nothing is."""
    settings = replace(app.config["ACADEMY"], redis_url=redis_url)
    monkeypatch.setitem(app.config, "ACADEMY", settings)
    yield redis_url
    with open_broker(redis_url) as client:
        client.flushall()


@pytest.fixture(autouse=True)
def every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each run be noted, however soon after the last one."""
    monkeypatch.setattr(service, "SELDOM", 0.0)


def ran(task: str, *arguments: int, error: str = "", ago: timedelta = timedelta()) -> JobRun:
    """Note a run that ended so long ago, and return what is kept of it."""
    end = now() - ago
    note_run(jobs.Run(task, arguments, end - timedelta(seconds=3), end, error))
    session.expire_all()
    newest = select(JobRun).where(JobRun.task == task).order_by(JobRun.id.desc())
    return session.scalars(newest).first() or pytest.fail("nothing was noted")


def failed(number: int = 7) -> JobRun:
    return ran("recompute.run", number, error="ValueError (academy/x.py:3)")


def test_the_timetable_says_how_each_entry_ran_and_when_it_comes_again(
    organiser: FlaskClient,
) -> None:
    ran("message.sweep")
    page = organiser.get("/desk/jobs/").text
    assert "Mail that is due" in page
    assert "went well" in page
    assert "3.0\u00a0s" in page
    assert page.count("not yet") == len(TIMETABLE) - 1


def test_every_job_has_words_and_none_has_words_that_is_no_job() -> None:
    assert set(JOBS) == set(QUEUE_OF)


def test_an_entry_that_is_long_overdue_says_so(app: Flask) -> None:
    ran("message.sweep", ago=timedelta(minutes=9))
    late = [entry.task for entry in read_timetable({}, now()) if entry.is_late]
    assert late == ["message.sweep"]


def test_what_failed_is_asked_for_again_with_its_arguments(
    organiser: FlaskClient, asked: Asked
) -> None:
    run = failed(17)
    page = organiser.get("/desk/jobs/").text
    assert "ValueError (academy/x.py:3)" in page
    answer = organiser.post(f"/desk/jobs/{run.id}/retry", follow_redirects=True)
    assert "Asked for once more" in answer.text
    assert "asked again" in answer.text
    assert asked == [("recompute.run", (17,))]
    assert "job.retry" in session.scalars(select(AuditEntry.action)).all()


def test_a_job_that_goes_well_leaves_the_list_and_stands_on_the_other(
    organiser: FlaskClient,
) -> None:
    failed()
    ran("recompute.run", 7)
    assert "Nothing has failed" in organiser.get("/desk/jobs/").text
    assert "ValueError" in organiser.get("/desk/jobs/?show=mended").text


def test_a_failure_is_put_aside_and_brought_back(organiser: FlaskClient) -> None:
    run = failed()
    page = organiser.post(f"/desk/jobs/{run.id}/dismissal", follow_redirects=True).text
    assert "Put aside." in page
    assert f"/desk/jobs/{run.id}/return" in page
    assert count_failures() == 0
    organiser.post(f"/desk/jobs/{run.id}/return")
    assert count_failures() == 1


def test_what_was_put_aside_comes_back_when_it_fails_again(organiser: FlaskClient) -> None:
    run = failed()
    organiser.post(f"/desk/jobs/{run.id}/dismissal")
    assert failed().failures == 2
    assert count_failures() == 1


@pytest.mark.parametrize("word", ["retry", "dismissal", "return"])
def test_what_is_over_cannot_be_changed(organiser: FlaskClient, asked: Asked, word: str) -> None:
    ran("recompute.run", 7)
    run = session.scalars(select(JobRun)).one()
    answer = organiser.post(f"/desk/jobs/{run.id}/{word}", follow_redirects=True)
    assert "Nothing was changed" in answer.text
    assert asked == []


def test_an_entry_is_begun_by_hand_but_forgetting_people_is_not(
    organiser: FlaskClient, asked: Asked
) -> None:
    organiser.post("/desk/jobs/run", data={"task": "message.sweep"})
    refused = organiser.post("/desk/jobs/run", data={"task": "privacy.run"}, follow_redirects=True)
    unknown = organiser.post("/desk/jobs/run", data={"task": "os.system"}, follow_redirects=True)
    assert asked == [("message.sweep", ())]
    assert "no such job" in refused.text
    assert "no such job" in unknown.text


def test_queues_workers_and_beats_are_seen(organiser: FlaskClient, broker: str) -> None:
    signs.say_alive(broker, signs.WORKERS, "ship:7", queue="urgent", slots=8)
    signs.say_alive(broker, signs.BEATS, "ship:8", role="asks")
    since = datetime.now(UTC) - timedelta(minutes=6)
    with open_broker(broker) as client:
        client.lpush("slow", f'{{"headers": {{"asked_at": "{since.isoformat()}"}}}}')
    page = organiser.get("/desk/jobs/").text
    assert "ship:7" in page
    assert "asks by the timetable" in page
    assert "asked for 6\u00a0min ago" in page
    assert "stalled" in page
    assert "No worker serves the queue “slow”" in page
    assert "No beat is at work" not in page


@pytest.fixture(params=["away", "stalled"])
def broken(
    app: Flask, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Let the app have a Redis at whose port nobody is, or somebody who never answers."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if request.param == "stalled":
            silent.listen()
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings = replace(app.config["ACADEMY"], redis_url=url)
        monkeypatch.setitem(app.config, "ACADEMY", settings)
        yield


def test_a_redis_that_does_not_answer_is_said_within_a_second(
    organiser: FlaskClient, asked: Asked, broken: None
) -> None:
    run = failed()
    assert "Redis does not answer" in organiser.get("/desk/jobs/").text
    assert min(_seconds_of(organiser) for _time in range(3)) < 1
    answer = organiser.post(f"/desk/jobs/{run.id}/retry", follow_redirects=True)
    assert "Redis does not answer, so nobody can be asked" in answer.text
    assert asked == []


def _seconds_of(browser: FlaskClient) -> float:
    began = time.monotonic()
    browser.get("/desk/jobs/")
    return time.monotonic() - began


def test_a_sweep_of_every_minute_keeps_one_row(app: Flask) -> None:
    for _minute in range(5):
        ran("message.sweep", error="OSError")
    assert session.scalars(select(JobRun.failures)).one() == 5


def test_mail_that_went_well_leaves_no_row(app: Flask) -> None:
    end = now()
    note_run(jobs.Run("message.deliver", (1,), end, end))
    assert session.scalars(select(JobRun)).all() == []
    assert ran("message.deliver", 1, error="OSError").outcome == "failed"
    assert ran("message.deliver", 1).outcome == "ran"


def test_what_failed_comes_a_page_at_a_time_in_two_statements(
    organiser: FlaskClient, engine: Engine
) -> None:
    for number in range(PAGE + 1):
        failed(number)
    with counted(engine) as statements:
        assert len(read_failures("failed", 2).runs) == 1
    assert len(statements) == 2
    assert "page=2" in organiser.get("/desk/jobs/").text


def test_old_rows_are_forgotten_and_what_still_fails_is_kept(app: Flask) -> None:
    ran("recompute.run", 1)
    failed(2)
    assert forget_old_runs(now() + timedelta(days=31)) == 1
    assert session.scalars(select(JobRun.arguments)).all() == [[2]]


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/desk/jobs/").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("role", ["learner", "focal_point", "moderator"])
def test_other_roles_may_not_see_it(cast: Cast, client_of: ClientOf, role: str) -> None:
    assert client_of(getattr(cast, role)).get("/desk/jobs/").status_code == 403


def test_an_unknown_list_is_not_found_and_nothing_is_posted_to_the_page(
    organiser: FlaskClient,
) -> None:
    assert organiser.get("/desk/jobs/?show=all").status_code == 404
    assert organiser.post("/desk/jobs/").status_code == 405
