"""The matrix of 1,000 people by 52 live sessions: CPU and statements, beside a bare page.

Run: .venv/bin/python -m benchmarks.matrix [sqlite|postgresql]
The page shows 100 people of 1,000 with their 5,200 cells; the file and the API take all of them.
Controls in the same run: a bare Flask page of twenty rows, and one SELECT written by hand that
only reads the rows which the page shows (the same hundred people by name, their attendances,
opened doors and refusals) without a page around it; and for the file one that reads all of them.
Promises (issue "Attendance that nobody has to correct by hand"): four statements for the page,
the one that asks who is signed in included, whatever is looked for. Moodle's attendance report of
200 x 20 asks 657.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, text

from academy import db
from academy.attendance.models import Attendance, Evidence, Identity, Match, Tally
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.programme.models import LiveSession, Place, Registration, Series
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import Scene, loaded_academy
from tests.cast import sign_in_to
from tests.statements import counted

PEOPLE, WEEKS, CAME = 1_000, 52, 0.6
#: Numbers beyond those of the demonstration.
SERIES, FIRST, SEEN = 9_000, 100_000, 200_000
ROUNDS = 5
Row = dict[str, Any]
MOST_STATEMENTS = 4
HERE = "/desk/series/year/attendance/"
FILE = "/desk/series/year/attendance."
PAGES = (
    HERE,
    HERE + "?sort=n30&page=4",
    HERE + "?country=NP&status=missed&sort=-minutes",
    HERE + "?q=person+1009&status=exactly&times=31",
)
START = datetime(2019, 1, 5, 6, 0, tzinfo=UTC)
COUNTRIES = ("MY", "ID", "NP", "KH", "LK", "IN", "PH", None)

_ROWS = """
SELECT p.id, p.name, p.country, 1 AS kind, a.live_session_id, a.minutes FROM {people} p
 JOIN attendances a ON a.person_id = p.id
UNION ALL
SELECT p.id, p.name, p.country, 2, i.live_session_id, NULL FROM {people} p
 JOIN matches m ON m.person_id = p.id AND m.undone_at IS NULL
 JOIN identities i ON i.id = m.identity_id
 JOIN evidence e ON e.identity_id = i.id AND e.source = 'link' AND e.withdrawn_at IS NULL
UNION ALL
SELECT p.id, p.name, p.country, 3, l.live_session_id, NULL FROM {people} p
 JOIN registrations r ON r.person_id = p.id
 JOIN places l ON l.registration_id = r.id AND l.state = 'not_going'
"""
_REGISTERED = """
SELECT q.id, q.name, q.country FROM persons q JOIN registrations s ON s.person_id = q.id
 JOIN series z ON z.id = s.series_id WHERE z.slug = 'year' ORDER BY lower(q.name)
"""


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each page; return whether all keep the promise."""
    with loaded_academy(kind) as scene:
        fill(scene.engine)
        cookie = _staff_cookie(scene)
        calls = [make_call(scene.app, path, cookie) for path in PAGES]
        statements = [_count(scene.engine, call) for call in calls]
        bare, rows, *pages = cpu_of([*_controls(scene.engine), *calls], ROUNDS)
        whole = {
            "all rows, one SELECT by hand": _once(_reading(scene.engine, PEOPLE)),
            **{kind: _once(make_call(scene.app, FILE + kind, cookie)) for kind in ("csv", "xlsx")},
        }
    print(f"{kind}: {PEOPLE} people x {WEEKS} live sessions")
    print(f"  {'a bare page of 20 rows':52}{bare * 1000:8.2f} ms")
    print(f"  {'the rows of 100 people, one SELECT by hand':52}{rows * 1000:8.2f} ms")
    for path, seconds, number in zip(PAGES, pages, statements, strict=True):
        name = path.removeprefix(HERE) or "the page of 100 people"
        print(f"  {name:52}{seconds * 1000:8.2f} ms {seconds / bare:6.1f} x bare"
              f" {seconds / rows:6.1f} x rows  {number} statements")  # fmt: skip
    for name, seconds in whole.items():
        print(f"  {'everybody: ' + name:52}{seconds * 1000:8.0f} ms")
    return max(statements) <= MOST_STATEMENTS


def _controls(engine: Engine) -> list[Callable[[], object]]:
    return [make_call(bare_app(engine), "/twenty"), _reading(engine, 100)]


def _reading(engine: Engine, people: int) -> Callable[[], object]:
    """Return a call that reads the rows of so many people, and makes nothing of them."""
    statement = text(_ROWS.format(people=f"({_REGISTERED} LIMIT {people})"))

    def read() -> int:
        db.writing.set(False)
        with engine.connect() as connection:
            return len(connection.execute(statement).all())

    return read


def _count(engine: Engine, call: Callable[[], str]) -> int:
    assert call() == "200 OK"
    with counted(engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


def _once(call: Callable[[], object]) -> float:
    call()
    begin = time.process_time()
    call()
    return time.process_time() - begin


def _staff_cookie(scene: Scene) -> str:
    """Return the cookie of an organiser who has confirmed her second factor."""
    organiser = find_person_by_address("organiser@sse-academy.example")
    assert organiser is not None
    client = sign_in_to(scene.app.test_client(), organiser)
    client.get("/")
    kept = client.get_cookie(scene.app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    db.session.remove()
    return f"{kept.key}={kept.value}"


def fill(engine: Engine) -> None:
    """Let a year of weekly live sessions be there, to which six in ten came each time."""
    chance = random.Random(3)
    with engine.begin() as connection:
        new = lambda table, rows: connection.execute(insert(table), list(rows))  # noqa: E731
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
        new(Tally, ({"live_session_id": week, "matched": 1, "unmatched": 0, "excluded": 0}
                    for week in weeks))  # fmt: skip
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


if __name__ == "__main__":
    sys.exit(main())
