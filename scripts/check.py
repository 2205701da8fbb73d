"""Every check and the whole suite: what `make test` runs, and in which order.

Two lanes run at the same time, for two cores: the static checks and then the suite on PostgreSQL,
which also drives the browser; the suite on SQLite and the processes of production. Each command's
output is shown in full, in one piece, when it ends; the last lines repeat how each one went.
Arguments are handed to pytest (`make test ARGS="tests/people -x"`).
"""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "python"), "-m", "pytest")

#: What a command is called, its words, and the variables that it sees.
Step = tuple[str, tuple[str, ...], dict[str, str]]

STATIC_CHECKS: tuple[Step, ...] = (
    ("ruff check", (str(BIN / "ruff"), "check", "."), {}),
    ("ruff format", (str(BIN / "ruff"), "format", "--check", "."), {}),
    ("mypy", (str(BIN / "mypy"),), {}),
    ("lint-imports", (str(BIN / "lint-imports"), "--no-logo"), {}),
)
#: What a browser shows and what whole sets of processes do is looked at once, a lane each.
ON_POSTGRESQL = (*PYTEST, "-m", "not operations", "-p", "no:cacheprovider")
ON_SQLITE = (*PYTEST, "-m", "not browser")

_printing = threading.Lock()


def main(arguments: list[str]) -> int:
    """Run the lanes; 0 only when every command of every lane went well."""
    quick = arguments[:1] == ["--quick"]
    lanes = [list(STATIC_CHECKS)]
    if not quick:
        postgresql = {"ACADEMY_TEST_DATABASE": "postgresql"}
        lanes[0].append(("pytest on PostgreSQL", (*ON_POSTGRESQL, *arguments), postgresql))
        sqlite = {"ACADEMY_TEST_DATABASE": "sqlite"}
        lanes.append([("pytest on SQLite", (*ON_SQLITE, *arguments), sqlite)])
    results: list[tuple[str, bool, str]] = []
    threads = [threading.Thread(target=run_lane, args=(lane, results)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report(results)


def run_lane(lane: list[Step], results: list[tuple[str, bool, str]]) -> None:
    """Run one command after the other, whatever the one before said."""
    for name, command, variables in lane:
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
        results.append((name, finished.returncode == 0, f"{seconds:6.1f} s  {verdict(finished)}"))
        with _printing:
            print(f"\n=== {name} " + "=" * (90 - len(name)))
            print(finished.stdout.rstrip(), flush=True)


def verdict(finished: subprocess.CompletedProcess[str]) -> str:
    """The closing line of the command, which for pytest counts what passed and was skipped."""
    lines = [line.strip("= ") for line in finished.stdout.splitlines() if line.strip()]
    return re.sub(r"\x1b\[[0-9;]*m", "", lines[-1]) if lines else ""


def report(results: list[tuple[str, bool, str]]) -> int:
    """Print one line for each command; return the exit code of all."""
    print("\n=== How it went " + "=" * 80)
    for name, went_well, words in results:
        print(f"{'ok    ' if went_well else 'FAILED'}  {name:22} {words}")
    return 0 if all(went_well for _name, went_well, _words in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
