"""Stopping an announcement under way: what has not left stays, and can go on later."""

from sqlalchemy import ColumnElement, and_, or_, select, update

from academy.db import now, session, transaction
from academy.lib import jobs
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.models import Message
from academy.reminders.announcements.following import tell
from academy.reminders.announcements.gate import STOPPED
from academy.reminders.announcements.models import Announcement
from academy.security import audit


class NothingToDo(Exception):
    """It is stopped already, or goes on already, or there is nothing left of it."""


def stop(number: int, actor_id: int) -> int:
    """Let nothing more of it leave; return how many will not get it. Raises NothingToDo.

    What a worker has claimed is stopped, too, up to the moment at which it is handed over.
    """
    waits = or_(
        Message.state.in_(("planned", "failed")),
        and_(Message.state == "claimed", Message.handed_over_at.is_(None)),
    )
    with transaction() as current:
        announcement = _lock(number, "confirmed")
        announcement.state, announcement.stopped_at = "stopped", now()
        stopped = current.execute(
            update(Message)
            .where(_of(announcement), waits)
            .values(state="suppressed", cause="stopped", reason=STOPPED)
        )
        people: int = stopped.rowcount  # type: ignore[attr-defined]
        if not people:
            raise NothingToDo
        audit.note(
            "announcement.stopped", f"announcement:{number}", actor_id=actor_id, people=people
        )
        tell(number)
    return people


def go_on(number: int, actor_id: int) -> int:
    """Let what was stopped leave after all; return how many. Raises NothingToDo.

    Each at its own hour, or at once where that has passed, but in nobody's night. Whether there
    is something to tell is asked again as each leaves.
    """
    with transaction() as current:
        announcement = _lock(number, "stopped")
        announcement.state, announcement.stopped_at = "confirmed", None
        going = current.execute(
            update(Message)
            .where(_of(announcement), Message.state == "suppressed", Message.reason == STOPPED)
            .values(state="planned", cause="", reason="", attempts=0)
        )
        people: int = going.rowcount  # type: ignore[attr-defined]
        audit.note(
            "announcement.resumed", f"announcement:{number}", actor_id=actor_id, people=people
        )
        tell(number)
        jobs.ask_soon("message.sweep")
    return people


def _lock(number: int, state: str) -> Announcement:
    statement = select(Announcement).where(Announcement.id == number)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    announcement = session.scalars(locked).one()
    if announcement.state != state:
        raise NothingToDo
    return announcement


def _of(announcement: Announcement) -> ColumnElement[bool]:
    return and_(Message.occasion == announcement.occasion, Message.kind == ANNOUNCEMENT)
