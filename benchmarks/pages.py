"""CPU and SQL statements of public pages, beside a bare Flask page of twenty rows.

Run: .venv/bin/python -m benchmarks.pages [sqlite|postgresql]
Both are served by gunicorn as `academy up` does it, on the same database; the CPU time of the
server's processes comes from /proc. The second pair of columns has no server around it: WSGI
calls in this process with an environ that is built once, which is the sharper comparison.
Promises (issue "The academy stands"): at most 4 times the control, at most 3 statements for a
reader who is not signed in and 5 for one who is; a lesson with a case, a live session and an
answered thread may ask 4 (issue "The course modules"), a case that lessons use, too. The CPU is
promised for pages as everybody sees them; those of a learner who is signed in (a cookie, a sign-in
and her places to look up, none of which the control has) stand below for comparison.
"""

import contextlib
import statistics
import sys
from dataclasses import dataclass

from sqlalchemy import select

from academy import db
from academy.discussion.service import accept, reply, start_thread
from academy.learning.models import Lesson
from academy.learning.service import mark_read
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.site.demo.accounts import demo_learner
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import Scene, cookie_of, loaded_academy
from benchmarks.server import Server, serving
from tests.statements import counted

CASE = "/cases/nepal-community-forest-user-groups/"
LESSON = "/courses/principles/foundations/five-dimensions/"
PAGES = (
    "/",
    "/series/",
    "/series/sse-academy-2020/",
    "/live-sessions/sse-academy-2020-1/",
    "/series/sse-academy-next/",
    "/live-sessions/sse-academy-next-1/",
    "/figures/sse-academy-2020/",
    "/threads/",
    CASE,
    "/courses/",
    "/courses/principles/",
    LESSON,
)
MOST_TIMES, MOST_SIGNED_OUT, MOST_SIGNED_IN, MOST_WITH_TIES = 4.0, 3, 5, 4
ROUNDS, REQUESTS = 9, 40


@dataclass(frozen=True)
class Visit:
    """One page as one reader asks for it."""

    path: str
    cookie: str = ""

    @property
    def most_statements(self) -> int:
        """How many statements it may cost."""
        if self.cookie:
            return MOST_SIGNED_IN
        return MOST_WITH_TIES if self.path in {CASE, LESSON} else MOST_SIGNED_OUT

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.path} (signed in)" if self.cookie else self.path


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each page; return whether all keep the promise."""
    with loaded_academy(kind) as scene:
        learner = find_person_by_address(demo_learner().email)
        assert learner is not None
        talk_of_lesson(learner)
        cookie = cookie_of(scene.app, learner)
        db.session.remove()
        visits = [Visit(path, each) for each in ("", cookie) for path in PAGES]
        statements = [count_statements(scene, visit) for visit in visits]
        inside = time_inside(scene, visits)
        served = time_served(scene, visits)
    head = f"{kind + ': bare page of 20 rows':47}"
    print(
        f"{head}{served[0] * 1000:6.2f} ms  1.0 x  without server {inside[0] * 1000:5.2f} ms  1.0 x"
    )
    for number, visit in enumerate(visits, start=1):
        print(
            f"{visit.name:47}{served[number] * 1000:6.2f} ms {served[number] / served[0]:4.1f} x"
            f"  without server {inside[number] * 1000:5.2f} ms {inside[number] / inside[0]:4.1f} x"
            f"  {statements[number - 1]} statements"
        )
    few = all(n <= each.most_statements for n, each in zip(statements, visits, strict=True))
    return few and max(served[: len(PAGES) + 1]) <= MOST_TIMES * served[0]


def talk_of_lesson(learner: Person) -> None:
    """Let the lesson have a thread with an accepted answer, and a learner who has read it."""
    lesson = db.session.scalars(select(Lesson).where(Lesson.slug == LESSON.split("/")[-2])).one()
    asks = find_person_by_address("moderator@sse-academy.example")
    assert asks is not None
    thread, _ = start_thread(
        asks, "Which of the five?", "All at once?", subject_kind="lesson", subject_id=lesson.id
    )
    accept(reply(thread.id, asks, "One after another.").post, asks)
    mark_read(lesson, learner)


def count_statements(scene: Scene, visit: Visit) -> int:
    """Count what one request asks the database once the process is warm, BEGIN left out."""
    call = make_call(scene.app, visit.path, visit.cookie)
    call()
    with counted(scene.engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


def time_inside(scene: Scene, visits: list[Visit]) -> list[float]:
    """Return the CPU seconds of the control and of each visit, without a server."""
    calls = [make_call(bare_app(scene.engine), "/twenty")]
    calls += [make_call(scene.app, visit.path, visit.cookie) for visit in visits]
    assert {call() for call in calls} == {"200 OK"}
    return cpu_of(calls)


def time_served(scene: Scene, visits: list[Visit]) -> list[float]:
    """Return the CPU seconds that servers use for the control and for each visit."""
    logs = scene.var
    with contextlib.ExitStack() as stack:
        start = lambda app: stack.enter_context(  # noqa: E731
            serving(app, scene.environment, logs / f"{app}.log")
        )
        bare, academy = start("benchmarks.bare:app"), start("academy.wsgi:app")
        pairs = [(bare, Visit("/twenty")), *((academy, visit) for visit in visits)]
        for server, visit in pairs:
            _ask(server, visit, REQUESTS)
        taken: list[list[float]] = [[] for _pair in pairs]
        for _round in range(ROUNDS):
            for times, (server, visit) in zip(taken, pairs, strict=True):
                times.append(_ask(server, visit, REQUESTS))
    return [statistics.median(times) / REQUESTS for times in taken]


def _ask(server: Server, visit: Visit, times: int) -> float:
    connection, begin = server.connect(), server.cpu()
    for _number in range(times):
        connection.request("GET", visit.path, headers={"Cookie": visit.cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
    connection.close()
    return server.cpu() - begin


if __name__ == "__main__":
    sys.exit(main())
