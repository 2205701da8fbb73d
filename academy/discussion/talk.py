"""What people say of a lesson: its threads, those of its sections, and how many posts they hold."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select

from academy.db import session
from academy.discussion.models import Thread
from academy.discussion.policy import is_known_to, standing_of, visible_threads
from academy.discussion.queries import MOST_ABOUT
from academy.learning.spots import SECTION
from academy.people.models import Person

#: So many threads of a lesson are read, however often it changed its sections.
MOST_READ = 60


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said of a lesson, as its page shows it."""

    #: The newest threads.
    threads: Sequence[Thread] = ()
    #: Threads of sections and questions that the lesson has no longer.
    earlier: Sequence[Thread] = ()
    #: Posts by field.
    posts: Mapping[str, int] = field(default_factory=dict)
    #: {"section.values": "Our values"}
    words: Mapping[str, str] = field(default_factory=dict)


def _chosen(person: Person | None) -> Select[Any]:
    """Return the newest threads of a lesson, and the newest of each of its fields."""
    newest = Thread.last_post_at.desc()
    known = (
        select(
            Thread.id,
            func.sum(Thread.visible_posts).over(partition_by=Thread.field).label("posts"),
            func.row_number().over(order_by=newest).label("place"),
            func.row_number().over(partition_by=Thread.field, order_by=newest).label("of_field"),
        )
        .where(
            Thread.subject_kind == "lesson", Thread.subject_id == bindparam("lesson_id"),
            Thread.merged_into.is_(None), Thread.audience == "",
            is_known_to(person, bindparam("person_id", type_=Integer)),
        )
        .subquery()
    )  # fmt: skip
    return (
        select(Thread, known.c.posts, known.c.place)
        .join(known, known.c.id == Thread.id)
        .where(or_(known.c.place <= MOST_ABOUT, known.c.of_field == 1))
        .order_by(known.c.place)
        .limit(MOST_READ)
    )


#: Made once for strangers, for members and for moderators: making it costs as much as running it.
_made: dict[Hashable, Select[Any]] = {}


def read_talk(
    lesson_id: int, parts: Sequence[Mapping[str, Any]], person: Person | None
) -> Talk:  # fmt: skip
    """Return what is said of a lesson that has these parts; one statement."""
    standing = standing_of(person)
    if standing not in _made:
        _made[standing] = _chosen(person)
    values = {"lesson_id": lesson_id, "person_id": person.id if person else 0}
    rows = session.execute(_made[standing], values).all()
    words = _words_of(parts)
    known = {"", *words}
    return Talk(
        [thread for thread, _posts, place in rows if place <= MOST_ABOUT and thread.field in known],
        [thread for thread, _posts, _place in rows if thread.field not in known],
        {thread.field: int(posts) for thread, posts, _place in rows},
        words,
    )


def _words_of(parts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    words = {f"{SECTION}{one['section']}": one["heading"] for one in parts if "section" in one}
    return words | {one["options"]["key"]: "" for one in parts if one["name"] == "discuss"}


def find_thread_of(lesson_id: int, spot: str, person: Person | None) -> Thread | None:
    """Return the thread of a section or a question: one that is open, else the first one."""
    chosen = visible_threads(person).where(
        Thread.subject_kind == "lesson", Thread.subject_id == lesson_id, Thread.field == spot,
        Thread.merged_into.is_(None),
    )  # fmt: skip
    return session.scalars(chosen.order_by(Thread.state != "open", Thread.id).limit(1)).first()
