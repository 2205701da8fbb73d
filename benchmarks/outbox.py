"""The outbox page over a million messages: CPU, time and statements of each view of it.

Run: .venv/bin/python -m benchmarks.outbox [sqlite|postgresql] [MESSAGES]
The scene: 20,000 people and a million messages about 13 live sessions of a series; all were sent
but 500 that failed, 20,000 that were suppressed and 20,000 that wait. The page is asked for as it
opens, deep in its middle, by state, kind, live session and name, and in the order of leaving.
The control is a bare Flask page of twenty rows from the same database. CPU is that of this process;
PostgreSQL's own is in the seconds on the clock.
Promises: 5 statements (issue "The message that arrives"), and under 100 ms of CPU and on the clock.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from sqlalchemy import Connection, Engine, insert, text

from academy.people.models import EmailAddress, Person
from benchmarks.bare import bare_app
from benchmarks.measuring import make_call
from benchmarks.scene import Scene, loaded_academy, staff_cookie
from tests.statements import counted

MESSAGES = 1_000_000
PEOPLE = 20_000
LIVE_SESSIONS = 13
MOST_STATEMENTS, MOST_SECONDS = 5, 0.100
ROUNDS = 7
START = datetime(2020, 5, 2, 6, tzinfo=UTC)
HERE = "/desk/messages/"

_MESSAGES = """
INSERT INTO messages (person_id, occasion, kind, channel, address, subject, text, state, reason,
                      cause, attempts, due_at, sent_at, perhaps_twice, message_id, created_at)
SELECT {first} + n % {people}, 'live-session:' || (n / {people} % {live_sessions} + 1) || ':x' || n,
       CASE n % 4 WHEN 0 THEN 'reminder_three_days' WHEN 1 THEN 'reminder_one_day'
                  WHEN 2 THEN 'reminder_one_hour' ELSE 'registered' END,
       'mail', 'p' || (n % {people}) || '@example.org', 'The live session of this week',
       '{words}',
       CASE WHEN n % 2000 = 7 THEN 'failed' WHEN n % 50 = 3 THEN 'suppressed'
            WHEN n > {messages} * 0.98 THEN 'planned' ELSE 'sent' END,
       '', CASE WHEN n % 50 = 3 THEN 'missed' ELSE '' END, 1, {moment},
       CASE WHEN n % 2000 = 7 OR n % 50 = 3 OR n > {messages} * 0.98 THEN NULL ELSE {moment} END,
       {no}, '<' || n || '@example.org>', {moment}
  FROM {numbers}
"""
_NUMBERS = {
    "postgresql": "generate_series(1, {messages}) AS numbers(n)",
    "sqlite": "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
    " WHERE n < {messages}) SELECT n FROM c) AS numbers",
}
_MOMENTS = {
    "postgresql": "timestamptz '2020-05-02 06:00Z' + n * interval '1 second'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', 1588399200 + n, 'unixepoch')",
}


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    kinds = [word for word in sys.argv[1:] if not word.isdigit()] or ["sqlite", "postgresql"]
    messages = next((int(word) for word in sys.argv[1:] if word.isdigit()), MESSAGES)
    well = [measure(kind, messages) for kind in kinds]
    return 0 if all(well) else 1


def measure(kind: str, messages: int) -> bool:
    """Print a line for each view; return whether all keep the promises."""
    with loaded_academy(kind) as scene:
        with scene.engine.begin() as connection:
            _fill(connection, messages)
        _tidy(scene.engine)
        cookie = staff_cookie(scene)
        gc.collect()
        gc.freeze()
        calls = {name: make_call(scene.app, HERE + query, cookie)
                 for name, query in _views(messages).items()}  # fmt: skip
        bare = _measured(make_call(bare_app(scene.engine), "/twenty"))
        found = {name: (*_measured(call), _count(scene, call)) for name, call in calls.items()}
    print(f"{kind}: {messages:,} messages")
    print(f"  {'a bare page of 20 rows (the control)':44}{_told(bare, bare)}")
    for name, (cpu, clock, number) in found.items():
        print(f"  {name:44}{_told((cpu, clock), bare)} {number} statements")
    is_light = all(max(cpu, clock) < MOST_SECONDS for cpu, clock, _number in found.values())
    return is_light and max(row[2] for row in found.values()) <= MOST_STATEMENTS


def _views(messages: int) -> dict[str, str]:
    middle = f"after={messages // 2},{quote(START.isoformat())}"
    return {
        "as it opens": "",
        "deep in the middle": f"?{middle}",
        "sent": "?show=sent",
        "sent, deep in the middle": f"?show=sent&{middle}",
        "waiting, next to leave first": "?show=waiting&sort=next",
        "failed": "?show=failed",
        "not sent": "?show=not-sent",
        "missed": "?show=missed",
        "of one kind": "?kind=reminder_one_day",
        "of one kind, waiting": "?kind=reminder_one_day&show=waiting",
        "of one kind, failed": "?kind=registered&show=failed",
        "of one live session": "?live_session=3",
        "of one live session, failed": "?live_session=3&show=failed",
        "to one person": "?whom=p17%40example.org",
        "to everybody of a name": "?whom=person",
        "to a person who is nobody": "?whom=nobody+of+this+name",
    }


def _told(taken: Sequence[float], bare: Sequence[float]) -> str:
    cpu, clock = taken
    return f"{cpu * 1000:8.1f} ms CPU {cpu / bare[0]:6.1f} x {clock * 1000:8.1f} ms"


def _measured(call: Callable[[], str]) -> tuple[float, float]:
    """Return the median CPU seconds of one call, and the median on the clock."""
    status = call()
    assert status == "200 OK", status
    cpu, clock = [], []
    for _round in range(ROUNDS):
        begin = time.process_time(), time.perf_counter()
        call()
        cpu.append(time.process_time() - begin[0])
        clock.append(time.perf_counter() - begin[1])
    return statistics.median(cpu), statistics.median(clock)


def _count(scene: Scene, call: Callable[[], object]) -> int:
    with counted(scene.engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


def _fill(connection: Connection, messages: int) -> None:
    kind = connection.dialect.name
    first = 1 + connection.execute(text("SELECT max(id) FROM persons")).scalar_one()
    connection.execute(insert(Person), [
        {"id": first + n, "name": f"Person {n}", "called": "", "zone": "Asia/Kathmandu"}
        for n in range(PEOPLE)
    ])  # fmt: skip
    connection.execute(insert(EmailAddress), [
        {"person_id": first + n, "address": f"p{n}@example.org", "normal": f"p{n}@example.org",
         "is_primary": True, "source": "import"} for n in range(PEOPLE)
    ])  # fmt: skip
    connection.connection.cursor().execute(_MESSAGES.format(
        first=first, people=PEOPLE, live_sessions=LIVE_SESSIONS, messages=messages,
        words="The words of a message, as long as they usually are. " * 20, moment=_MOMENTS[kind],
        no="false" if kind == "postgresql" else "0",
        numbers=_NUMBERS[kind].format(messages=messages),
    ))  # fmt: skip


def _tidy(engine: Engine) -> None:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        is_large = engine.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_large else "ANALYZE"))


if __name__ == "__main__":
    sys.exit(main())
