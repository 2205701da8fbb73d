"""What groups hold of a person: what they facilitate, what they wrote, what was written to them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from academy.db import session
from academy.learning.groups.models import CourseLetter, Facilitator, read_occasion
from academy.learning.models import Course
from academy.messaging.kinds import LETTER
from academy.messaging.models import Message
from academy.programme.models import Series


def is_facilitator(person_ids: Collection[int]) -> Select[int]:
    """Return who of these facilitates a series."""
    return select(Facilitator.person_id).where(
        Facilitator.person_id.in_(person_ids), Facilitator.removed_at.is_(None)
    )


def groups_told(person_id: int) -> dict[str, Any]:
    """Return what somebody facilitates and wrote; what was written to them stands in messages."""
    named = session.execute(
        select(Series.slug, Facilitator.named_at)
        .join(Series, Series.id == Facilitator.series_id)
        .where(Facilitator.person_id == person_id, Facilitator.removed_at.is_(None))
    )
    written = session.execute(
        select(Course.slug, CourseLetter)
        .join(Course, Course.id == CourseLetter.course_id)
        .where(CourseLetter.author_id == person_id)
        .order_by(CourseLetter.id)
    )
    return {
        "facilitates": [{"series": slug, "since": at.isoformat()} for slug, at in named],
        "letters_to_learners": [
            {
                "course": slug, "subject": one.subject, "text": one.text,
                "sent_at": one.sent_at.isoformat(),
            }
            for slug, one in written
        ],
    }  # fmt: skip


def let_groups_go(person_id: int) -> None:
    """Forget it; a letter to nobody else goes as well, for it may speak of them."""
    session.execute(delete(Facilitator).where(Facilitator.person_id == person_id))
    mine = update(CourseLetter).where(CourseLetter.author_id == person_id)
    session.execute(mine.values(author_id=None))
    got = select(Message.occasion).where(Message.person_id == person_id, Message.kind == LETTER)
    alone = (
        select(Message.occasion)
        .where(Message.occasion.in_(got), Message.kind == LETTER)
        .group_by(Message.occasion)
        .having(func.count() == 1)
    )
    numbers = [read_occasion(occasion) for occasion in session.scalars(alone)]
    session.execute(delete(CourseLetter).where(CourseLetter.id.in_(numbers)))
