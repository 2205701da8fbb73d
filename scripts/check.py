"""Every check and the whole suite: what `make test` runs, and in which order.

Each core takes the next step of the list as soon as it is done with one (two steps at a time on a
machine with one core). Each command's output is shown in full, in one piece,
when it ends; the last lines repeat how each one went.
Arguments are handed to pytest (`make test ARGS="tests/people -x"`).
"""

import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
#: Several run at once: none may write over what another one notes of its last run.
PYTEST = (str(BIN / "python"), "-m", "pytest", "-p", "no:cacheprovider")

#: What a command is called, its words, and the variables that it sees.
Step = tuple[str, tuple[str, ...], dict[str, str]]
#: What it is called, its exit code, and its closing line.
Result = tuple[str, int, str]
#: What pytest exits with where no test was wanted: a folder may have none for the browser.
NO_TESTS = 5

STATIC_CHECKS: tuple[Step, ...] = (
    ("ruff check", (str(BIN / "ruff"), "check", "."), {}),
    ("ruff format", (str(BIN / "ruff"), "format", "--check", "."), {}),
    ("mypy", (str(BIN / "mypy"),), {}),
    ("lint-imports", (str(BIN / "lint-imports"), "--no-logo"), {}),
)
#: What a browser shows and what whole sets of processes do is looked at once; what sees no
#: database is the same on both kinds. A browser keeps both cores busy, so it comes last.
SUITE: tuple[Step, ...] = (
    (
        "pytest on PostgreSQL",
        (*PYTEST, "-m", "not operations and not browser", "--database-only"),
        {"ACADEMY_TEST_DATABASE": "postgresql"},
    ),
    (
        "pytest on SQLite",
        (*PYTEST, "-m", "not operations and not browser"),
        {"ACADEMY_TEST_DATABASE": "sqlite"},
    ),
    ("pytest of processes", (*PYTEST, "-m", "operations"), {"ACADEMY_TEST_DATABASE": "sqlite"}),
    ("pytest in a browser", (*PYTEST, "-m", "browser"), {"ACADEMY_TEST_DATABASE": "postgresql"}),
)
#: One that is waiting for a server leaves its core to another one.
FEWEST_AT_A_TIME = 2

_printing = threading.Lock()


def main(arguments: list[str]) -> int:
    """Run the steps; 0 only when every command went well."""
    quick = arguments[:1] == ["--quick"]
    suite = [(name, (*words, *arguments), variables) for name, words, variables in SUITE]
    steps = STATIC_CHECKS if quick else (*suite, *STATIC_CHECKS)
    at_a_time = max(FEWEST_AT_A_TIME, os.cpu_count() or 1)
    with ThreadPoolExecutor(1 if quick else at_a_time) as pool:
        results = list(pool.map(run, steps))
    return report(results, may_find_nothing=bool(arguments))


def run(step: Step) -> Result:
    """Run one command and show what it said, whatever the others say."""
    name, command, variables = step
    started = time.monotonic()
    finished = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    with _printing:
        print(f"\n=== {name} " + "=" * (90 - len(name)))
        print(finished.stdout.rstrip(), flush=True)
    return name, finished.returncode, f"{seconds:6.1f} s  {verdict(finished)}"


def verdict(finished: subprocess.CompletedProcess[str]) -> str:
    """The closing line of the command, which for pytest counts what passed and was skipped."""
    lines = [line.strip("= ") for line in finished.stdout.splitlines() if line.strip()]
    return re.sub(r"\x1b\[[0-9;]*m", "", lines[-1]) if lines else ""


def report(results: list[Result], *, may_find_nothing: bool = False) -> int:
    """Print one line for each command; return the exit code of all.

    Where tests were chosen, a step may have none of them, but not all steps.
    """
    found_tests = any(code == 0 for name, code, _words in results if name.startswith("pytest"))
    fine = {0, NO_TESTS} if may_find_nothing and found_tests else {0}
    print("\n=== How it went " + "=" * 80)
    for name, code, words in results:
        print(f"{'ok    ' if code in fine else 'FAILED'}  {name:22} {words}")
    return 0 if all(code in fine for _name, code, _words in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
