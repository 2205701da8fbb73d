"""Quizzes: drawn, handed in once, marked; forged and late answers gain and lose nothing."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from academy.db import now, transaction
from academy.learning.models import Attempt, Lesson, QuizQuestion
from academy.learning.service.quiz_loading import read_question
from academy.learning.service.studying import complete, study_of
from academy.people.models import Person

#: Characters of one answer; a reflection is a page.
LONGEST_ANSWER = 4000
_chance = secrets.SystemRandom()


class NoQuiz(Exception):
    """The lesson asks nothing (any more)."""


def begin_attempt(lesson: Lesson, person: Person) -> Attempt:
    """Draw the questions of a new attempt, or return the one that is still open; raises NoQuiz.

    One whose questions were all taken out meanwhile is left behind.
    """
    with transaction() as session:
        study_of(session, lesson.id, person.id).seen_at = now()
        mine = select(Attempt).where(
            Attempt.lesson_id == lesson.id, Attempt.person_id == person.id,
            Attempt.handed_in_at.is_(None),
        )  # fmt: skip
        open_one = session.scalars(mine.order_by(Attempt.id.desc()).limit(1)).first()
        asked = select(QuizQuestion.key).where(
            QuizQuestion.lesson_id == lesson.id, QuizQuestion.retired_at.is_(None)
        )
        keys = list(session.scalars(asked.order_by(QuizQuestion.position)))
        if open_one and set(open_one.drawn) & set(keys):
            return open_one
        if not keys:
            raise NoQuiz
        drawn = _draw(keys, lesson.draw or len(keys))
        attempt = Attempt(lesson_id=lesson.id, person_id=person.id, drawn=drawn, answers={})
        session.add(attempt)
        session.flush()
        return attempt


def _draw(keys: Sequence[str], number: int) -> list[str]:
    drawn = set(_chance.sample(keys, min(number, len(keys))))
    return [key for key in keys if key in drawn]


def hand_in(
    attempt: Attempt, person: Person, given: Mapping[str, Sequence[str]], language: str
) -> bool:
    """Mark an attempt; whether it was still open: handed in twice, the first time counts.

    Only what was drawn is looked at; a question that was taken out meanwhile counts for nobody.
    """
    with transaction() as session:
        taken = session.execute(
            update(Attempt)
            .where(Attempt.id == attempt.id, Attempt.handed_in_at.is_(None))
            .values(handed_in_at=now())
            .execution_options(synchronize_session=False)
        )
        session.refresh(attempt)
        if not taken.rowcount:  # type: ignore[attr-defined]
            return False
        attempt.answers = _mark(attempt, given, language)
        scores = [one["score"] for one in attempt.answers.values() if one["score"] is not None]
        attempt.percent = int(100 * sum(scores) / len(scores)) if scores else None
        _keep_best(attempt, person)
        return True


def reflections_of(attempt: Attempt) -> list[str]:
    """Return the keys of the questions of an attempt to which somebody wrote down a thought."""
    return [
        key for key, one in attempt.answers.items()
        if one["score"] is None and any(words.strip() for words in one["given"])
    ]  # fmt: skip


def _mark(attempt: Attempt, given: Mapping[str, Sequence[str]], language: str) -> dict[str, Any]:
    with transaction() as session:
        asked = select(QuizQuestion).where(
            QuizQuestion.lesson_id == attempt.lesson_id, QuizQuestion.key.in_(attempt.drawn),
            QuizQuestion.retired_at.is_(None),
        )  # fmt: skip
        rows = {row.key: row for row in session.scalars(asked)}
    answers: dict[str, Any] = {}
    for key in attempt.drawn:
        if key in rows:
            words = rows[key].words
            question = read_question(words.get(language) or next(iter(words.values())))
            said = [one[:LONGEST_ANSWER] for one in given.get(key, ())][:20]
            answers[key] = {"given": said, "score": question.score(said)}
    return answers


def _keep_best(attempt: Attempt, person: Person) -> None:
    with transaction() as session:
        lesson = session.get_one(Lesson, attempt.lesson_id)
        study = study_of(session, lesson.id, person.id)
        study.seen_at = now()
        if reflections_of(attempt):
            study.reflected_at = study.reflected_at or now()
        if attempt.percent is not None:
            study.best = max(study.best or 0, attempt.percent)
        if (study.best or 0) >= lesson.passed_at and study.passed_at is None:
            study.passed_at = now()
        session.flush()
        complete(session, lesson.course_id, person)
