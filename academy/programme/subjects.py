"""The live sessions by which the outbox of messages can be narrowed."""

from collections.abc import Sequence

from sqlalchemy import select

from academy.db import session
from academy.programme.models import LiveSession

MOST = 100


def newest_live_sessions() -> Sequence[tuple[int, str]]:
    """Return number and title of the live sessions, the latest first; one statement."""
    statement = (
        select(LiveSession.id, LiveSession.title, LiveSession.slug)
        .where(LiveSession.status != "draft")
        .order_by(LiveSession.starts_at.desc(), LiveSession.id)
        .limit(MOST)
    )
    return [(number, f"{title} ({slug})") for number, title, slug in session.execute(statement)]
