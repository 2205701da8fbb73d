"""What Redis shows of queues, workers and beats, asked for in one go and within a second."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from academy.lib import signs
from academy.lib.broker import open_broker
from academy.queues import QUEUES

#: What waits for so long was not taken by anybody who works.
STALLED = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class QueueSight:
    """One queue: what waits, since when the oldest does, and what workers hold."""

    name: str
    waiting: int
    in_hand: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProcessSight:
    """A worker or a beat, as it said of itself; a beat has a role, a worker a queue and slots."""

    name: str
    seen_at: datetime
    queue: str = ""
    slots: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """All of it at one moment."""

    at: datetime
    queues: Sequence[QueueSight] = ()
    workers: Sequence[ProcessSight] = ()
    beats: Sequence[ProcessSight] = ()
    #: task → when a beat asked for it last.
    asked: Mapping[str, datetime] = field(default_factory=dict)

    def is_alive(self, process: ProcessSight) -> bool:
        """Whether it said so within the last minute."""
        return self.at - process.seen_at < signs.ALIVE

    @property
    def idle(self) -> list[str]:
        """Queues that no living worker serves."""
        served = {each.queue for each in self.workers if self.is_alive(each)}
        return [name for name in QUEUES if name not in served]

    @property
    def has_beat(self) -> bool:
        """Whether a living beat asks for what the timetable says."""
        return any(self.is_alive(each) for each in self.beats)

    def is_stalled(self, queue: QueueSight) -> bool:
        """Whether something waits there for too long."""
        return queue.oldest_at is not None and self.at - queue.oldest_at > STALLED

    def workers_of(self, queue: QueueSight) -> int:
        """Return how many living workers serve it."""
        return sum(self.is_alive(each) and each.queue == queue.name for each in self.workers)


def look(redis_url: str) -> Sight:
    """Return what Redis shows now; raises redis.RedisError where it does not answer."""
    with open_broker(redis_url) as broker, broker.pipeline(transaction=False) as questions:
        for name in QUEUES:
            questions.llen(name)
            questions.lindex(name, -1)
            questions.hlen(f"academy:{name}:in-hand")
        for key in (signs.WORKERS, signs.BEATS, signs.ASKED):
            questions.hgetall(key)
        answers = questions.execute()
    *queues, workers, beats, asked = answers
    facts = zip(QUEUES, queues[::3], queues[1::3], queues[2::3], strict=True)
    return Sight(
        datetime.now(UTC),
        [QueueSight(name, long, held, _asked_at(last)) for name, long, last, held in facts],
        _processes(workers),
        _processes(beats),
        {task.decode(): datetime.fromisoformat(at.decode()) for task, at in asked.items()},
    )


def _asked_at(message: bytes | None) -> datetime | None:
    """Return when the oldest message was sent; None for one that is not ours."""
    try:
        return datetime.fromisoformat(json.loads(message or b"")["headers"]["asked_at"])
    except (ValueError, KeyError, TypeError):
        return None


def _processes(said: Mapping[bytes, bytes]) -> list[ProcessSight]:
    """Return who spoke; what only another release says of itself is left out."""
    found = []
    for name, words in said.items():
        facts: dict[str, Any] = json.loads(words)
        found.append(ProcessSight(
            name.decode(), datetime.fromisoformat(facts["seen_at"]), facts.get("queue", ""),
            facts.get("slots", 0), facts.get("role", ""),
        ))  # fmt: skip
    return sorted(found, key=lambda each: (each.queue, each.name))
