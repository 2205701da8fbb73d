"""A worker that is killed loses no mail, and every double that may follow is on record."""

import os
import random
import signal
from functools import partial

import pytest

from tests.faults.how_long import MAILS, RUNS
from tests.faults.post import SLOTS, Post, kill
from tests.faults.table import record

pytestmark = pytest.mark.operations


def _kill_at(post: Post, number: int) -> None:
    """Let a worker begin, and kill it with -9 when the sink has taken so many mails."""
    with post.running("worker") as worker:
        post.look(times=SLOTS)
        assert post.sink.wait_for(number)
        kill(worker)


def test_of_a_worker_killed_in_the_middle_nothing_is_lost_and_every_double_is_shown(
    post: Post,
) -> None:
    dice = random.Random(20200502)
    ids = post.plan(MAILS * RUNS)
    for run in range(RUNS):
        _kill_at(post, MAILS * run + dice.randrange(1, MAILS))
        post.let_claims_age()
    with post.running("worker"):
        post.look(times=SLOTS)
        assert post.wait_for_all(len(ids), seconds=120)
    doubled, lost = post.sink.doubled, ids - set(post.sink.taken)
    record(
        "worker killed -9 at a random mail", runs=RUNS, messages=len(ids), lost=len(lost),
        doubled=len(doubled), note=f"{len(post.doubted())} marked “perhaps twice”; {SLOTS} slots",
    )  # fmt: skip
    assert not lost
    assert len(doubled) <= SLOTS * RUNS
    assert doubled <= post.doubted()
    assert len(post.doubted()) <= SLOTS * RUNS
    assert max(post.sink.taken.values()) == 2 or not doubled


def _halt(process: int, last: int, number: int) -> None:
    """Let the worker and its slots hear nothing of the mail that was taken last."""
    if number == last:
        os.killpg(process, signal.SIGSTOP)


def test_a_worker_killed_between_the_answer_and_the_commit_doubles_exactly_that_mail(
    post: Post,
) -> None:
    runs = max(RUNS // 4, 1)
    for _run in range(runs):
        post.begin()
        ids = post.plan(20)
        with post.running("worker") as worker:
            post.sink.before_answer = partial(_halt, worker.pid, 10)
            post.look()
            assert post.sink.wait_for(10)
            kill(worker)
        post.let_claims_age()
        post.stand_by()
        post.look()
        assert post.wait_for_all(20)
        assert set(post.sink.taken) == ids
        assert len(post.sink.doubled) == 1
        assert post.sink.doubled == post.doubted()
    record(
        "worker killed between the server's 250 and the commit", runs=runs, messages=20 * runs,
        doubled=runs, note="exactly the mail under way, marked",
    )  # fmt: skip
