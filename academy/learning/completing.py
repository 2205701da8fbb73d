"""When a course is completed, and what is still missing (pure)."""

from dataclasses import asdict, dataclass

from academy.learning.record import Completion


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


def what_is_missing(rule: Completion, standing: Standing) -> Missing:
    """Return what is missing for completion: lessons to read, points, live sessions."""
    # Rounded up: of seven lessons 90 percent are seven.
    needed = -(-standing.lessons * rule.lessons // 100)
    return Missing(
        max(needed - standing.read, 0),
        max((rule.quizzes or 0) - standing.percent, 0) if standing.quizzes else 0,
        max((rule.live_sessions or 0) - standing.live_sessions, 0),
    )


def is_complete(rule: Completion, standing: Standing) -> bool:
    """Whether nothing is missing; a course without lessons is never complete."""
    return standing.lessons > 0 and what_is_missing(rule, standing) == Missing()
