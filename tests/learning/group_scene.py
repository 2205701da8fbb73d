"""A course with a series and a few learners, each of whom stands for one rule of groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from academy.attendance.models import Attendance
from academy.db import now, session, transaction
from academy.learning.groups.models import CourseLetter, Facilitator
from academy.learning.models import Attempt, Course, CourseCompletion, Lesson, Study
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series
from tests.cast import Cast
from tests.learning.writing import load_course

HERE = "/desk/courses/weaving/learners/"
RULE = {"lessons": 100, "quizzes": 60, "live_sessions": 1}


@dataclass
class Scene:
    """What tests name."""

    series: Series
    course: Course
    lessons: Mapping[str, Lesson]
    people: dict[str, Person]

    def add(
        self, name: str, country: str = "NP", *, opened: Iterable[str] = (),
        read: Iterable[str] = (), percents: Iterable[int] = (), came: int = 0, days_ago: int = 0,
        is_registered: bool = True,
    ) -> Person:  # fmt: skip
        """Let somebody be there who opened and read lessons, tried the quiz, and came."""
        with transaction() as current:
            address = f"{name.lower()}@example.org"
            person = create_person(name, address, country=country, zone="UTC", source="import")
            if is_registered:
                current.add(Registration(series_id=self.series.id, person_id=person.id))
            for live_session in self.series.live_sessions[:came]:
                current.add(Attendance(live_session_id=live_session.id, person_id=person.id))
            self._study(person, {*opened, *read}, set(read), list(percents), days_ago)
        self.people[name] = person
        return person

    def _study(
        self, person: Person, opened: set[str], read: set[str], percents: list[int], days_ago: int
    ) -> None:
        at = now() - timedelta(days=days_ago)
        best = max(percents, default=None)
        for slug in opened:
            lesson, tries = self.lessons[slug], percents if slug == "warp" else []
            session.add(Study(
                person_id=person.id, lesson_id=lesson.id, opened_at=at, seen_at=at,
                read_at=at if slug in read else None, best=best if tries else None,
                passed_at=at if tries and (best or 0) >= 60 else None, note="my own words",
            ))  # fmt: skip
            session.add_all(
                Attempt(
                    person_id=person.id, lesson_id=lesson.id, drawn=["which", "how-many"],
                    handed_in_at=at, percent=percent,
                    answers={
                        "which": {"given": ["warp" if percent >= 50 else "weft"],
                                  "score": float(percent >= 50)},
                        "how-many": {"given": ["12.5" if percent == 100 else "7"],
                                     "score": float(percent == 100)},
                    },
                )
                for percent in tries
            )  # fmt: skip

    def complete(self, name: str) -> None:
        """Write down that somebody completed the course."""
        with transaction() as current:
            current.add(CourseCompletion(
                person_id=self.people[name].id, course_id=self.course.id,
                evidence={"version": 1, "read": 2, "lessons": 2, "quizzes": 1, "percent": 100,
                          "live_sessions": 2},
            ))  # fmt: skip

    def name(self, person: Person, series: Series | None = None) -> None:
        """Let somebody facilitate the series, or another."""
        with transaction() as current:
            current.add(Facilitator(series_id=(series or self.series).id, person_id=person.id))


def a_series(slug: str, weeks: int = 2) -> Series:
    """Let a series be there whose live sessions are over."""
    with transaction() as current:
        series = Series(slug=slug, title=slug.title(), zone="Asia/Manila", status="published")
        series.live_sessions += [
            LiveSession(
                slug=f"{slug}-{week}", number=week, title=f"Week {week}", minutes=60,
                zone="Asia/Manila", starts_at=now() - timedelta(days=30 - week), status="published",
            )
            for week in range(1, weeks + 1)
        ]  # fmt: skip
        current.add(series)
        current.flush()
    return series


def a_group(*, has_series: bool = True) -> Scene:
    """Load the small course, with or without a series; nobody is in its group yet."""
    load_course()
    series = a_series("looms")
    course = session.scalars(select(Course)).one()
    with transaction():
        course.plan = {
            **course.plan, "completion": RULE, "series": "looms" if has_series else None
        }  # fmt: skip
        course.version += 1
    lessons = {one.slug: one for one in session.scalars(select(Lesson))}
    return Scene(series, course, lessons, {})


def with_everybody(scene: Scene) -> Scene:
    """Add one person for each rule."""
    scene.add("Asha")
    scene.add("Bela", read=["warp"], percents=[100], days_ago=3)
    scene.add("Chandra", "ID", read=["warp"], days_ago=21)
    scene.add("Dewi", "ID", opened=["warp"], percents=[0, 50], days_ago=1)
    scene.add("Edi", "ID", came=1)
    scene.add("Farid", "MY", read=["warp", "weft"], percents=[100])
    scene.add("Gita", "MY", read=["warp", "weft"], percents=[50, 100], came=2)
    scene.complete("Gita")
    scene.add("Hira", "MY", read=["warp"], is_registered=False)
    return scene


def a_facilitated_course(series: Series, cast: Cast) -> dict[str, int]:
    """Give the course of the scene its series, whose facilitator is the learner.

    The other learner facilitates another series, of a course of its own.
    """
    with transaction() as current:
        course = current.scalars(select(Course)).one()
        course.plan, course.version = {**course.plan, "series": series.slug}, course.version + 1
        other = a_series("elsewhere")
        current.add(Course(
            slug="elsewhere", plan={**course.plan, "series": "elsewhere"}, glossary={}, digest=""
        ))  # fmt: skip
        named = Facilitator(series_id=series.id, person_id=cast.learner.id)
        current.add(named)
        current.add(Facilitator(series_id=other.id, person_id=cast.other_learner.id))
        letter = CourseLetter(
            course_id=course.id, author_id=cast.organiser.id, key="0" * 32, subject="Weave on",
            text="The weft waits.",
        )  # fmt: skip
        current.add(letter)
        current.flush()
    return {"facilitator_id": named.id, "letter_id": letter.id}
