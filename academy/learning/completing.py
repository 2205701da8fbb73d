"""When a course is completed, and what is still missing (pure)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol


class Rule(Protocol):
    """What a course asks for: record.Completion says it in a file."""

    @property
    def lessons(self) -> int:
        """Percent of the lessons that are read."""

    @property
    def quizzes(self) -> int | None:
        """Percent of the questions; None where nothing is asked."""

    @property
    def live_sessions(self) -> int | None:
        """How many of the series are attended; None where none is asked."""


@dataclass(frozen=True, slots=True)
class StoredRule:
    """The same as a row of a course keeps it, for processes that read no files."""

    lessons: int = 100
    quizzes: int | None = None
    live_sessions: int | None = None

    @classmethod
    def of(cls, plan: Mapping[str, Any]) -> "StoredRule":
        """Return the rule of a stored plan."""
        said = plan.get("completion") or {}
        return cls(said.get("lessons", 100), said.get("quizzes"), said.get("live_sessions"))

    def as_json(self) -> dict[str, int | None]:
        """Return what a completion keeps of it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one learner is in one course."""

    read: int
    lessons: int
    #: Lessons that have a quiz, and the mean of the best attempts at them, in percent.
    quizzes: int
    percent: int
    live_sessions: int

    def as_json(self) -> dict[str, int]:
        """Return what a completion keeps as its evidence."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a learner has still to do; 0 where nothing."""

    lessons: int = 0
    #: Percent points of the quizzes.
    percent: int = 0
    live_sessions: int = 0

    @property
    def is_something(self) -> bool:
        """Whether anything is missing."""
        return self != Missing()


def what_is_missing(rule: Rule, standing: Standing) -> Missing:
    """Return what is missing for completion: lessons to read, points, live sessions."""
    # Rounded up: of seven lessons 90 percent are seven.
    needed = -(-standing.lessons * rule.lessons // 100)
    return Missing(
        max(needed - standing.read, 0),
        max((rule.quizzes or 0) - standing.percent, 0) if standing.quizzes else 0,
        max((rule.live_sessions or 0) - standing.live_sessions, 0),
    )


def is_complete(rule: Rule, standing: Standing) -> bool:
    """Whether nothing is missing; a course without lessons is never complete."""
    return standing.lessons > 0 and what_is_missing(rule, standing) == Missing()
