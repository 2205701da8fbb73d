"""What letters to learners keep of the people of a series, and how they forget them."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from academy.db import session
from academy.learning.groups.models import CourseLetter, occasion_of
from academy.learning.models import Course
from academy.messaging.holding import forget_messages
from academy.messaging.kinds import LETTER
from academy.messaging.models import Message
from academy.programme.models import Series
from academy.programme.ports import Keeper


def _occasions(series_id: int) -> set[str]:
    numbers = session.scalars(
        select(CourseLetter.id)
        .join(Course, Course.id == CourseLetter.course_id)
        .join(Series, Series.slug == Course.plan["series"].as_string())
        .where(Series.id == series_id)
    )
    return {occasion_of(number) for number in numbers}


def _of(series_id: int) -> ColumnElement[bool]:
    return (Message.kind == LETTER) & Message.occasion.in_(_occasions(series_id))


def _people(series_id: int) -> set[int]:
    return set(session.scalars(select(Message.person_id).where(_of(series_id))))


def _count(series_id: int) -> dict[str, int]:
    counted = session.scalar(select(func.count(Message.id)).where(_of(series_id)))
    return {"letters_to_learners": counted or 0}


def _forget(series_id: int) -> None:
    """Delete every message, and the letters themselves: they may speak of somebody."""
    occasions = _occasions(series_id)
    forget_messages(_people(series_id), occasions.__contains__)
    for letter in session.scalars(select(CourseLetter)).all():
        if letter.occasion in occasions:
            session.delete(letter)


def _drop_files(_at: datetime) -> int:
    return 0


KEEPER = Keeper(_people, _count, _forget, _drop_files)
