"""What a group answered to the quiz of a lesson: right, wrong, which option how often."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from academy.db import session
from academy.learning.groups.statements import Group, members
from academy.learning.models import Attempt, QuizQuestion, Study
from academy.learning.questions import Question, folded
from academy.learning.service import read_question

#: So many answers in people's own words are shown.
MOST_WORDS = 8
#: From so many answers on a question is called the one that most get wrong.
ENOUGH = 3
#: Attempts are read so many at a time.
PART = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option, thing or answer, and how many chose it or put it where it belongs."""

    words: str
    times: int
    is_right: bool


@dataclass(slots=True)
class QuestionResult:
    """What was answered to one question."""

    question: Question
    is_retired: bool
    asked: int = 0
    right: int = 0
    #: Some of it right: things at their places, pairs.
    partly: int = 0
    points: float = 0
    given: Counter[str] = field(default_factory=Counter)
    #: Of the given answers those that had full points.
    good: set[str] = field(default_factory=set)

    @property
    def wrong(self) -> int:
        """How many got nothing right."""
        return self.asked - self.right - self.partly

    @property
    def share(self) -> float:
        """Points of those that there were, from 0 to 1."""
        return self.points / self.asked if self.asked else 0

    def add(self, answer: Mapping[str, Any]) -> None:
        """Count one answer."""
        score = answer.get("score")
        self.asked += 1
        if score is None:
            return
        self.points += score
        self.right += score == 1
        self.partly += 0 < score < 1
        for key in _what_was_given(self.question, answer.get("given", ())):
            self.given[key] += 1
            if score == 1:
                self.good.add(key)

    @property
    def choices(self) -> Sequence[Chosen]:
        """Return each option, thing, pair or answer, with how often."""
        return list(_choices(self))


def _what_was_given(question: Question, given: Sequence[str]) -> Iterator[str]:
    """Return the options that were chosen; of an order and of pairs what stands right."""
    if question.kind in {"single", "multiple"}:
        yield from set(given)
    elif question.kind == "ordering":
        yield from _same(given, [item.key for item in question.items])
    elif question.kind == "matching":
        yield from _same(given, [pair.key for pair in question.pairs])
    elif given:
        yield folded(given[0])


def _same(given: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    return (a for a, b in zip(given, right, strict=False) if a == b)


def _choices(result: QuestionResult) -> Iterator[Chosen]:
    question, given = result.question, result.given
    if question.kind == "single" or question.kind == "multiple":  # noqa: PLR1714 (narrows the type)
        for option in question.options:
            yield Chosen(option.text, given[option.key], option.right)
    elif question.kind == "ordering":
        for item in question.items:
            yield Chosen(item.text, given[item.key], is_right=True)
    elif question.kind == "matching":
        for pair in question.pairs:
            yield Chosen(f"{pair.left} – {pair.right}", given[pair.key], is_right=True)
    else:
        for words, times in given.most_common(MOST_WORDS):
            yield Chosen(words or "–", times, words in result.good)


@dataclass(frozen=True, slots=True)
class QuizResults:
    """What a group answered to one quiz."""

    people: int
    attempts: int
    questions: Sequence[QuestionResult]

    @property
    def hardest(self) -> QuestionResult | None:
        """Return the question that most get wrong, where enough answered and some did."""
        told = [one for one in self.questions
                if one.asked >= ENOUGH and one.share < 1 and one.question.kind != "reflection"]  # fmt: skip  # noqa: E501
        return min(told, key=lambda one: one.share, default=None)


def read_results(group: Group, lesson_id: int, language: str, *, every: bool) -> QuizResults:
    """Return what the group answered: in everybody's first attempt, or in `every` one.

    Two statements; attempts are counted as they are read, and none is kept.
    """
    asked = select(QuizQuestion).where(QuizQuestion.lesson_id == lesson_id)
    rows = session.scalars(asked.order_by(QuizQuestion.position)).all()
    found = {
        row.key: QuestionResult(
            read_question(row.words.get(language) or next(iter(row.words.values()))),
            row.retired_at is not None,
        )
        for row in rows
    }
    people, attempts = _count(_attempts(group, lesson_id), found, every=every)
    return QuizResults(
        people, attempts,
        [one for one in found.values() if one.asked or not one.is_retired],
    )  # fmt: skip


def _attempts(group: Group, lesson_id: int) -> Iterable[Any]:
    columns: tuple[Any, ...] = Attempt.person_id, Attempt.answers
    handed_in = (
        select(*columns)
        .where(
            Attempt.lesson_id == lesson_id, Attempt.handed_in_at.is_not(None),
            Attempt.person_id.in_(members(group)),
        )
        .order_by(Attempt.person_id, Attempt.id)
    )  # fmt: skip
    return session.execute(handed_in, execution_options={"yield_per": PART})


def _count(
    attempts: Iterable[Any], found: Mapping[str, QuestionResult], *, every: bool
) -> tuple[int, int]:
    people = number = before = 0
    for person, answers in attempts:
        people += person != before
        if every or person != before:
            number += 1
            for key, answer in answers.items():
                if key in found:
                    found[key].add(answer)
        before = person
    return people, number


@dataclass(frozen=True, slots=True)
class QuizLine:
    """How a group stands at the quiz of one lesson."""

    lesson_id: int
    tried: int = 0
    passed: int = 0
    #: Mean of everybody's best attempt, in percent.
    mean: int | None = None


def list_quizzes(group: Group) -> list[QuizLine]:
    """Return how the group stands at each quiz, in the order of the lessons; one statement."""
    tried = (
        select(
            Study.lesson_id, func.count(), func.count(Study.passed_at), func.sum(Study.best)
        )
        .where(
            Study.lesson_id.in_(group.quizzes), Study.best.is_not(None),
            Study.person_id.in_(members(group)),
        )
        .group_by(Study.lesson_id)
    )  # fmt: skip
    found = {
        row[0]: QuizLine(row[0], row[1], row[2], (row[3] or 0) // row[1])
        for row in session.execute(tried)
    }
    return [found.get(number, QuizLine(number)) for number in group.quizzes]
