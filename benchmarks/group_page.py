"""A facilitators' page of 1,000 learners: CPU and statements, beside a bare page.

Run: .venv/bin/python -m benchmarks.group_page [sqlite|postgresql]
The course *Principles* belongs to a series of 1,000 registrants, who read two of three lessons and
tried half of the quizzes. Controls in the same run: a bare Flask page of twenty rows, and one
SELECT by hand that only adds up what each of them read and reached. Promise (issue "The course
modules"): 6 statements, the one that asks who is signed in included, whatever is looked for.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert, select, text

from academy import db
from academy.config import ROOT
from academy.learning.checking import read_courses
from academy.learning.models import Attempt, Course, Lesson, Study
from academy.learning.service import load_courses
from academy.programme.models import Registration, Series
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import loaded_academy, staff_cookie
from tests.attendance.matrix_year import PEOPLE, fill_year
from tests.statements import counted

MOST_STATEMENTS, ROUNDS = 6, 5
HERE = "/desk/courses/principles/learners/"
PAGES = (
    HERE,
    f"{HERE}?show=hand",
    f"{HERE}?show=stuck&country=NP&sort=quiz",
    f"{HERE}?sort=-quiz&page=3",
    f"{HERE}?q=person+1009",
)
BY_HAND = text(
    "SELECT r.person_id, count(s.read_at), sum(s.best) FROM registrations r JOIN series z ON "
    "z.id = r.series_id LEFT JOIN lesson_studies s ON s.person_id = r.person_id "
    "WHERE z.slug = 'year' GROUP BY r.person_id"
)


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each page; return whether all keep the promise."""
    with loaded_academy(kind) as scene:
        with scene.engine.begin() as connection:
            fill_year(connection)
        fill_course()
        cookie = staff_cookie(scene)
        calls = [make_call(scene.app, path, cookie) for path in PAGES]
        statements = [_count(scene.engine, call) for call in calls]
        controls = [make_call(bare_app(scene.engine), "/twenty"), _by_hand(scene.engine)]
        bare, rows, *pages = cpu_of([*controls, *calls], ROUNDS)
    print(f"{kind}: {PEOPLE} learners")
    print(f"  {'a bare page of 20 rows':52}{bare * 1000:8.2f} ms")
    print(f"  {'what each read and reached, one SELECT by hand':52}{rows * 1000:8.2f} ms")
    for path, seconds, number in zip(PAGES, pages, statements, strict=True):
        name = path.removeprefix(HERE) or "the page of the group"
        print(f"  {name:52}{seconds * 1000:8.2f} ms {seconds / bare:6.1f} x bare"
              f" {seconds / rows:6.1f} x rows  {number} statements")  # fmt: skip
    kept = max(statements) <= MOST_STATEMENTS
    print(f"{'Kept' if kept else 'Missed'}: at most {MOST_STATEMENTS} statements")
    return kept


def fill_course() -> None:
    """Let the course belong to the series of the thousand, and let them study."""
    with TemporaryDirectory() as folder:
        course = shutil.copytree(ROOT / "courses/principles", Path(folder, "principles"))
        plan = course / "course.yaml"
        plan.write_text(plan.read_text().replace("series: sse-academy-2020", "series: year"))
        cases = {file.stem for file in (ROOT / "courses/cases").glob("*.yaml")}
        load_courses(read_courses(Path(folder), cases).courses, withdraws=False)
    with db.transaction() as current:
        lessons = current.scalars(
            select(Lesson.id).join(Course).where(Course.slug == "principles", Lesson.position > 0)
        ).all()
        learners = current.scalars(
            select(Registration.person_id).join(Series).where(Series.slug == "year")
        ).all()
        pairs = [(one, lesson) for one in learners for lesson in lessons]
        current.execute(insert(Study), [_study(*pair) for pair in pairs if sum(pair) % 3])
        current.execute(insert(Attempt), [_attempt(*pair) for pair in pairs if sum(pair) % 2])


def _study(person: int, lesson: int) -> dict[str, object]:
    best = 7 * (person + lesson) % 101 if (person + lesson) % 2 else None
    return {"person_id": person, "lesson_id": lesson, "note": "", "read_at": db.now(), "best": best}


def _attempt(person: int, lesson: int) -> dict[str, object]:
    return {
        "person_id": person, "lesson_id": lesson, "drawn": [], "answers": {},
        "handed_in_at": db.now(), "percent": 7 * (person + lesson) % 101,
    }  # fmt: skip


def _by_hand(engine: Engine) -> Callable[[], object]:
    def read() -> int:
        db.writing.set(False)
        with engine.connect() as connection:
            return len(connection.execute(BY_HAND).all())

    return read


def _count(engine: Engine, call: Callable[[], str]) -> int:
    assert call() == "200 OK"
    with counted(engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


if __name__ == "__main__":
    sys.exit(main())
