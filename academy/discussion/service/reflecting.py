"""Reflections of quizzes that their authors share: posts like others, in threads that few see."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion.errors import NotYours, Refused
from academy.discussion.models import Post, Reflection, Thread
from academy.discussion.ports import Draft, Verdict, judge
from academy.discussion.service.locking import lock_thread_of
from academy.discussion.service.numbering import take_number
from academy.discussion.service.writing import Words, Written, is_shown_after, put_up, remove_own
from academy.learning.models import Attempt, Lesson
from academy.learning.service.answering import reflections_of
from academy.lib.feeds import only_xml
from academy.people.models import Person

#: The field of threads of reflections: no question and no section of a lesson has such a one.
SHARED, ASKED = "reflections.shared", "reflections.asked"


class NothingToShare(Exception):
    """Nothing was written down there, or it is not handed in."""


def share(
    attempt: Attempt, question_key: str, person: Person, *, audience: str, title: str,
    language: str,
) -> Written | None:  # fmt: skip
    """Show a reflection to the `audience` ("learners", "facilitators") in its author's name.

    Shared before, it stays as it is: None. A lesson has one thread of what is shared, and one for
    each learner who asks facilitators alone; `title` is that of a thread begun for it. Raises
    NothingToShare, ThreadClosed, or Refused with the gate's verdict.
    """
    if attempt.person_id != person.id or question_key not in reflections_of(attempt):
        raise NothingToShare
    body = only_xml("\n\n".join(attempt.answers[question_key]["given"])).strip()
    with transaction() as current:
        # Two who share at once wait here: a lesson has one thread of what is shared.
        current.get_one(Lesson, attempt.lesson_id, with_for_update=True)
        if is_shared(current, attempt.id, question_key):
            return None
        thread = _find_thread(current, attempt.lesson_id, person, audience)
        verdict = judge(Draft(person, body, thread.id if thread else None))
        if verdict.outcome == "refuse":
            raise Refused(verdict)
        if thread is None:
            thread = _begin(attempt.lesson_id, person, audience)
            thread.title, thread.language = title, language
            current.add(thread)
            current.flush()
        words = Words(person, body, language, None, now())
        written = _say(current, thread, verdict, words)
        current.add(Reflection(
            attempt_id=attempt.id, question_key=question_key, lesson_id=attempt.lesson_id,
            post_id=written.id,
        ))  # fmt: skip
        return written


def _say(current: Session, thread: Thread, verdict: Verdict, words: Words) -> Written:
    is_shown = is_shown_after(verdict)
    taken = take_number(current, thread.id, words.author, words.at, is_shown=is_shown)
    return put_up(current, taken, words, verdict)


def is_shared(current: Session, attempt_id: int, question_key: str) -> bool:
    """Whether it is shared now; that it was, and its post was taken away, is forgotten."""
    mine = (Reflection.attempt_id == attempt_id) & (Reflection.question_key == question_key)
    state = current.scalar(
        select(Post.state).join(Reflection, Reflection.post_id == Post.id).where(mine)
    )
    if state == "removed":
        current.execute(delete(Reflection).where(mine))
    return state is not None and state != "removed"


def _find_thread(current: Session, lesson_id: int, person: Person, audience: str) -> Thread | None:
    is_asked = audience == "facilitators"
    found = select(Thread).where(
        Thread.subject_kind == "lesson", Thread.subject_id == lesson_id,
        Thread.field == (ASKED if is_asked else SHARED),
        Thread.started_by == (person.id if is_asked else None),
    )  # fmt: skip
    return current.scalars(found.order_by(Thread.id).limit(1)).first()


def _begin(lesson_id: int, person: Person, audience: str) -> Thread:
    is_asked = audience == "facilitators"
    return Thread(
        subject_kind="lesson", subject_id=lesson_id, field=ASKED if is_asked else SHARED,
        started_by=person.id if is_asked else None, audience=audience,
    )  # fmt: skip


def take_reflection_back(attempt: Attempt, question_key: str, person: Person) -> None:
    """Take the post of a reflection away for good; what others answered stays.

    Raises NotYours where it is not shared, or its thread is closed.
    """
    with transaction() as current:
        mine = (Reflection.attempt_id == attempt.id) & (Reflection.question_key == question_key)
        shared = select(Post).join(Reflection, Reflection.post_id == Post.id).where(mine)
        post = current.scalars(shared).one_or_none()
        if post is None or attempt.person_id != person.id:
            raise NotYours
        lock_thread_of(current, post)
        if post.state != "removed":
            remove_own(post, person)
        current.execute(delete(Reflection).where(mine))
