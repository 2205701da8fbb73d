"""A thousand learners of a course at once, with their quizzes and live sessions."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from academy.attendance.models import Attendance
from academy.db import now
from academy.learning.models import Attempt, Course, CourseCompletion, Lesson, QuizQuestion, Study
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series

#: Numbers beyond those of everything else.
SERIES, FIRST = 9_500, 400_000
SLUG, WEEKS = "many", 5
COUNTRIES = ("MY", "ID", "NP", "KH", "LK", "IN", "PH", None)
Row = dict[str, Any]


def fill_many(connection: Connection, course: str, people: int = 1_000) -> None:
    """Let `people` be registered for a series of the course; seven in ten have begun it.

    Of those each has opened some of the lessons and tried their quizzes, once to three times.
    """
    chance, at = random.Random(6), now()
    numbers = range(FIRST, FIRST + people)
    connection.execute(insert(Series), {
        "id": SERIES, "slug": SLUG, "title": "Many", "zone": "Asia/Manila", "status": "published",
    })  # fmt: skip
    connection.execute(insert(LiveSession), [_week(week, at) for week in range(WEEKS)])
    connection.execute(insert(Person), [_person(number, chance) for number in numbers])
    connection.execute(insert(Registration), [
        {"series_id": SERIES, "person_id": number, "registered_at": at} for number in numbers
    ])  # fmt: skip
    came = [
        {"live_session_id": SERIES + week, "person_id": number, "minutes": 60}
        for number in numbers for week in range(WEEKS) if chance.random() < 0.4
    ]  # fmt: skip
    connection.execute(insert(Attendance), came)
    _study(connection, _belong(connection, course), numbers, chance, at)


def _week(week: int, at: datetime) -> Row:
    return {
        "id": SERIES + week, "series_id": SERIES, "slug": f"{SLUG}-{week + 1}", "number": week + 1,
        "title": f"Week {week + 1}", "starts_at": at - timedelta(weeks=WEEKS - week),
        "minutes": 90, "zone": "Asia/Manila", "status": "published",
    }  # fmt: skip


def _person(number: int, chance: random.Random) -> Row:
    return {
        "id": number, "name": f"Person {number - FIRST:04}", "language": "en",
        "organisation": f"Group {number % 40}", "country": chance.choice(COUNTRIES),
    }  # fmt: skip


def _belong(connection: Connection, course: str) -> int:
    found = connection.execute(select(Course.id, Course.plan).where(Course.slug == course)).one()
    rule = {"lessons": 100, "quizzes": 60, "live_sessions": 3}
    plan = {**found.plan, "series": SLUG, "completion": rule}
    connection.execute(update(Course).where(Course.id == found.id).values(plan=plan))
    return int(found.id)


def _study(
    connection: Connection, course: int, numbers: range, chance: random.Random, at: datetime
) -> None:
    lessons = connection.execute(
        select(Lesson.id, Lesson.passed_at)
        .where(Lesson.course_id == course, Lesson.position > 0).order_by(Lesson.position)
    ).all()  # fmt: skip
    keys: dict[int, list[str]] = {}
    for lesson, key in connection.execute(select(QuizQuestion.lesson_id, QuizQuestion.key)):
        keys.setdefault(lesson, []).append(key)
    studies, attempts, done = [], [], []
    for number in numbers:
        if chance.random() < 0.3:
            continue
        opened = chance.randint(1, len(lessons))
        seen = at - timedelta(days=chance.randint(0, 40))
        for lesson, passed_at in lessons[:opened]:
            tries = list(_tries(number, lesson, keys.get(lesson, []), seen, chance))
            studies.append(_one_study(number, lesson, passed_at, seen, tries))
            attempts += tries
        if opened == len(lessons) and chance.random() < 0.6:
            done.append({"person_id": number, "course_id": course, "completed_at": seen,
                         "evidence": {"version": 1}})  # fmt: skip
    for table, rows in ((Study, studies), (Attempt, attempts), (CourseCompletion, done)):
        connection.execute(insert(table), rows)


def _tries(
    number: int, lesson: int, keys: list[str], at: datetime, chance: random.Random
) -> Iterator[Row]:
    for _try in range(chance.randint(0, 3) if keys else 0):
        right = {key: float(chance.random() < 0.55) for key in keys}
        yield {
            "person_id": number, "lesson_id": lesson, "drawn": keys, "started_at": at,
            "handed_in_at": at, "percent": int(100 * sum(right.values()) / len(keys)),
            "answers": {key: {"given": ["a"], "score": score} for key, score in right.items()},
        }  # fmt: skip


def _one_study(number: int, lesson: int, passed_at: int, at: datetime, tries: list[Row]) -> Row:
    best = max((one["percent"] for one in tries), default=None)
    passed = best is not None and best >= passed_at
    return {
        "person_id": number, "lesson_id": lesson, "opened_at": at, "seen_at": at, "read_at": at,
        "best": best, "passed_at": at if passed else None, "note": "",
    }  # fmt: skip
