"""Runs a module under a clock that a test steps: `python -m tests.faults.stepped FILE MODULE …`.

FILE holds seconds to add to this machine's clock, or nothing; it is looked at all the time, so a
running program sees the clock jump, as it does where a server is set right. Only this process sees
it: neither Redis nor PostgreSQL do. What measures how long something takes is not changed.
"""

import os
import runpy
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import time_machine

SECONDS_BETWEEN_LOOKS = 0.02


def main(file: Path, module: str, words: list[str]) -> None:
    """Step the clock as the file says, and become the module's program."""
    clock = time_machine.travel(datetime.now(UTC), tick=True).start()
    _step(clock, _read(file))
    _begin_to_follow(file, clock)
    # The slots of a worker are forks of it, and threads do not come with them.
    os.register_at_fork(after_in_child=partial(_begin_to_follow, file, clock))
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _begin_to_follow(file: Path, clock: time_machine.Traveller) -> None:
    threading.Thread(target=_follow, args=(file, clock), daemon=True).start()


def _follow(file: Path, clock: time_machine.Traveller) -> None:
    given = float("nan")
    while True:
        if (wanted := _read(file)) != given:
            given = wanted
            _step(clock, wanted)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _step(clock: time_machine.Traveller, seconds: float) -> None:
    clock.move_to(time_machine.escape_hatch.time.time() + seconds)


def _read(file: Path) -> float:
    return float(file.read_text() or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
