"""The page of a group of 1,000 learners: CPU and statements, beside a bare page.

Run: .venv/bin/python -m benchmarks.group [sqlite|postgresql]
The page shows 50 learners of 1,000 with what each has read, passed and come to, and why they need
a hand, below the totals of all. Controls in the same run: a bare Flask page of a hundred rows, and
two SELECTs written by hand that only count lessons and attempts by person, without a page around
them.
Promise (issue "The course modules"): six statements for the page, the one that asks who is signed
in included, whatever is looked for.
"""

import sys
from collections.abc import Callable

from sqlalchemy import Engine, text

from academy import db
from academy.config import ROOT
from academy.learning.checking import read_courses
from academy.learning.service import load_courses
from academy.library.content import read_cases
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import loaded_academy, staff_cookie
from tests.learning.many_learners import fill_many
from tests.statements import counted

ROUNDS = 5
PEOPLE = 1_000
MOST_STATEMENTS = 6
COURSE = "south-south"
HERE = f"/desk/courses/{COURSE}/learners/"
PAGES = (
    HERE,
    HERE + "?show=hand&sort=-seen",
    HERE + "?show=stuck&country=NP&sort=quiz",
    HERE + "?q=person+09&sort=-read",
)
_STUDIED = """
SELECT person_id, count(*), count(read_at), max(seen_at) FROM lesson_studies GROUP BY person_id
"""
_FAILED = """
SELECT person_id, lesson_id, count(*) FROM quiz_attempts WHERE percent < 60
 GROUP BY person_id, lesson_id HAVING count(*) > 1
"""


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each page; return whether all keep the promise."""
    with loaded_academy(kind) as scene:
        cases = {case.slug for case in read_cases(ROOT / "courses").cases}
        load_courses(read_courses(ROOT / "courses", cases).courses)
        with scene.engine.begin() as connection:
            fill_many(connection, COURSE, PEOPLE)
        cookie = staff_cookie(scene)
        calls = [make_call(scene.app, path, cookie) for path in PAGES]
        statements = [_count(scene.engine, call) for call in calls]
        controls = [make_call(bare_app(scene.engine), "/hundred"), _reading(scene.engine)]
        bare, rows, *pages = cpu_of([*controls, *calls], ROUNDS)
    print(f"{kind}: {PEOPLE} learners")
    print(f"  {'a bare page of 100 rows':52}{bare * 1000:8.2f} ms")
    print(f"  {'what they did, counted by hand':52}{rows * 1000:8.2f} ms")
    for path, seconds, number in zip(PAGES, pages, statements, strict=True):
        name = path.removeprefix(HERE) or "the page of 50 learners"
        print(f"  {name:52}{seconds * 1000:8.2f} ms {seconds / bare:6.1f} x bare"
              f" {seconds / rows:6.1f} x counted  {number} statements")  # fmt: skip
    return max(statements) <= MOST_STATEMENTS


def _reading(engine: Engine) -> Callable[[], object]:
    """Return a call that counts what they did, and makes nothing of it."""

    def read() -> int:
        db.writing.set(False)
        with engine.connect() as connection:
            return sum(len(connection.execute(text(one)).all()) for one in (_STUDIED, _FAILED))

    return read


def _count(engine: Engine, call: Callable[[], str]) -> int:
    assert call() == "200 OK"
    with counted(engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


if __name__ == "__main__":
    sys.exit(main())
