"""The SQL of a group: who is in it, how far each is, who needs a hand, who is chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    UnaryExpression,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from academy.attendance.models import Attendance
from academy.db import now
from academy.learning.books import Book, Line
from academy.learning.groups.needs import (
    AWAY_AFTER,
    FAILED_TIMES,
    LARGEST_FIRST,
    REASONS,
    STATES,
    Choice,
)
from academy.learning.groups.policy import visible_learners
from academy.learning.models import Attempt, CourseCompletion, Lesson, Study
from academy.learning.record import CoursePlan
from academy.people.models import Person
from academy.people.policy import SEES_ALL
from academy.programme.models import LiveSession, Registration, Series


@dataclass(frozen=True)
class Group:
    """The learners of a course as a reader sees them."""

    course: Book
    #: The series whose registrants they are; None: whoever opened a lesson.
    series: Series | None
    #: Whether the reader was named facilitator of the series.
    is_named: bool
    viewer: Person

    @property
    def plan(self) -> CoursePlan:
        """Its plan."""
        return self.course.plan

    @property
    def lines(self) -> Sequence[Line]:
        """Its lessons."""
        return self.course.lines

    @property
    def title(self) -> str:
        """Its title in the language in which it was written."""
        return self.plan.title[self.plan.languages[0]]

    @property
    def sees_all(self) -> bool:
        """Whether the reader sees everybody, and not the people of some countries."""
        return self.is_named or self.viewer.has_role(*SEES_ALL)

    @property
    def ids(self) -> list[int]:
        """The ids of its lessons."""
        return [line.id for line in self.lines]

    @property
    def quizzes(self) -> list[int]:
        """The ids of its lessons that ask something."""
        return [line.id for line in self.lines if line.has_quiz]

    @property
    def lessons_needed(self) -> int:
        """How many lessons have to be read; rounded up, as completing.py does."""
        return -(-len(self.lines) * self.plan.completion.lessons // 100)


def members(group: Group) -> Select[Any]:
    """Return Person.id of who is in the group, as far as the reader may see."""
    who = select(Person.id).where(
        Person.erased_at.is_(None), visible_learners(group.viewer, is_named=group.is_named)
    )
    if group.series is None:
        opened = select(Study.person_id).where(Study.lesson_id.in_(group.ids))
        return who.where(Person.id.in_(opened))
    registered = select(Registration.person_id).where(
        Registration.series_id == group.series.id, Registration.cancelled_at.is_(None)
    )
    return who.where(Person.id.in_(registered))


def standings(group: Group) -> CTE:
    """Return one row for each of the group: how far they are, and why they need a hand."""
    studied, stuck, came = _studied(group), _stuck(group), _came(group)
    zero: dict[str, ColumnElement[Any]] = {
        "opened": studied.c.opened, "read": studied.c.read, "tried": studied.c.tried,
        "passed": studied.c.passed, "best_sum": studied.c.best_sum, "stuck_at": stuck.c.lessons,
        "live": came.c.times,
    }  # fmt: skip
    counted = [func.coalesce(column, 0).label(name) for name, column in zero.items()]
    whole = (
        select(
            Person.id, Person.country, *counted, studied.c.seen_at, CourseCompletion.completed_at
        )
        .outerjoin(studied, studied.c.person_id == Person.id)
        .outerjoin(stuck, stuck.c.person_id == Person.id)
        .outerjoin(came, came.c.person_id == Person.id)
        .outerjoin(
            CourseCompletion,
            and_(
                CourseCompletion.person_id == Person.id,
                CourseCompletion.course_id == group.course.id,
            ),
        )
        .where(Person.id.in_(members(group)))
        .subquery()
    )
    flags: dict[str, ColumnElement[bool]] = {**_states(whole.c), **_reasons(group, whole.c)}
    hand = or_(*(flags[reason] for reason in REASONS))
    return select(
        *whole.c, *(_one_if(flag).label(name) for name, flag in flags.items()),
        _one_if(hand).label("hand"),
    ).cte()  # fmt: skip


def _one_if(flag: ColumnElement[bool]) -> ColumnElement[int]:
    return case((flag, 1), else_=0)


def _studied(group: Group) -> Any:
    asks = Study.lesson_id.in_(group.quizzes)
    best = case((asks, Study.best))
    return (
        select(
            Study.person_id,
            func.count().label("opened"),
            func.count(Study.read_at).label("read"),
            func.count(best).label("tried"),
            func.count(case((asks, Study.passed_at))).label("passed"),
            func.sum(best).label("best_sum"),
            func.max(Study.seen_at).label("seen_at"),
        )
        .where(Study.lesson_id.in_(group.ids))
        .group_by(Study.person_id)
        .subquery()
    )


def failed(group: Group) -> Select[Any]:
    """Return person, lesson and how often for the quizzes at which somebody is stuck."""
    facts: tuple[Any, ...] = Attempt.person_id, Attempt.lesson_id, func.count().label("times")
    return (
        select(*facts)
        .join(Lesson, Lesson.id == Attempt.lesson_id)
        .outerjoin(
            Study,
            and_(Study.lesson_id == Attempt.lesson_id, Study.person_id == Attempt.person_id),
        )
        .where(
            Attempt.lesson_id.in_(group.quizzes), Attempt.handed_in_at.is_not(None),
            Attempt.percent < Lesson.passed_at, Study.passed_at.is_(None),
        )
        .group_by(Attempt.person_id, Attempt.lesson_id)
        .having(func.count() >= FAILED_TIMES)
    )  # fmt: skip


def _stuck(group: Group) -> Any:
    each = failed(group).subquery()
    lessons = func.count().label("lessons")
    return select(each.c.person_id, lessons).group_by(each.c.person_id).subquery()


def _came(group: Group) -> Any:
    series = group.series.id if group.series else 0
    return (
        select(Attendance.person_id, func.count().label("times"))
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .where(LiveSession.series_id == series, Attendance.person_id.is_not(None))
        .group_by(Attendance.person_id)
        .subquery()
    )


def _states(who: Any) -> dict[str, ColumnElement[bool]]:
    done = who.completed_at.is_not(None)
    return {
        "not_begun": and_(~done, who.opened == 0),
        "underway": and_(~done, who.opened > 0),
        "completed": done,
    }


def _reasons(group: Group, who: Any) -> dict[str, ColumnElement[bool]]:
    """Return the rules of needs.REASONS."""
    rule = group.plan.completion
    going = who.completed_at.is_(None)
    lacking = [_one_if(who.live < rule.live_sessions)] if rule.live_sessions else []
    if rule.quizzes and group.quizzes:
        # As completing.py: the mean of all quizzes, rounded down.
        lacking.append(_one_if(who.best_sum < rule.quizzes * len(group.quizzes)))
    things = sum(lacking, literal(0))
    return {
        "away": and_(going, who.opened > 0, who.seen_at < now() - AWAY_AFTER),
        "stuck": and_(going, who.stuck_at > 0),
        "only_live": and_(going, who.opened == 0, who.live > 0),
        "almost": and_(going, who.opened > 0, who.read >= group.lessons_needed, things == 1),
    }


def counts(group: Group) -> Select[Any]:
    """Return a row for each country of the group: course, country, people, then the flags."""
    everyone = standings(group)
    flags = (func.sum(everyone.c[name]).label(name) for name in COUNTED)
    course = literal(group.course.slug, String).label("course")
    return select(course, everyone.c.country, func.count().label("people"), *flags).group_by(
        everyone.c.country
    )


#: What is counted of a group, beside how many there are.
COUNTED: tuple[str, ...] = (*STATES, "hand", *REASONS)


def chosen(group: Group, choice: Choice) -> Select[Any]:
    """Return those whom the choice names in its order, the number of all as the first column."""
    everyone = standings(group)
    columns = everyone.c
    numbers = (columns[name] for name in
               ("opened", "read", "tried", "passed", "best_sum", "stuck_at", "live"))  # fmt: skip
    return (
        select(
            func.count().over().label("total"), Person.id, Person.name, Person.organisation,
            Person.country, *numbers, columns.seen_at, columns.completed_at,
            *(columns[reason] for reason in REASONS),
        )
        .join(everyone, columns.id == Person.id)
        .where(*_conditions(columns, choice))
        .order_by(*_order(columns, choice), func.lower(Person.name), Person.id)
    )  # fmt: skip


def _conditions(columns: Any, choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.words:
        yield or_(
            Person.name.icontains(choice.words, autoescape=True),
            Person.organisation.icontains(choice.words, autoescape=True),
        )
    if choice.country == "unknown":
        yield Person.country.is_(None)
    elif choice.country:
        yield Person.country == choice.country
    if choice.show:
        yield columns[choice.show] == 1


def _order(columns: Any, choice: Choice) -> Sequence[UnaryExpression[Any]]:
    """Put first what the order names; those who have nothing to sort by come last."""
    keys: dict[str, Sequence[Any]] = {
        "name": [func.lower(Person.name)],
        "country": [Person.country],
        "read": [columns.read, columns.opened],
        "quiz": [columns.best_sum * 1.0 / func.nullif(columns.tried, 0), columns.passed],
        "live": [columns.live],
        "seen": [columns.seen_at],
    }
    falls = (choice.order in LARGEST_FIRST) != choice.is_reversed
    return [(key.desc() if falls else key.asc()).nulls_last() for key in keys[choice.order]]
