"""100,000 messages planned: seconds and statements, beside rows that the driver merely stores.

Run: .venv/bin/python -m benchmarks.planning [sqlite|postgresql]
The scene: 25,000 people of five zones with a place at one live session that is between three and
four days away. Planning finds them, sees when each reminder is due on their clocks, and stores four
messages for each that are not planned yet. The control stores the same 100,000 finished rows
through the bare driver, row by row of one prepared statement, into the same emptied table.
Promise (issue "The message that arrives"): 100,000 messages in under 10 seconds and 6 statements.
"""

import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from academy.db import now
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.reminders.service import plan_reminders
from benchmarks.scene import loaded_academy
from tests.statements import counted

PEOPLE = 25_000
MESSAGES = 4 * PEOPLE
SECONDS, STATEMENTS = 10, 6
ROUNDS = 3
ZONES = ("Asia/Kathmandu", "Asia/Kuala_Lumpur", "America/Sao_Paulo", "Asia/Kabul", "Europe/Rome")


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print what planning takes; return whether the promise is kept."""
    with loaded_academy(kind) as scene:
        with scene.engine.begin() as connection:
            connection.execute(text("UPDATE live_sessions SET status = 'draft'"))
            fill(connection, PEOPLE)
        taken, bare, again, number = _best(scene.engine)
    print(f"{kind}: {MESSAGES:,} messages to {PEOPLE:,} people")
    print(f"  {'the rows alone, by the driver (the control)':48}{bare:7.2f} s   1.0 x")
    print(f"  {'planned':48}{taken:7.2f} s {taken / bare:5.1f} x  {number} statements")
    print(f"  {'planned already':48}{again:7.2f} s {again / bare:5.1f} x")
    print(f"  {'promised':48}{SECONDS:7.2f} s          {STATEMENTS} statements")
    return taken < SECONDS and number <= STATEMENTS


def _best(engine: Engine) -> tuple[float, float, float, int]:
    """Return the least seconds of planning, of the control and of planning again; statements."""
    taken, bare, again = [], [], []
    for _round in range(ROUNDS):
        _empty(engine)
        with counted(engine) as statements:
            taken.append(_plan(MESSAGES))
        again.append(_plan(0))
        bare.append(_store(engine, _take_out(engine)))
    return min(taken), min(bare), min(again), len(statements)


def _plan(expected: int) -> float:
    begin = time.perf_counter()
    planned = plan_reminders()
    seconds = time.perf_counter() - begin
    if planned != expected:
        raise RuntimeError(f"{planned} messages were planned")
    return seconds


def _take_out(engine: Engine) -> Sequence[Any]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM messages").all()
    _empty(engine)
    return [tuple(row) for row in rows]


def _store(engine: Engine, rows: Sequence[Any]) -> float:
    mark = "%s" if engine.dialect.name == "postgresql" else "?"
    marks = ", ".join([mark] * len(rows[0]))
    begin = time.perf_counter()
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        cursor.executemany(
            f"INSERT INTO messages VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608 (our marks)
            rows,
        )
    return time.perf_counter() - begin


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM messages"))
    vacuum = engine.execution_options(isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "postgresql":
        with vacuum.connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def fill(connection: Connection, people: int) -> int:
    """Store one live session that is near with so many who have a place; return its series."""
    at = now()
    series: int = _one(connection, Series, slug="all", title="All", zone="UTC", status="published")
    live_session = _one(
        connection, LiveSession, series_id=series, slug="all-1", number=1, title="One",
        starts_at=_near(at), minutes=150, zone="UTC", status="published",
    )  # fmt: skip
    first = 1 + connection.execute(text("SELECT max(id) FROM persons")).scalar_one()
    offset = (
        1 + (connection.execute(text("SELECT max(id) FROM registrations")).scalar() or 0) - first
    )
    numbers = range(first, first + people)
    connection.execute(insert(Person), [
        {"id": n, "name": f"Person {n}", "called": "", "zone": ZONES[n % 5]} for n in numbers
    ])  # fmt: skip
    connection.execute(insert(EmailAddress), [
        {"person_id": n, "address": f"p{n}@example.org", "normal": f"p{n}@example.org",
         "is_primary": True, "source": "import"} for n in numbers
    ])  # fmt: skip
    connection.execute(insert(Registration), [
        {"id": n + offset, "person_id": n, "series_id": series,
         "registered_at": at - timedelta(days=30)} for n in numbers
    ])  # fmt: skip
    connection.execute(insert(Place), [
        {"registration_id": n + offset, "live_session_id": live_session, "state": "going"}
        for n in numbers
    ])  # fmt: skip
    return series


def _near(at: datetime) -> datetime:
    """Return the last 11:00 UTC within four days, when none of the zones is asleep."""
    eleven = (at + timedelta(days=4)).replace(hour=11, minute=0, second=0, microsecond=0)
    return eleven if eleven <= at + timedelta(days=4) else eleven - timedelta(days=1)


def _one(connection: Connection, model: Any, **values: Any) -> int:
    return connection.execute(insert(model).values(**values).returning(model.id)).scalar_one()


if __name__ == "__main__":
    sys.exit(main())
