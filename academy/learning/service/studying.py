"""How far a learner is: opened, read, noted, completed."""

import hashlib

from sqlalchemy.orm import Session

from academy.db import now, table_of, transaction
from academy.learning.completions import insert_once, write_down
from academy.learning.models import Course, CourseCompletion, Lesson, Study
from academy.learning.queries import read_standing
from academy.people.models import Person

#: Characters of one's own note.
LONGEST_NOTE = 10_000
_STUDIES = table_of(Study)


class NoteTooLong(Exception):
    """What two devices wrote does not fit into one note; nothing was written."""


def note_opened(lesson: Lesson, person: Person) -> None:
    """Remember that the person has the lesson open: here one resumes, on any device."""
    with transaction() as session:
        study_of(session, lesson.id, person.id).seen_at = now()


def mark_read(lesson: Lesson, person: Person) -> bool:
    """Note that the person has read the lesson; whether that completed the course."""
    with transaction() as session:
        study = study_of(session, lesson.id, person.id)
        study.read_at = study.read_at or now()
        study.seen_at = now()
        session.flush()
        return complete(session, lesson.course_id, person)


def write_note(lesson: Lesson, person: Person, words: str, known: str) -> bool:
    """Keep one's own words beside a lesson; nobody else sees them.

    `known` is the mark of the note that they were written over (`mark_of`). Where another device
    wrote meanwhile, both stay, one below the other: whether that was so. Raises NoteTooLong.
    """
    with transaction() as session:
        study = study_of(session, lesson.id, person.id)
        study.seen_at = now()
        before = study.note
        has_changed = known != mark_of(before) and before != words
        study.note = _both(before, words) if has_changed else words
        if len(study.note) > LONGEST_NOTE:
            raise NoteTooLong
        return has_changed


def mark_of(note: str) -> str:
    """Return a short mark of a note, by which a page knows whether it is still the same."""
    return hashlib.sha256(note.encode()).hexdigest()[:16]


def _both(before: str, words: str) -> str:
    if before in words:
        return words
    return before if words in before else f"{before}\n\n{words}"


def study_of(session: Session, lesson_id: int, person_id: int) -> Study:
    """Return the row of a person and a lesson, made where there is none, and hold it.

    Two devices may ask at once: the second waits, and finds what the first one wrote.
    """
    at = now()
    row = {
        "person_id": person_id, "lesson_id": lesson_id, "note": "", "opened_at": at, "seen_at": at,
    }  # fmt: skip
    session.execute(insert_once(session, _STUDIES, row))
    return session.get_one(
        Study, (person_id, lesson_id), with_for_update=True, populate_existing=True
    )


def complete(session: Session, course_id: int, person: Person) -> bool:
    """Write down that the course is completed, once, with what shows it; whether it is new."""
    if session.get(CourseCompletion, (person.id, course_id)):
        return False
    course = session.get_one(Course, course_id)
    if course.status != "published":
        return False
    return write_down(session, course, person.id, read_standing(course, person))
