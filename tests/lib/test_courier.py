"""What is handed to the broker: soon, in its order, and never at the cost of a page."""

import threading
import time

import pytest

from academy.lib import courier
from academy.lib.courier import Courier
from academy.lib.processes import wait_until


def test_things_are_done_soon_and_in_their_order() -> None:
    done: list[int] = []
    carry = Courier().carrying(done.append)
    for number in range(5):
        carry(number)
    assert wait_until(lambda: done == [0, 1, 2, 3, 4], seconds=20)


def test_nobody_waits_for_a_broker_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "MOST_WAITING", 3)
    answers = threading.Event()
    done: list[int] = []

    def step(number: int) -> None:
        answers.wait(5)
        done.append(number)

    carry = Courier().carrying(step)
    begin = time.monotonic()
    for number in range(20):
        carry(number)
    assert time.monotonic() - begin < 1
    answers.set()
    # One was under way, three waited, the others are the sweep's to find.
    assert wait_until(lambda: len(done) in {3, 4}, seconds=20)


def test_one_that_fails_does_not_keep_the_next(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def step(word: str) -> None:
        if word == "bad":
            raise OSError("no broker")
        done.append(word)

    carry = Courier().carrying(step)
    carry("bad")
    carry("good")
    assert wait_until(lambda: done == ["good"], seconds=20)
    assert "did not take" in caplog.text
