"""A thousand people and fifty-two live sessions with their evidence, for tests and benchmarks."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from academy.attendance.models import Attendance, Evidence, Identity, Match, Tally
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series

PEOPLE, WEEKS, CAME = 1_000, 52, 0.6
#: Numbers beyond those of everything else.
SERIES, FIRST, SEEN = 9_000, 100_000, 200_000
START = datetime(2019, 1, 5, 6, 0, tzinfo=UTC)
COUNTRIES = ("MY", "ID", "NP", "KH", "LK", "IN", "PH", None)
Row = dict[str, Any]


def fill_year(connection: Connection) -> None:
    """Let a year of weekly live sessions be there, to which six in ten came each time."""
    chance = random.Random(3)

    def new(table: Any, rows: Iterable[Row]) -> None:
        connection.execute(insert(table), list(rows))

    connection.execute(insert(Series), {
        "id": SERIES, "slug": "year", "title": "A year", "zone": "Asia/Kuala_Lumpur",
        "status": "published",
    })  # fmt: skip
    people = range(FIRST, FIRST + PEOPLE)
    weeks = range(FIRST, FIRST + WEEKS)
    new(LiveSession, map(_week, weeks))
    new(Person, (_person(number, chance) for number in people))
    new(Registration, (_registration(number) for number in people))
    came = list(_attendances(people, weeks, chance))
    new(Attendance, came)
    for table, rows in _seen(came):
        new(table, rows)
    matched = Counter(one["live_session_id"] for one in came)
    new(Tally, ({"live_session_id": week, "matched": many, "unmatched": 0, "excluded": 0}
                for week, many in matched.items()))  # fmt: skip
    for table, row in _doors_and_refusals(people, weeks, chance):
        connection.execute(insert(table), row)


def _week(number: int) -> Row:
    at = number - FIRST
    return {
        "id": number, "series_id": SERIES, "slug": f"year-{at + 1}", "number": at + 1,
        "title": f"Week {at + 1}", "starts_at": START + timedelta(weeks=at), "minutes": 150,
        "zone": "Asia/Kuala_Lumpur", "status": "published",
    }  # fmt: skip


def _person(number: int, chance: random.Random) -> Row:
    return {
        "id": number, "name": f"Person {number}", "country": chance.choice(COUNTRIES),
        "organisation": f"Cooperative {number % 90}",
    }  # fmt: skip


def _registration(number: int) -> Row:
    return {
        "id": number, "series_id": SERIES, "person_id": number,
        "registered_at": START - timedelta(days=number % 40),
    }  # fmt: skip


def _attendances(people: range, weeks: range, chance: random.Random) -> Iterator[Row]:
    for week in weeks:
        for person in people:
            if chance.random() < CAME:
                minutes = chance.randrange(5, 151)
                yield {
                    "live_session_id": week, "person_id": person, "minutes": minutes,
                    "intervals": [[0, minutes * 60]],
                }  # fmt: skip


def _seen(came: list[Row]) -> Iterator[tuple[Any, list[Row]]]:
    """Every attendance follows from one identity with its match and two connections."""
    numbered = [(SEEN + at, one) for at, one in enumerate(came)]
    yield Identity, [
        {"id": number, "live_session_id": one["live_session_id"], "key": f"name:{number}",
         "shown_name": "P"}
        for number, one in numbered
    ]  # fmt: skip
    yield (
        Match,
        [
            {"identity_id": number, "person_id": one["person_id"], "rule": "email"}
            for number, one in numbered
        ],
    )
    yield (
        Evidence,
        [
            {"live_session_id": one["live_session_id"], "identity_id": number, "source": "file"}
            for number, one in numbered * 2
        ],
    )


def _doors_and_refusals(
    people: range, weeks: range, chance: random.Random
) -> Iterator[tuple[Any, Row]]:
    """Every person opened the door of one live session and said no to another."""
    for number in people:
        door, refusal = chance.sample(weeks, 2)
        yield Identity, {
            "id": number, "live_session_id": door, "key": f"person:{number}", "shown_name": "P",
        }  # fmt: skip
        yield Match, {"identity_id": number, "person_id": number, "rule": "first_hand"}
        yield Evidence, {
            "live_session_id": door, "identity_id": number, "source": "link",
            "joined_at": START + timedelta(weeks=door - FIRST),
        }  # fmt: skip
        yield Place, {
            "registration_id": number, "live_session_id": refusal, "state": "not_going",
        }  # fmt: skip
