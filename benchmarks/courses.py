"""A thousand lessons checked and loaded by the command, as an author or a new machine does it.

Run: .venv/bin/python -m benchmarks.courses [sqlite|postgresql]
Five courses of 200 lessons (two in two languages), each lesson with four sections, a figure, a case
and a quiz of five questions. Controls in the same run: a process that reads the same files, their
YAML by libyaml and their Markdown once, with no check; and one that stores their bytes in a single
transaction. Promises (issue "The course modules"): checked in under 10 s, loaded in under 20 s.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from academy.db import session
from academy.learning.models import Lesson
from benchmarks.many_courses import COURSES, LESSONS, MODULES, write_courses
from benchmarks.scene import loaded_academy

CHECKED_IN, LOADED_IN = 10.0, 20.0
READ = """
import sys, yaml
from pathlib import Path
from markdown_it import MarkdownIt
reader = MarkdownIt("commonmark").enable("table")
for file in sorted(Path(sys.argv[1]).rglob("*")):
    if file.suffix == ".yaml":
        yaml.load(file.read_text(), yaml.CSafeLoader)
    elif file.suffix == ".md":
        _none, head, text = file.read_text().split("---", 2)
        yaml.load(head, yaml.CSafeLoader), reader.render(text)
"""
#: A small process between, for a child's peak of memory begins with that of who started it.
LAUNCH = """
import json, os, subprocess, sys, time
begin = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_pid, status, used = os.wait4(child.pid, 0)
print(json.dumps([time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
sys.exit(status != 0)
"""
STORE = """
import sys
from pathlib import Path
from sqlalchemy import create_engine, text
rows = [{"path": str(file), "data": file.read_bytes()}
        for file in sorted(Path(sys.argv[1]).rglob("*")) if file.is_file()]
engine = create_engine(sys.argv[2])
kind = "bytea" if engine.dialect.name == "postgresql" else "blob"
with engine.begin() as connection:
    connection.execute(text(f"CREATE TABLE bare_files (path text PRIMARY KEY, data {kind})"))
    connection.execute(text("INSERT INTO bare_files VALUES (:path, :data)"), rows)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process cost."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    with tempfile.TemporaryDirectory(prefix="academy-courses-") as folder:
        write_courses(Path(folder))
        well = [measure(kind, folder) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str, folder: str) -> bool:
    """Print a line for each command; return whether the promises are kept."""
    with loaded_academy(kind) as scene:
        session.remove()
        url = scene.environment["ACADEMY_DATABASE_URL"]
        academy = ("-m", "academy", "content")
        print(f"{kind + ': 1,000 lessons':44}{'took':>9}{'CPU':>9}{'memory':>9}")
        _say("(read once, not checked)", _run("-c", READ, folder))
        checked = _say("academy content check", _run(*academy, "check", folder))
        _say("(bytes stored in one transaction)", _run("-c", STORE, folder, url))
        loaded = _say("academy content load", _run(*academy, "load", folder, **scene.environment))
        _say("again, unchanged", _run(*academy, "load", folder, **scene.environment))
        loaded_now = select(func.count()).where(Lesson.key.like("course-%"))
        assert session.scalar(loaded_now) == COURSES * MODULES * LESSONS
    kept = checked.seconds < CHECKED_IN and loaded.seconds < LOADED_IN
    print(f"{'Kept' if kept else 'Missed'}: in under {CHECKED_IN:.0f} and {LOADED_IN:.0f} s")
    return kept


def _run(*command: str, **environment: str) -> Run:
    """Run Python on `command` and return what it cost."""
    whole = [sys.executable, "-c", LAUNCH, sys.executable, *command]
    said = subprocess.run(whole, env=os.environ | environment, check=True, capture_output=True)
    return Run(*json.loads(said.stdout))


def _say(name: str, run: Run) -> Run:
    print(f"  {name:42}{run.seconds:7.1f} s{run.cpu:7.1f} s{run.megabytes:6.0f} MB", flush=True)
    return run


if __name__ == "__main__":
    sys.exit(main())
