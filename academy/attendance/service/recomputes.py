"""Recomputations as rows: asked for by a human, taken by one worker, retaken from a dead one.

The computing itself is in academy/attendance/recomputing, which only workers and commands import.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from academy.attendance.models import Recompute
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce, ask_for
from academy.programme.models import Series
from academy.security import audit

#: A worker reports after each portion, which takes seconds. One not heard of for so long is dead.
ABANDONED = timedelta(minutes=2)
_OPEN = ("waiting", "working")


class FiguresAreFrozen(Exception):
    """People of the series were made anonymous: its evidence is gone, its figures stay."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows a recomputation wrote, and how many it found right."""

    evidence: int = 0
    kept: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        """Return both together."""
        return Changes(
            self.evidence + other.evidence, self.kept + other.kept, self.added + other.added,
            self.changed + other.changed, self.removed + other.removed,
        )  # fmt: skip


def refuse_frozen(series: Series) -> None:
    """Raise FiguresAreFrozen where nothing can be computed any more."""
    if series.anonymised_at is not None:
        raise FiguresAreFrozen


def begin_recompute(series: Series, actor_id: int | None) -> Recompute:
    """Ask a worker to compute the series anew; return the one that is open already, if any."""
    refuse_frozen(series)
    statement = select(Recompute).where(
        Recompute.series_id == series.id, Recompute.state.in_(_OPEN)
    )
    with transaction():
        if (standing := session.scalars(statement.limit(1)).first()) is not None:
            return standing
        job = Recompute(series_id=series.id, created_by=actor_id)
        session.add(job)
        session.flush()
        audit.note("attendance.recompute_asked", f"series:{series.slug}", actor_id=actor_id)
        ask_for("recompute.run", job.id)
    return job


def open_recomputes() -> list[int]:
    """Return the ids of recomputations that no worker has taken, or none that is alive."""
    return list(session.scalars(select(Recompute.id).where(_is_free()).order_by(Recompute.id)))


def claim_recompute(recompute_id: int) -> bool:
    """Take the recomputation; only one worker can."""
    statement = update(Recompute).where(Recompute.id == recompute_id, _is_free())
    with transaction() as current:
        taken = current.execute(statement.values(state="working", heard_of_at=now()))
        return bool(taken.rowcount)  # type: ignore[attr-defined]


def _is_free() -> Any:
    abandoned = (Recompute.state == "working") & (Recompute.heard_of_at < now() - ABANDONED)
    return or_(Recompute.state == "waiting", abandoned)


def tell_progress(recompute_id: int, done: int, total: int) -> None:
    """Say how many live sessions are done, on the page and to the sweep."""
    _tell(recompute_id, done=done, total=total, heard_of_at=now())


def finish_recompute(recompute_id: int, changes: Changes, digest: str) -> None:
    """Say what it did."""
    report = {**asdict(changes), "digest": digest}
    _tell(recompute_id, state="done", report=report, finished_at=now())


def fail_recompute(recompute_id: int) -> None:
    """Say that it did not come to its end; what it wrote so far is right."""
    _tell(recompute_id, state="failed", finished_at=now())


def _tell(recompute_id: int, **values: Any) -> None:
    # One that another worker finished meanwhile stays finished.
    statement = update(Recompute).where(Recompute.id == recompute_id, Recompute.state == "working")
    with transaction() as current:
        current.execute(statement.values(**values))
        announce("job.changed", DESK, id=f"recompute:{recompute_id}")
