"""None is lost: a worker killed in the middle, a server that refuses, fifty looks at once.

The long version (`make faults`) sets ACADEMY_FAULT_RUNS and ACADEMY_FAULT_MAILS.
"""

import logging
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from academy.lib.processes import wait_until
from tests.faults.post import SLOTS, Post, post_in

pytestmark = pytest.mark.operations

log = logging.getLogger(__name__)
RUNS = int(os.environ.get("ACADEMY_FAULT_RUNS", "2"))
MAILS = int(os.environ.get("ACADEMY_FAULT_MAILS", "300"))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with post_in(tmp_path) as running:
        yield running


def _kill_at(post: Post, number: int) -> None:
    """Let a worker begin, and kill it with -9 when the sink has taken so many mails."""
    with post.worker() as worker:
        post.look(times=SLOTS)
        assert wait_until(lambda: post.sink.number >= number, seconds=60, pause=0.001)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def test_of_a_worker_killed_in_the_middle_nothing_is_lost_and_every_double_is_shown(
    post: Post,
) -> None:
    dice = random.Random(20200502)
    ids = post.plan(MAILS * RUNS)
    for run in range(RUNS):
        _kill_at(post, MAILS * run + dice.randrange(1, MAILS))
        post.let_claims_age()
    with post.worker():
        post.look(times=SLOTS)
        assert post.wait_for_all(len(ids))
    doubled = {name for name, times in post.sink.taken.items() if times > 1}
    lost = len(ids) - len(post.sink.taken)
    log.info("killed %s times: %s lost, %s doubled", RUNS, lost, len(doubled))
    assert set(post.sink.taken) == ids
    assert len(doubled) <= SLOTS * RUNS
    assert doubled <= post.doubted()
    assert max(post.sink.taken.values()) == 2 or not doubled


def test_fifty_looks_at_once_send_each_mail_once(post: Post) -> None:
    ids = post.plan(MAILS)
    with post.worker():
        post.look(times=50)
        assert post.wait_for_all(len(ids))
    assert post.sink.taken.total() == len(ids)


def test_a_server_that_refuses_every_fifth_for_now_and_some_for_good(post: Post) -> None:
    post.sink.answer = lambda number: (
        "550 no such user" if number % 50 == 0 else "451 later" if number % 5 == 0 else "250 OK"
    )
    post.plan(100)
    with post.worker():
        post.look()
        assert wait_until(lambda: post.count("planned") + post.count("claimed") == 0, seconds=30)
    assert (post.count("sent"), post.count("failed"), post.count("suppressed")) == (80, 18, 2)
    assert post.sink.taken.total() == 80
