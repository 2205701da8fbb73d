"""Recomputing a series: what the ladder says and who came, from evidence alone."""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import select

from academy.attendance.recomputing.attendance import compute_attendances
from academy.attendance.recomputing.side_by_side import can_be_halved, side_by_side
from academy.attendance.rules.rules import Rules
from academy.attendance.service.matching import Ground, match_identities, read_ground
from academy.attendance.service.presence import read_rules
from academy.attendance.service.recomputes import Changes
from academy.db import session, transaction
from academy.programme.models import LiveSession
from academy.programme.service import lock_series

#: So many live sessions are recomputed under one lock: nobody registers or imports meanwhile.
PORTION = 20

#: Told how many live sessions are done, of how many.
Progress = Callable[[int, int], object]


def recompute_series(
    series_id: int,
    progress: Progress = lambda _done, _total: None,
    *,
    with_ladder: bool = True,
) -> Changes:
    """Make matches and attendance of all live sessions what the evidence says; return what changed.

    Each portion, or half of one, is a transaction of its own, and whole by itself: stopped in the
    middle and begun again, or run by two at once, it gives the same rows. Without the ladder the
    matches that stand are taken as they are.
    """
    ids = session.scalars(
        select(LiveSession.id).where(LiveSession.series_id == series_id).order_by(LiveSession.id)
    ).all()
    changes = Changes()
    progress(0, len(ids))
    for first in range(0, len(ids), PORTION):
        changes += _recompute(series_id, ids[first : first + PORTION], with_ladder=with_ladder)
        progress(min(first + PORTION, len(ids)), len(ids))
    return changes


def _recompute(series_id: int, ids: Sequence[int], *, with_ladder: bool) -> Changes:
    is_halved = len(ids) > 1 and can_be_halved()
    with transaction():
        lock_series(series_id)
        ground = read_ground(series_id) if with_ladder else None
        work = partial(_recompute_some, rules=read_rules(series_id), ground=ground)
        return side_by_side(work, ids) if is_halved else work(ids)


def _recompute_some(ids: Sequence[int], *, rules: Rules, ground: Ground | None) -> Changes:
    statement = select(LiveSession).where(LiveSession.id.in_(ids)).order_by(LiveSession.id)
    fresh = statement.execution_options(populate_existing=True)
    live_sessions = session.scalars(fresh).all()
    if ground is not None:
        for live_session in live_sessions:
            match_identities(live_session, ground)
    return compute_attendances(live_sessions, rules)
