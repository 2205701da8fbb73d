"""Real workers, beats and Redis: routing, limits, failures, kills, and nobody waits in vain."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import redis
from celery import Celery
from flask import Flask
from sqlalchemy import select

from academy.config import ROOT
from academy.db import session
from academy.lib import jobs
from academy.lib.processes import start_child, stop_children, wait_until
from academy.lib.sights import look
from academy.queues import QUEUE_OF, SLOW, queue_of
from academy.site.models import JobRun
from academy.timetable import TIMETABLE
from tests.cast import Cast, sign_in_to
from tests.operations.processes import production_environment
from tests.servers import valkey_server

pytestmark = pytest.mark.operations

LIST_TASKS = """
from academy.config import Settings
from academy.lib.celery_app import make_celery

print(*make_celery(Settings.from_environment({})).tasks)
"""


@dataclass
class Works:
    """Workers and beats with a Redis and a database of their own."""

    environment: dict[str, str]
    redis: redis.Redis
    sender: Celery
    folder: Path

    @property
    def url(self) -> str:
        return self.environment["ACADEMY_REDIS_URL"]

    def ask(self, job: str, *arguments: int | str) -> None:
        self.sender.send_task(job, arguments, queue=_queue_of(job))

    def count(self, name: str) -> int:
        return int(self.redis.get(f"trial:{name}") or 0)

    @contextlib.contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run `academy` with these words; what is left of it at the end is stopped."""
        command = [sys.executable, "-m", "tests.operations.trial_worker", *words]
        child = start_child(
            command, environment=self.environment, folder=ROOT, log=self.folder / "works.log"
        )
        try:
            yield child
        finally:
            stop_children([child], seconds=10, parents_only=True)

    def wait_for_workers(self) -> None:
        found = wait_until(lambda: not look(self.url).idle, seconds=60)
        assert found, (self.folder / "works.log").read_text()


def _queue_of(job: str) -> str:
    return "urgent" if job == "trial.quick" else queue_of(job).name


@pytest.fixture
def works(own_database: Flask, own_migrated_url: str, tmp_path: Path) -> Iterator[Works]:
    with valkey_server() as url:
        environment = production_environment(own_migrated_url, url, tmp_path)
        sender = Celery("test", broker=url, set_as_current=False)
        with redis.Redis.from_url(url) as client:
            yield Works(environment, client, sender, tmp_path)
        sender.close()


def test_every_task_has_its_queue_and_every_queue_its_tasks(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", LIST_TASKS], env={**os.environ, "ACADEMY_VAR": str(tmp_path)},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    tasks = {name for name in finished.stdout.split() if not name.startswith("celery.")}
    assert tasks == set(QUEUE_OF)
    assert {entry["task"] for entry in TIMETABLE.values()} <= tasks


def test_slow_jobs_never_keep_an_urgent_one_waiting(works: Works) -> None:
    with works.running("worker"):
        works.wait_for_workers()
        for _each in range(4):
            works.ask("trial.sleep", 3)
        assert wait_until(lambda: works.count("began") == 2, seconds=20)
        works.ask("trial.quick")
        assert wait_until(lambda: works.count("quick") == 1, seconds=3)
        assert works.count("slept") == 0
        slow = next(each for each in look(works.url).queues if each.name == "slow")
        assert slow.waiting + slow.in_hand == 4


def test_a_worker_finishes_what_it_holds_when_it_is_asked_to_stop(works: Works) -> None:
    with works.running("worker") as supervisor:
        works.wait_for_workers()
        works.ask("trial.sleep", 2)
        assert wait_until(lambda: works.count("began") == 1, seconds=20)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(timeout=40) == 0
    assert works.count("slept") == 1
    assert look(works.url).workers == []


@pytest.fixture
def one_machine(works: Works) -> Works:
    """Let the worker be the one of `academy up`: both queues and beat in one process."""
    works.environment["ACADEMY_ENVIRONMENT"] = "embedded"
    return works


def test_on_one_machine_slow_jobs_keep_nobody_waiting_either(one_machine: Works) -> None:
    with one_machine.running("embedded"):
        one_machine.wait_for_workers()
        one_machine.ask("trial.sleep", 3)
        one_machine.ask("trial.sleep", 3)
        assert wait_until(lambda: one_machine.count("began") == 1, seconds=20)
        one_machine.ask("trial.quick")
        assert wait_until(lambda: one_machine.count("quick") == 1, seconds=3)
        assert one_machine.count("slept") == 0


def test_what_the_worker_of_one_machine_held_is_given_back_at_its_next_start(
    one_machine: Works,
) -> None:
    with one_machine.running("embedded") as worker:
        one_machine.wait_for_workers()
        one_machine.ask("trial.sleep", 2)
        assert wait_until(lambda: one_machine.count("began") == 1, seconds=20)
        worker.kill()
    with one_machine.running("embedded"):
        assert wait_until(lambda: one_machine.count("slept") == 1, seconds=60)


def test_a_thread_that_cannot_be_helped_ends_the_worker_of_one_machine(one_machine: Works) -> None:
    with one_machine.running("embedded") as worker:
        one_machine.wait_for_workers()
        one_machine.ask("trial.stay")
        assert worker.wait(timeout=60) == 1
    # The next worker does not end by it, too: it was taken from the queue, and is shown.
    held = one_machine.redis.hvals("academy:slow:in-hand")
    assert not any(b"trial.stay" in words for words in held)
    assert _row_of("trial.stay").error == "took longer than its queue allows"


def test_a_job_whose_process_is_killed_is_taken_again(works: Works) -> None:
    with works.running("worker", "--queues=slow", "--concurrency=1"):
        works.ask("trial.die")
        assert wait_until(lambda: works.count("tries") == 2, seconds=60)
        assert wait_until(lambda: look(works.url).queues[1].in_hand == 0, seconds=20)


def test_a_worker_that_falls_leaves_no_orphan_and_is_started_again(works: Works) -> None:
    with works.running("worker"):
        works.wait_for_workers()
        first = _urgent_workers(works).pop()
        number = int(first.rpartition(":")[2])
        os.kill(number, signal.SIGKILL)
        assert wait_until(lambda: len(_urgent_workers(works)) == 2, seconds=60)
        assert wait_until(lambda: not _has_group(number), seconds=20)
        # Not before: what Redis hands to a connection that has just died is lost with it.
        works.ask("trial.quick")
        assert wait_until(lambda: works.count("quick") == 1, seconds=60)


def _urgent_workers(works: Works) -> list[str]:
    return [each.name for each in look(works.url).workers if each.queue == "urgent"]


def _has_group(number: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, 0)
        return True
    return False


def test_a_job_beyond_its_limit_is_interrupted_then_ended_and_shown(works: Works) -> None:
    with works.running("worker", "--queues=slow", "--concurrency=1"):
        works.ask("trial.stay")
        works.ask("trial.sleep", 0)
        assert wait_until(lambda: works.count("slept") == 1, seconds=60)
    assert works.count("interrupted") == 1
    assert _row_of("trial.stay").error == "took longer than its queue allows"


def test_a_pickled_message_is_refused_and_harms_nobody(works: Works) -> None:
    with works.running("worker", "--queues=urgent", "--concurrency=1"):
        works.sender.send_task("trial.quick", (_Harm(works.url),), queue="urgent",
                               serializer="pickle")  # fmt: skip
        works.ask("trial.quick")
        assert wait_until(lambda: works.count("quick") == 1, seconds=60)
    assert works.count("harmed") == 0
    assert "Refusing to deserialize" in (works.folder / "works.log").read_text()


class _Harm:
    """What a pickle could do to whoever reads it: here, leave a mark."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __reduce__(self) -> tuple[object, tuple[str]]:
        program = f"import redis; redis.Redis.from_url('{self.url}').incr('trial:harmed')"
        return exec, (program,)


def test_what_failed_is_seen_on_the_desk_and_asked_for_again_from_there(
    works: Works, own_database: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(QUEUE_OF, "trial.fail", SLOW)
    settings = replace(own_database.config["ACADEMY"], redis_url=works.url)
    monkeypatch.setitem(own_database.config, "ACADEMY", settings)
    jobs.plug(lambda job, arguments: works.ask(job, *arguments), lambda *_facts: None)
    desk = sign_in_to(own_database.test_client(), Cast().organiser)
    with works.running("worker", "--queues=slow", "--concurrency=1"):
        works.ask("trial.fail", 17)
        assert wait_until(lambda: "trial.fail 17" in desk.get("/desk/jobs/").text, seconds=60)
        row = _row_of("trial.fail")
        assert row.error.startswith("ValueError")
        assert "siti" not in row.error
        works.redis.set("trial:mended", 1)
        desk.post(f"/desk/jobs/{row.id}/retry")
        assert wait_until(lambda: _row_of("trial.fail").outcome == "ran", seconds=30)
    assert "Nothing has failed" in desk.get("/desk/jobs/").text


def _row_of(task: str) -> JobRun:
    row = session.scalars(select(JobRun).where(JobRun.task == task)).one()
    session.remove()  # or SQLite's only lock stays with us
    return row


def test_of_two_beats_one_asks_and_the_other_takes_over(works: Works) -> None:
    urgent = sum(queue_of(entry["task"]).name == "urgent" for entry in TIMETABLE.values())
    with works.running("beat") as first:
        assert wait_until(lambda: works.redis.llen("urgent") == urgent, seconds=60)
        with works.running("beat"):
            assert wait_until(lambda: len(look(works.url).beats) == 2, seconds=60)
            assert works.redis.llen("urgent") == urgent
            assert sorted(each.role for each in look(works.url).beats) == ["asks", "stands by"]
            first.send_signal(signal.SIGTERM)
            assert wait_until(lambda: _roles(works) == ["asks"], seconds=40)
    assert list(works.folder.glob("celerybeat*")) == []


def _roles(works: Works) -> list[str]:
    return [each.role for each in look(works.url).beats]


@pytest.mark.parametrize(
    ("words", "environment", "answer"),
    [
        (["worker", "--queues=urgent,dead"], {}, "dead: there are urgent, slow."),
        (["worker"], {}, "There is no Redis: set ACADEMY_REDIS_URL"),
        (["beat"], {}, "There is no Redis: set ACADEMY_REDIS_URL"),
        (["beat"], {"ACADEMY_ENVIRONMENT": "production"}, "is not set"),
    ],
)
def test_what_cannot_run_says_why(
    tmp_path: Path, words: list[str], environment: dict[str, str], answer: str
) -> None:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ACADEMY_")}
    finished = subprocess.run(
        [sys.executable, "-m", "academy", *words], cwd=ROOT, capture_output=True, text=True,
        env={**kept, "ACADEMY_VAR": str(tmp_path), **environment}, check=False,
    )  # fmt: skip
    assert finished.returncode != 0
    assert answer in finished.stderr
