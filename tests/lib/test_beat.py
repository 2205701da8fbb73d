"""The clock of beat, where the clock of the machine is set."""

from datetime import UTC, datetime, timedelta

import time_machine
from celery import Celery

from academy.lib.beat import PromptScheduler

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)


class Counting(PromptScheduler):
    """Counts what it would ask for."""

    asked = 0

    def apply_entry(self, *_facts: object, **_more: object) -> None:
        """Ask nobody."""
        self.asked += 1


def _scheduler(redis_url: str) -> Counting:
    app = Celery("clock", broker=redis_url, set_as_current=False)
    app.conf.academy_beat = "clock"
    app.conf.update(
        timezone="UTC",
        beat_schedule={"look": {"task": "look", "schedule": timedelta(minutes=1)}},
    )
    return Counting(app=app)


def test_a_job_is_asked_for_at_once_and_then_every_minute(redis_url: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        scheduler = _scheduler(redis_url)
        scheduler.tick(), scheduler.tick()
        assert scheduler.asked == 1
        clock.shift(5)
        scheduler.tick()
        assert scheduler.asked == 1


def test_a_clock_set_back_does_not_silence_beat_until_it_is_there_again(redis_url: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        scheduler = _scheduler(redis_url)
        scheduler.tick(), scheduler.tick()
        clock.shift(timedelta(hours=-2))
        scheduler.tick()
        assert scheduler.asked == 2


def test_a_clock_set_forth_is_noticed_too(redis_url: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        scheduler = _scheduler(redis_url)
        scheduler.tick(), scheduler.tick()
        clock.shift(timedelta(hours=2))
        scheduler.tick(), scheduler.tick()
        assert scheduler.asked == 2
