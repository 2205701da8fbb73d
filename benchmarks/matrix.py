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

import sys
import time
from collections.abc import Callable

from sqlalchemy import Engine, text

from academy import db
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import loaded_academy, staff_cookie
from tests.attendance.matrix_year import PEOPLE, WEEKS, fill_year
from tests.statements import counted

ROUNDS = 5
MOST_STATEMENTS = 4
HERE = "/desk/series/year/attendance/"
FILE = "/desk/series/year/attendance."
PAGES = (
    HERE,
    HERE + "?sort=n30&page=4",
    HERE + "?country=NP&status=missed&sort=-minutes",
    HERE + "?q=person+1009&status=exactly&times=31",
)

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
        with scene.engine.begin() as connection:
            fill_year(connection)
        cookie = staff_cookie(scene)
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


if __name__ == "__main__":
    sys.exit(main())
