"""A million rows of evidence recomputed and written back, beside SQL that only merges them.

Run: make bench ARGS=recompute, or `.venv/bin/python -m benchmarks.recompute [IDENTITIES]`.

The scene: 200 live sessions of 150 minutes, each with 500 identities (or IDENTITIES) of as many
people as there are, who connect so often that there are 5,000 rows a live session, some of them
overlapping, some beginning before the start; every fifth identity is matched to nobody. PostgreSQL
as the tests start it, which waits for no disk, vacuumed, on this machine.

The control is one statement that merges the same intervals by range_agg for the same people and
stays inside the server: it clips nothing, counts no minutes, compares nothing and writes nothing.
The same for each identity by itself, without asking whose they are, is printed beside it.

Promise: reading, counting, comparing and writing take no longer than the control in the same run,
where the rows stand already unchanged and where each of them is wrong and written anew. The third
case, all rows new, is printed for what it is.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from academy import db
from academy.attendance.models import AttendanceImport
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service.recomputes import Changes
from academy.db import session, transaction
from academy.lib.migrations import upgrade
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series, UploadedFile
from tests.servers import postgresql_server

LIVE_SESSIONS = 200
ROWS = 1_000_000
ROUNDS = 5
START = datetime(2020, 5, 2, 6, tzinfo=UTC)

SCENE = """
INSERT INTO identities (live_session_id, key, shown_name, names, original_names, email, external_id,
                        role, excluded_because)
SELECT l, 'name:' || i, 'Person Number' || i, json_build_array('Person Number' || i), '[]',
       CASE WHEN i % 5 > 0 THEN 'p' || i || '@example.org' ELSE '' END, '', 'attendee', ''
  FROM generate_series(1, {live_sessions}) l, generate_series(1, {identities}) i ORDER BY l, i;
UPDATE identities SET shown_name = 'Guest', names = '["iPhone"]' WHERE email = '';
INSERT INTO evidence (live_session_id, source, import_id, identity_id, row_number, cells, joined_at,
                      left_at, stated_minutes, recorded_at)
SELECT l, 'file', l, (l - 1) * {identities} + i, k * {identities} + i,
       json_build_object('Name (Original Name)', 'Person Number' || i, 'User Email',
         'p' || i || '@example.org', 'Join Time', '05/02/2020 02:00:00 PM', 'Leave Time',
         '05/02/2020 02:10:00 PM', 'Duration (Minutes)', '15', 'Guest', 'Yes'),
       s + (k * 9000 / {times} + floor(random() * 400) - 100) * interval '1 second',
       s + (k * 9000 / {times} + 300 + floor(random() * 9000 / {times})) * interval '1 second',
       15, now()
  FROM generate_series(1, {live_sessions}) l, generate_series(0, {times} - 1) k,
       generate_series(1, {identities}) i,
       LATERAL (SELECT timestamptz '2020-05-02 06:00Z' + l * interval '1 day' AS s) starts
 ORDER BY l, k, i;
"""
BY_PERSON = """
SELECT count(merged) FROM (
  SELECT e.live_session_id, coalesce(m.person_id, -i.id), range_agg(tstzrange(joined_at, left_at))
         AS merged
    FROM evidence e JOIN identities i ON i.id = e.identity_id
    LEFT JOIN matches m ON m.identity_id = i.id AND m.undone_at IS NULL
   GROUP BY 1, 2 OFFSET 0) all_merged
"""
BY_IDENTITY = """
SELECT count(merged) FROM (
  SELECT identity_id, range_agg(tstzrange(joined_at, left_at)) AS merged FROM evidence
   GROUP BY 1 OFFSET 0) all_merged
"""


def main() -> int:
    """Print the figures; return 1 where the promise is missed."""
    identities = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with postgresql_server() as url:
        upgrade(db.configure(url))
        _make_scene(identities)
        ladder = _timed(lambda: recompute_series(1))
        _sql("VACUUM ANALYZE")
        found = _measure()
        ladder_again = _timed(lambda: recompute_series(1))
        session.remove()
    control = found["merged by SQL for the same people (the control)"]
    for name, seconds in found.items():
        print(f"{name:56} {seconds:6.2f} s {seconds / control:6.2f} x")
    print(f"{'the whole command with the ladder, from nothing':56} {ladder:6.2f} s")
    print(f"{'the whole command with the ladder, unchanged':56} {ladder_again:6.2f} s")
    promised = (found["recomputed, all rows unchanged"], found["recomputed, all rows changed"])
    return 0 if max(promised) <= control else 1


def _make_scene(identities: int) -> None:
    times = ROWS // LIVE_SESSIONS // identities
    facts = {"identities": identities, "times": times, "live_sessions": LIVE_SESSIONS}
    print(f"{LIVE_SESSIONS} live sessions x {identities} identities x {times} rows = "
          f"{LIVE_SESSIONS * identities * times:,}\n")  # fmt: skip
    _make_series(identities)
    for statement in SCENE.format(**facts).split(";\n"):
        if statement.strip():
            _sql(statement)
    _sql("VACUUM ANALYZE")


def _make_series(people: int) -> None:
    """Store the series with its live sessions and a file each, and people with addresses."""
    with transaction() as current:
        series = Series(slug="bench", title="Bench", zone="UTC", status="published")
        for number in range(1, LIVE_SESSIONS + 1):
            series.live_sessions.append(LiveSession(
                slug=f"bench-{number}", number=number, title="One", minutes=150, zone="UTC",
                starts_at=START + timedelta(days=number), status="published",
            ))  # fmt: skip
        current.add(series)
        for live_session in series.live_sessions:
            file = UploadedFile(name="z.csv", sha256=live_session.slug, size=1, content=b"x")
            current.add(AttendanceImport(live_session=live_session, file=file, zone="UTC",
                                         format="zoom-participants", state="done"))  # fmt: skip
        for number in range(1, people + 1):
            address = f"p{number}@example.org"
            person = create_person(f"Person Number{number}", address, source="import")
            current.add(Registration(series=series, person=person))


def _sql(statement: str) -> None:
    engine = session.get_bind()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def _measure() -> dict[str, float]:
    """Return the median seconds of each; controls and recomputations take turns."""
    steps: dict[str, Callable[[], float]] = {
        "merged by SQL for the same people (the control)": lambda: _timed(_query(BY_PERSON)),
        "merged by SQL for each identity by itself": lambda: _timed(_query(BY_IDENTITY)),
        "recomputed, all rows unchanged": lambda: _recompute("", kept=True),
        "recomputed, all rows changed": lambda: _recompute(
            "UPDATE attendances SET minutes = minutes + 1, intervals = '[]'"
        ),
        "recomputed, from nothing": lambda: _recompute("TRUNCATE attendances, tallies"),
    }
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _round in range(ROUNDS):
        for name, step in steps.items():
            taken[name].append(step())
    return {name: statistics.median(times) for name, times in taken.items()}


def _query(statement: str) -> Callable[[], object]:
    engine = session.get_bind()

    def run() -> None:
        with engine.connect() as connection:
            connection.execute(text(statement)).all()

    return run


def _recompute(spoil: str, *, kept: bool = False) -> float:
    if spoil:
        _sql(spoil)
        _sql("VACUUM ANALYZE attendances")
    seconds, changes = _attendance()
    written = changes.changed + changes.added
    if (written == 0) != kept:
        raise RuntimeError(f"{written} rows were written")
    return seconds


def _attendance() -> tuple[float, Changes]:
    """Recompute the attendance of all live sessions by the matches that stand."""
    begin = time.perf_counter()
    changes = recompute_series(1, with_ladder=False)
    return time.perf_counter() - begin, changes


def _timed(step: Callable[[], object]) -> float:
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
