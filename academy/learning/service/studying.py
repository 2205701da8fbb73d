"""How far a learner is: opened, read, noted, completed."""

from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.learning.completing import is_complete
from academy.learning.models import Course, CourseCompletion, Lesson, Study
from academy.learning.queries import read_standing
from academy.learning.record import CoursePlan
from academy.people.models import Person

#: Characters of one's own note.
LONGEST_NOTE = 10_000


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


def write_note(lesson: Lesson, person: Person, words: str) -> None:
    """Keep one's own words beside a lesson; nobody else sees them."""
    with transaction() as session:
        study_of(session, lesson.id, person.id).note = words[:LONGEST_NOTE]


def study_of(session: Session, lesson_id: int, person_id: int) -> Study:
    """Return the row of a person and a lesson, made where there is none."""
    study = session.get(Study, (person_id, lesson_id))
    if study is None:
        study = Study(person_id=person_id, lesson_id=lesson_id, note="")
        session.add(study)
    return study


def complete(session: Session, course_id: int, person: Person) -> bool:
    """Write down that the course is completed, once, with what shows it; whether it is new."""
    if session.get(CourseCompletion, (person.id, course_id)):
        return False
    course = session.get_one(Course, course_id)
    standing = read_standing(course, person)
    if not is_complete(CoursePlan.model_validate(course.plan).completion, standing):
        return False
    evidence = {"version": course.version} | standing.as_json()
    session.add(CourseCompletion(person_id=person.id, course_id=course_id, evidence=evidence))
    return True
