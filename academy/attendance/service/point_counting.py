"""Counting the people of listening points as what their hosts told beforehand comes true."""

import logging

from sqlalchemy import select

from academy.attendance.models import ListeningPoint
from academy.attendance.service.matching import match_identities
from academy.attendance.service.point_evidence import plan_counting
from academy.attendance.service.presence import compute_attendance
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.programme.models import LiveSession, Series
from academy.programme.service import lock_series

log = logging.getLogger(__name__)


def sweep_points() -> None:
    """Count anew wherever a stay that was told beforehand has begun, or has ended, since.

    Twice changes nothing; late, it counts what an hour ago would have been counted.
    """
    due = (
        select(ListeningPoint.live_session_id)
        .join(LiveSession, LiveSession.id == ListeningPoint.live_session_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(
            ListeningPoint.counts_next_at <= now(),
            ListeningPoint.withdrawn_at.is_(None),
            Series.anonymised_at.is_(None),
        )
        .distinct()
        .order_by(ListeningPoint.live_session_id)
    )
    for live_session_id in session.scalars(due).all():
        try:
            _count(live_session_id)
        except Exception:
            # It stays due; the others behind it must not wait for that.
            log.exception("could not count the listening points of %s", live_session_id)
            session.rollback()


def _count(live_session_id: int) -> None:
    with transaction():
        live_session = session.get_one(LiveSession, live_session_id)
        lock_series(live_session.series_id)
        session.refresh(live_session)
        points = (
            select(ListeningPoint)
            .where(ListeningPoint.live_session_id == live_session_id)
            .execution_options(populate_existing=True)
        )
        # Planned before it is counted: what begins in between is still due then.
        for point in session.scalars(points).all():
            plan_counting(point, live_session)
        session.flush()
        match_identities(live_session)
        compute_attendance(live_session)
        announce("job.changed", DESK, id=f"review:{live_session_id}")
