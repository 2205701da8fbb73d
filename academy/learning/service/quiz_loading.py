"""Loads the questions of a lesson; what learners answered stays, whatever becomes of a question."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.db import now
from academy.learning.content import LessonFiles
from academy.learning.models import Attempt, Lesson, QuizQuestion
from academy.learning.questions import Question, skeleton

_question: TypeAdapter[Question] = TypeAdapter(Question)


def read_question(words: dict[str, Any]) -> Question:
    """Return a question from its row's JSON, in one language."""
    return _question.validate_python(words)


def load_quiz(session: Session, lesson: Lesson, files: LessonFiles) -> list[str]:
    """Make the lesson's questions what the files say; warn of those that changed under results."""
    asked = select(QuizQuestion).where(QuizQuestion.lesson_id == lesson.id)
    known = {one.key: one for one in session.scalars(asked)}
    changed: list[str] = []
    wanted = _by_key(files)
    for key in set(known) - set(wanted):
        if known[key].retired_at is None:
            known[key].retired_at = now()
            changed.append(key)
    for position, (key, words) in enumerate(wanted.items(), 1):
        row = known.get(key)
        if row is None:
            row = QuizQuestion(lesson_id=lesson.id, key=key)
            session.add(row)
        elif _differs(row, words):
            changed.append(key)
        row.position, row.words, row.retired_at = position, words, None
    session.flush()
    return _warnings(session, lesson, sorted(changed))


def _by_key(files: LessonFiles) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for tag, text in files.texts.items():
        for question in text.quiz.questions if text.quiz else ():
            found.setdefault(question.key, {})[tag] = question.model_dump(mode="json")
    return found


def _differs(row: QuizQuestion, words: dict[str, Any]) -> bool:
    before = read_question(next(iter(row.words.values())))
    return skeleton(before) != skeleton(read_question(next(iter(words.values()))))


def _warnings(session: Session, lesson: Lesson, keys: list[str]) -> list[str]:
    if not keys:
        return []
    handed_in = select(func.count()).where(
        Attempt.lesson_id == lesson.id, Attempt.handed_in_at.is_not(None)
    )
    number = session.scalar(handed_in) or 0
    return [
        f"{lesson.key}: the question {key} is another now; {number} attempts were made before"
        for key in keys if number
    ]  # fmt: skip
