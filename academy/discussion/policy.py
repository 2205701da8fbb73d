"""Who may see and change threads and posts; what is hidden is hidden everywhere."""

from collections.abc import Hashable

from sqlalchemy import BindParameter, ColumnElement, Select, or_, select, true

from academy.discussion.lines import PostLine
from academy.discussion.models import Post, Thread
from academy.learning.groups.policy import named_lessons
from academy.learning.policy import GUIDES, has_reflected
from academy.people.models import Person

#: Roles that curate discussions.
MODERATORS = ("moderator", "administrator")


def can_moderate(person: Person | None) -> bool:
    """Whether the person sees what is held or hidden, and decides about it."""
    return person is not None and person.has_role(*MODERATORS)


def visible_threads(person: Person | None) -> Select[Thread]:
    """Return the threads that `person` (None: not signed in) may know of."""
    return select(Thread).where(is_known_to(person, person.id if person else 0))


def is_known_to(person: Person | None, person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition on Thread for those that somebody may know of, whose id is `person_id`.

    A thread whose first post was never shown is known to who began it and to moderators; one with
    an audience is known to that.
    """
    if can_moderate(person):
        return true()
    shown = (Thread.audience == "") & (Thread.visible_posts > 0)
    if person is None:
        return (Thread.state != "hidden") & shown
    own = Thread.started_by == person_id
    known = or_(shown, own, is_of_facilitators(person, person_id), _is_of_learners(person_id))
    return (Thread.state != "hidden") & known


def standing_of(person: Person | None) -> Hashable:
    """Return on what the condition above depends, but for the id: it is made once for each."""
    if person is None or can_moderate(person):
        return person is not None
    return (person.has_role(*GUIDES), person.focal_countries)


def _is_of_learners(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    return (Thread.audience == "learners") & has_reflected(person_id, Thread.subject_id)


def is_of_facilitators(
    person: Person, person_id: int | BindParameter[int]
) -> ColumnElement[bool]:  # fmt: skip
    """Return the condition on Thread for those that somebody sees as a facilitator.

    Who was named for a series sees those of its courses; a focal point sees what learners share
    with one another, and what those of its countries ask.
    """
    if person.has_role(*GUIDES):
        return Thread.audience != ""
    named = Thread.subject_id.in_(named_lessons(person_id))
    if not person.focal_countries:
        return (Thread.audience != "") & named
    near = Thread.started_by.in_(
        select(Person.id).where(Person.country.in_(person.focal_countries))
    )
    return (Thread.audience == "learners") | ((Thread.audience == "facilitators") & (near | named))


def may_read_post(person: Person | None) -> ColumnElement[bool]:
    """Return the condition on Post for those whose words `person` may read."""
    if can_moderate(person):
        return true()
    shown = Post.state == "visible"
    if person is None:
        return shown
    return or_(shown, (Post.state == "held") & (Post.author_id == person.id))


def can_write(person: Person | None, thread: Thread) -> bool:
    """Whether the page offers the person to answer; the gate may still hold or refuse it."""
    return person is not None and (may_be_answered(thread) or can_moderate(person))


def may_be_answered(thread: Thread) -> bool:
    """Whether the page offers it to everybody who is signed in."""
    return thread.state == "open"


def can_edit(person: Person | None, post: Post | PostLine, thread: Thread) -> bool:
    """Whether the person may change the words of the post."""
    own = person is not None and post.author_id == person.id
    return own and post.state in {"visible", "held"} and can_write(person, thread)


def can_accept(person: Person | None, thread: Thread) -> bool:
    """Whether the person may mark the answer: who asked, and moderators."""
    asked = person is not None and thread.started_by == person.id
    return can_write(person, thread) and (asked or can_moderate(person))
