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


def load_quiz(
    session: Session, lesson: Lesson, files: LessonFiles, passed_before: int | None = None
) -> list[str]:
    """Make the lesson's questions what the files say; warn of what changed under results.

    `passed_before` are the percent that were enough until now; None for a new lesson.
    """
    asked = select(QuizQuestion).where(QuizQuestion.lesson_id == lesson.id)
    is_new = passed_before is None
    known = {} if is_new else {one.key: one for one in session.scalars(asked)}
    changed: list[str] = []
    wanted = _by_key(files)
    for key in set(known) - set(wanted):
        if known[key].retired_at is None:
            known[key].retired_at = now()
            changed.append(f"the question {key} was taken out")
    for position, (key, words) in enumerate(wanted.items(), 1):
        row = known.get(key)
        if row is None:
            row = QuizQuestion(lesson_id=lesson.id, key=key)
            session.add(row)
        elif _differs(row, words):
            changed.append(f"the question {key} is another now")
        row.position, row.words, row.retired_at = position, words, None
    if passed_before not in (None, lesson.passed_at):
        changed.append(f"{lesson.passed_at} percent are enough now instead of {passed_before}")
    session.flush()
    return _warnings(session, lesson, sorted(changed))


def _by_key(files: LessonFiles) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for tag, text in files.texts.items():
        for question in text.quiz.questions if text.quiz else ():
            found.setdefault(question.key, {})[tag] = question.model_dump(mode="json")
    return found


def _differs(row: QuizQuestion, words: dict[str, Any]) -> bool:
    both = [tag for tag in words if tag in row.words]
    pairs = [(row.words[tag], words[tag]) for tag in both] or [
        (next(iter(row.words.values())), next(iter(words.values())))
    ]
    return any(_marked_by(before) != _marked_by(after) for before, after in pairs)


def _marked_by(words: dict[str, Any]) -> tuple[object, object]:
    """Return what decides whether an answer is right: short ones have their own per language."""
    return skeleton(read_question(words)), words.get("accepted")


def _warnings(session: Session, lesson: Lesson, changed: list[str]) -> list[str]:
    if not changed:
        return []
    handed_in = select(func.count()).where(
        Attempt.lesson_id == lesson.id, Attempt.handed_in_at.is_not(None)
    )
    number = session.scalar(handed_in) or 0
    return [f"{lesson.key}: {what}; attempts before: {number}" for what in changed if number]
