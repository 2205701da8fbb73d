"""Runs every benchmark in a process of its own: `make bench`, or `make bench ARGS="pages startup"`.

Each prints its figures beside a bare control; the exit code is 1 where one misses its promise.
"""

import subprocess
import sys

BENCHMARKS = (
    "attendance_import", "pages", "registration", "places", "startup", "page_weight",
    "matching", "review_desk", "matrix", "recompute", "mail", "delivery", "planning", "announcing",
    "outbox", "rules_preview", "threads", "posting", "readers", "prose", "searching",
    "courses", "group_page",
    "group",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return 1 where one missed its promise."""
    missed = []
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        finished = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        if finished.returncode:
            missed.append(name)
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery promise is kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
