"""Lets some of the invented people learn: lessons read, quizzes tried, a course completed."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from academy.db import now, session
from academy.learning.models import Attempt, Course, Lesson, QuizQuestion, Study
from academy.learning.questions import Choice, Matching, Number, Ordering, Question, ShortText
from academy.learning.service import begin_attempt, hand_in, mark_read, read_question
from academy.people.models import Person
from academy.site.demo.facts import SEED

COURSE = "principles"
#: So many of its seven lessons somebody reads, one after the other.
HOW_FAR = (1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 7, 7)
#: The learner whom a visitor can be has read so many: the next step is a lesson.
READ_BY_LEARNER = 2
SHARE_RIGHT, SHARE_WHO_TRY, LONGEST_AGO = 0.82, 0.85, 45


def load_studies(learner: Person, others: Sequence[Person]) -> None:
    """Let them study, unless somebody has already; without the course there is nothing to study."""
    lessons = session.scalars(
        select(Lesson).join(Course).where(Course.slug == COURSE, Lesson.position > 0)
        .order_by(Lesson.position)
    ).all()  # fmt: skip
    if not lessons or session.scalar(select(func.count()).select_from(Study)):
        return
    rng = random.Random(f"{SEED}: studies")
    _study(rng, learner, lessons[:READ_BY_LEARNER], days_ago=1)
    for person in others:
        far = rng.choice(HOW_FAR)
        _study(rng, person, lessons[:far], days_ago=rng.randrange(1, LONGEST_AGO))


def _study(rng: random.Random, person: Person, lessons: Sequence[Lesson], days_ago: int) -> None:
    for lesson in lessons:
        if rng.random() < SHARE_WHO_TRY:
            _answer(rng, lesson, person)
        mark_read(lesson, person)
    _date(person, days_ago)


def _answer(rng: random.Random, lesson: Lesson, person: Person) -> None:
    """Try the quiz of a lesson, if it has one."""
    asked = session.scalars(select(QuizQuestion).where(QuizQuestion.lesson_id == lesson.id)).all()
    if not asked:
        return
    questions = [read_question(next(iter(row.words.values()))) for row in asked]
    given = {question.key: _give(rng, question) for question in questions}
    hand_in(begin_attempt(lesson, person), person, given, "en")


def _give(rng: random.Random, question: Question) -> list[str]:
    """Return an answer, a right one most of the time."""
    right = rng.random() < SHARE_RIGHT
    if isinstance(question, Choice):
        return [option.key for option in question.options if option.right == right][:3]
    if isinstance(question, Ordering):
        return [item.key for item in (question.items if right else reversed(question.items))]
    if isinstance(question, Matching):
        return [pair.key for pair in (question.pairs if right else reversed(question.pairs))]
    if isinstance(question, Number):
        return [str(question.value if right else question.value * 2 + 1)]
    return [question.accepted[0]] if right and isinstance(question, ShortText) else []


def _date(person: Person, days_ago: int) -> None:
    """Let it be some days ago, so that some have been away for long."""
    at = now() - timedelta(days=days_ago)
    session.flush()
    session.execute(
        update(Study).where(Study.person_id == person.id).values(opened_at=at, seen_at=at)
    )
    handed = update(Attempt).where(Attempt.person_id == person.id)
    session.execute(handed.values(started_at=at, handed_in_at=at))
