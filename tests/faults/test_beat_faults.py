"""Beat dies, is doubled, or ticks many times at once: each reminder leaves once, or is listed."""

import time
from datetime import timedelta

import pytest

from academy.db import now
from academy.lib.processes import wait_until
from tests.faults.how_long import IS_LONG, seconds
from tests.faults.post import Post, kill
from tests.faults.readers import live_session_with_readers
from tests.faults.table import record

pytestmark = pytest.mark.operations
READERS = 30
MINUTES = timedelta(minutes=1)


def test_what_was_due_while_beat_was_dead_leaves_late_or_is_listed_as_missed(
    academy: Post,
) -> None:
    live_session_with_readers(READERS, now() + 90 * MINUTES)
    academy.stand_by()
    with academy.running("beat") as beat:
        # The last one before the start, and the one after it.
        assert wait_until(lambda: academy.count("planned") == 2 * READERS, seconds=30)
        kill(beat)
    academy.let_come("reminder_one_hour", seconds=0.5)
    too_late = academy.plan(3, in_seconds=0.2, expires_after=0.3)
    time.sleep(seconds(short=1, long=180))
    assert academy.sink.number == 0
    if not IS_LONG:
        academy.broker.empty()  # the lease of the dead beat, which ends by itself in 15 seconds
    with academy.running("beat"):
        assert wait_until(lambda: academy.count("sent") >= READERS, seconds=30)
        assert wait_until(lambda: academy.count("suppressed", cause="missed") == 3, seconds=30)
    record(
        "beat killed before reminders are due, started again later", messages=READERS + 3,
        lost=READERS - academy.count("sent"), doubled=len(academy.sink.doubled),
        late=academy.late(), note=f"{len(too_late)} were too late by then: listed as missed",
    )  # fmt: skip
    assert academy.sink.number == READERS


def test_two_beats_at_once_remind_each_reader_once(academy: Post) -> None:
    live_session_with_readers(READERS, now() + 30 * MINUTES)
    academy.stand_by()
    with academy.running("beat"), academy.running("beat"):
        assert academy.look_until(lambda: academy.sink.number >= READERS)
        time.sleep(seconds(short=1, long=130))
    record(
        "two beats at once", messages=READERS, lost=READERS - academy.count("sent"),
        doubled=len(academy.sink.doubled), late=0,
    )  # fmt: skip
    assert academy.sink.number == academy.count("sent") == READERS


def test_the_same_tick_fifty_times_at_once_reminds_each_reader_once(academy: Post) -> None:
    live_session_with_readers(READERS, now() + 30 * MINUTES)
    academy.stand_by()
    for _round in range(3):
        academy.look(50, job="reminder.plan")
        academy.look(50)
    assert academy.wait_for_all(READERS)
    time.sleep(1)
    record(
        "the same tick 50 times at once", runs=3, messages=READERS,
        lost=READERS - academy.count("sent"), doubled=len(academy.sink.doubled),
    )  # fmt: skip
    assert academy.sink.number == READERS
    # One before the start and one after it, each planned once.
    assert academy.count("planned") == READERS
