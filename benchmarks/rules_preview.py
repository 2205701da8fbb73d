"""What other rules would do to a year of live sessions: CPU of the page, beside a bare one.

Run: .venv/bin/python -m benchmarks.rules_preview [sqlite|postgresql]
The scene: 52 live sessions of 1,000 people, six in ten of whom came each time by two connections;
the preview of a smallest stay of half an hour counts all of them anew, and asks the figures.
The control in the same run is one SELECT by hand of the same 63,000 rows of evidence and 31,000 of
attendance, and nothing done with them; and a bare Flask page of twenty rows.
Promise: a page that is asked for and waited for takes no more than a second of CPU.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection, Engine, bindparam, select, text, update

from academy.attendance.models import Evidence
from academy.db import table_of
from academy.programme.models import LiveSession
from benchmarks.bare import bare_app
from benchmarks.measuring import make_call
from benchmarks.scene import loaded_academy, staff_cookie
from tests.attendance.matrix_year import PEOPLE, WEEKS, fill_year
from tests.statements import counted

HERE = "/desk/series/year/rules/preview?smallest_stay=30"
MOST_SECONDS = 1.0
ROUNDS = 5
_EVIDENCE = """
SELECT e.live_session_id, e.identity_id, e.joined_at, e.left_at, e.stated_minutes FROM evidence e
  JOIN identities i ON i.id = e.identity_id
"""
_ATTENDANCES = "SELECT live_session_id, person_id, intervals, minutes FROM attendances"


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print the figures; return whether the promise is kept."""
    with loaded_academy(kind) as scene:
        with scene.engine.begin() as connection:
            fill_year(connection)
            _say_when(connection)
        call = make_call(scene.app, HERE, staff_cookie(scene))
        bare = _cpu_of(make_call(bare_app(scene.engine), "/twenty"))
        rows = _cpu_of(lambda: _read(scene.engine))
        status = call()
        assert status == "200 OK", status
        with counted(scene.engine) as statements:
            page = _cpu_of(call, 1)
        page = min(page, _cpu_of(call))
    print(f"{kind}: {PEOPLE} people x {WEEKS} live sessions")
    print(f"  {'a bare page of 20 rows':44}{bare * 1000:8.1f} ms CPU")
    print(f"  {'the rows, two SELECTs by hand (the control)':44}{rows * 1000:8.1f} ms CPU   1.0 x")
    print(f"  {'the preview of other rules':44}{page * 1000:8.1f} ms CPU {page / rows:5.1f} x"
          f"  {len(statements)} statements")  # fmt: skip
    return page < MOST_SECONDS


def _cpu_of(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    taken = []
    for _round in range(rounds):
        begin = time.process_time()
        call()
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def _read(engine: Engine) -> None:
    with engine.connect() as connection:
        for statement in (_EVIDENCE, _ATTENDANCES):
            connection.execute(text(statement)).all()


def _say_when(connection: Connection) -> None:
    """Let each of the two connections last for its own part of the live session."""
    evidence = table_of(Evidence)
    found = connection.execute(
        select(evidence.c.id, LiveSession.starts_at)
        .join(LiveSession, LiveSession.id == evidence.c.live_session_id)
        .where(evidence.c.source == "file")
    )
    statement = update(evidence).where(evidence.c.id == bindparam("which"))
    connection.execute(
        statement.values(joined_at=bindparam("joined"), left_at=bindparam("left")),
        [
            {"which": number, "joined": starts + timedelta(minutes=number % 70),
             "left": starts + timedelta(minutes=number % 70 + 8 + number % 13)}
            for number, starts in found
        ],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
