"""Import of a 100,000-row attendance file: rows a second and memory, beside bare csv.reader.

Run: .venv/bin/python benchmarks/attendance_import.py [ROWS]
Promises (issue "The academy stands"): at least 20,000 rows a second read and matched, under 300 MB.
The worst case for memory is a file in which every row is somebody else; it is read by the command,
in a process of its own, and is to stay under 260 MB.
"""

import csv
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from academy import db
from academy.attendance.matching.candidates import Candidate, Identity, Known
from academy.attendance.matching.ladder import match_all
from academy.attendance.reading.files import read_attendance
from academy.attendance.service import import_attendance
from academy.lib.migrations import upgrade
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series

HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
START = datetime(2020, 5, 2, 14, 0)  # noqa: DTZ001 (Zoom's clock has no zone)
PEOPLE = 5_000


SYLLABLES = ("ka", "mi", "so", "ra", "nu", "te", "li", "bo", "sha", "pra")


def name_of(number: int) -> str:
    """Return one of 10,000 names of two words, like none of the others."""
    a, b, c, d = (number // 10**place % 10 for place in range(4))
    first, last = SYLLABLES[a] + SYLLABLES[b], SYLLABLES[c] + SYLLABLES[d]
    return f"{first.title()}n {last.title()}wati"


def make_file(rows: int, people: int = PEOPLE) -> bytes:
    """Return a participants report: people who rejoin, a third of them without an address."""
    return "\n".join([HEADER, *_lines(rows, people), ""]).encode()


def _lines(rows: int, people: int) -> Iterator[str]:
    for number in range(rows):
        person = number % people
        joined = START + timedelta(seconds=(number // people) * 400 + person % 300)
        left = joined + timedelta(seconds=390)
        email = f"person{person}@example.org" if person % 3 else ""
        clock = "%m/%d/%Y %I:%M:%S %p"
        name = name_of(person) if people <= PEOPLE else f"{name_of(person)} ({person} of all)"
        yield f"{name},{email},{joined:{clock}},{left:{clock}},7,Yes"


def _timed(step: Callable[[], object]) -> float:
    """Return the CPU seconds: what else the machine does meanwhile is no part of it."""
    begin = time.process_time()
    step()
    return time.process_time() - begin


def _read_and_match(data: bytes) -> None:
    file = read_attendance(data, "zoom.csv", on=START.date())
    known = Known([
        Candidate(n, name_of(n), frozenset({f"person{n}@example.org"})) for n in range(PEOPLE)
    ])  # fmt: skip
    match_all([Identity(str(n), p.names, email=p.email) for n, p in enumerate(file.people)], known)


def _fill(folder: str) -> LiveSession:
    upgrade(db.configure(f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
    with db.transaction() as session:
        series = Series(slug="bench", title="Bench", zone="Asia/Kuala_Lumpur", status="published")
        series.live_sessions.append(LiveSession(
            slug="bench-1", number=1, title="One", minutes=150, zone="Asia/Kuala_Lumpur",
            starts_at=datetime(2020, 5, 2, 6, 0, tzinfo=UTC), status="published",
        ))  # fmt: skip
        session.add(series)
        for number in range(PEOPLE):
            address = f"person{number}@example.org"
            person = create_person(name_of(number), address, source="import")
            session.add(Registration(series=series, person=person))
    return series.live_sessions[0]


def _tell(what: str, rows: int, seconds: float, control: float) -> None:
    print(f"{what:34} {rows / seconds:10,.0f} rows/s  {seconds / control:5.1f} x")


def _read_alone(data: bytes, folder: str) -> tuple[float, float]:
    """Return the CPU seconds and the megabytes of `academy attendance read --json` at its peak."""
    path = Path(folder) / "worst.csv"
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "academy", "attendance", "read", str(path), "--json"]
    subprocess.run([*command, "--on", "2020-05-02"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, after.ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    # First of all, for a child is measured with what its parent held when it was born.
    with tempfile.TemporaryDirectory() as folder:
        alone, worst = _read_alone(make_file(rows, people=rows), folder)
    data = make_file(rows)
    control = _timed(lambda: list(csv.reader(io.StringIO(data.decode()))))
    reading = _timed(lambda: _read_and_match(data))
    with tempfile.TemporaryDirectory() as folder:
        live_session = _fill(folder)
        whole = _timed(lambda: import_attendance(live_session, data, "zoom.csv"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _tell("bare csv.reader", rows, control, control)
    _tell("read and matched", rows, reading, control)
    _tell("the same, stored as evidence", rows, whole, control)
    _tell("every row somebody else, as JSON", rows, alone, control)
    print(f"{'peak memory of the first three':34} {peak:10,.0f} MB")
    print(f"{'peak memory of the last':34} {worst:10,.0f} MB")


if __name__ == "__main__":
    main()
