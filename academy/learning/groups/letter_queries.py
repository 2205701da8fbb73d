"""Reads of letters to learners: those of a course, and how far one of them has come."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.learning.groups.models import CourseLetter, occasion_of
from academy.learning.groups.policy import visible_letters
from academy.learning.groups.statements import Group
from academy.messaging.kinds import LETTER
from academy.messaging.models import Message
from academy.people.models import Person

PAGE = 30
#: So many people are named on the page of a letter.
MOST_NAMES = 200


def list_letters(group: Group, page: int) -> tuple[Sequence[CourseLetter], bool]:
    """Return a page of the letters that the reader may see, and whether more follow."""
    mine = (
        visible_letters(group.viewer)
        .where(CourseLetter.course_id == group.course.id)
        .options(joinedload(CourseLetter.author))
        .order_by(CourseLetter.id.desc())
    )
    found = session.scalars(mine.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    return found[:PAGE], len(found) > PAGE


def find_letter(group: Group, letter_id: int) -> CourseLetter | None:
    """Return one letter that the reader may see; one statement."""
    one = visible_letters(group.viewer).where(
        CourseLetter.id == letter_id, CourseLetter.course_id == group.course.id
    )
    return session.scalars(one.options(joinedload(CourseLetter.author))).one_or_none()


def count_states(letters: Sequence[CourseLetter]) -> Mapping[int, Mapping[str, int]]:
    """Return how many messages of each letter are in which state; one statement."""
    by_occasion = {occasion_of(one.id): one.id for one in letters}
    counted = (
        select(Message.occasion, Message.state, func.count())
        .where(Message.occasion.in_(by_occasion), Message.kind == LETTER)
        .group_by(Message.occasion, Message.state)
    )
    found: dict[int, dict[str, int]] = {one.id: {} for one in letters}
    for occasion, state, people in session.execute(counted):
        found[by_occasion[occasion]][state] = people
    return found


def list_readers(letter: CourseLetter) -> Sequence[Row[str, Message]]:
    """Return to whom it goes and how far it is, by name; one statement."""
    theirs = (
        select(Person.name, Message)
        .join(Message, Message.person_id == Person.id)
        .where(Message.occasion == letter.occasion, Message.kind == LETTER)
        .order_by(Person.name, Person.id)
    )
    return session.execute(theirs.limit(MOST_NAMES)).all()
