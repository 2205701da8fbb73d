"""What announcements keep of the people of a series, and how they forget them."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from academy.db import session
from academy.messaging.holding import forget_messages
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.models import Message
from academy.programme.ports import Keeper
from academy.reminders.announcements.models import Announcement, occasion_of


def _of(series_id: int) -> ColumnElement[bool]:
    numbers = session.scalars(select(Announcement.id).where(Announcement.series_id == series_id))
    occasions = [occasion_of(number) for number in numbers]
    return (Message.kind == ANNOUNCEMENT) & Message.occasion.in_(occasions)


def _people(series_id: int) -> set[int]:
    return set(session.scalars(select(Message.person_id).where(_of(series_id))))


def _count(series_id: int) -> dict[str, int]:
    counted = session.scalar(select(func.count(Message.id)).where(_of(series_id)))
    return {"announcements": counted or 0}


def _forget(series_id: int) -> None:
    """Delete every message; what was written stays, for it was written to nobody in particular."""
    numbers = session.scalars(select(Announcement.id).where(Announcement.series_id == series_id))
    occasions = {occasion_of(number) for number in numbers}
    forget_messages(_people(series_id), occasions.__contains__)


def _drop_files(_at: datetime) -> int:
    return 0


KEEPER = Keeper(_people, _count, _forget, _drop_files)
