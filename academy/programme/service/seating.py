"""Places for many registrations at once, as imports bring them: same rules, few statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update

from academy.db import session
from academy.programme.models import LiveSession, Place

_ROWS = 5_000


class Newcomer(NamedTuple):
    """A registration that has no place yet, and when it was made."""

    registered_at: datetime
    registration_id: int


def seat_newcomers(series_id: int, newcomers: Sequence[Newcomer]) -> None:
    """Give each registration a place or a number in the queue of each live session.

    As with `register`, that is every live session that had not ended when the person registered;
    who registered first comes first. The series is locked already, and none of them has a place.
    """
    in_line = sorted(newcomers)
    statement = (
        select(LiveSession)
        .where(LiveSession.series_id == series_id, LiveSession.status != "cancelled")
        .order_by(LiveSession.id)
        .execution_options(populate_existing=True)
    )
    rows: list[dict[str, Any]] = []
    for live_session in session.scalars(statement).all():
        open_until = live_session.starts_at + timedelta(minutes=live_session.minutes)
        rows += _seats_in(
            live_session, [each for each in in_line if each.registered_at < open_until]
        )
    for start in range(0, len(rows), _ROWS):
        session.execute(insert(Place), rows[start : start + _ROWS])


def _seats_in(live_session: LiveSession, newcomers: list[Newcomer]) -> list[dict[str, Any]]:
    free = len(newcomers)
    if live_session.capacity is not None:
        free = max(min(live_session.capacity - live_session.places_taken, free), 0)
    first_number = live_session.next_in_queue
    _count(live_session.id, free, len(newcomers) - free)
    return [
        {
            "registration_id": newcomer.registration_id,
            "live_session_id": live_session.id,
            "state": "going" if at < free else "waiting",
            "queue_number": None if at < free else first_number + at - free,
        }
        for at, newcomer in enumerate(newcomers)
    ]


def _count(live_session_id: int, going: int, waiting: int) -> None:
    session.execute(
        update(LiveSession)
        .where(LiveSession.id == live_session_id)
        .values(
            places_taken=LiveSession.places_taken + going,
            next_in_queue=LiveSession.next_in_queue + waiting,
        )
        .execution_options(synchronize_session=False)
    )
