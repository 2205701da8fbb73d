"""A small supervisor: starts children, restarts what falls, stops all in a second or two."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from academy.lib.processes import end_orphans, start_child, stop_children, wait_until

#: How long children have to end by themselves before they are killed.
PATIENCE_SECONDS = 2.2
#: A child that lived this long was well: its next fall is mended at once.
WELL_SECONDS = 30
LONGEST_PAUSE_SECONDS = 30
LARGEST_LOG = 5_000_000


@dataclass
class Part:
    """One child, with what it takes to start it again."""

    name: str
    command: list[str | Path]
    environment: dict[str, str]
    #: Where its words go; None: where ours go.
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    due_at: float = 0.0

    def launch(self) -> None:
        """Start the process now, with its words at the end of its log."""
        if self.log:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
                self.log.replace(self.log.with_suffix(".old.log"))
        self.process = start_child(self.command, environment=self.environment, log=self.log)
        self.started_at = time.monotonic()

    def has_fallen(self) -> bool:
        """Whether the process was started and has ended since."""
        return self.process is not None and self.process.poll() is not None

    def mend(self, moment: float) -> None:
        """Start a fallen process again, at once or after a pause that grows with each fall."""
        if self.process is not None and self.has_fallen():
            # Its own children, such as the slots of a worker, must not outlive it.
            end_orphans(self.process)
            self.falls = 0 if moment - self.started_at > WELL_SECONDS else self.falls + 1
            self.due_at = moment + min(0.2 * 2**self.falls, LONGEST_PAUSE_SECONDS)
            self.process = None
        if self.process is None and moment >= self.due_at:
            self.launch()


class Supervisor:
    """Keeps its parts running until somebody asks it to stop (Ctrl-C, SIGTERM, SIGHUP).

    They get `patience` seconds to end; `parents_only`: their own children are theirs to stop.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS, *, parents_only: bool = False) -> None:
        self.patience, self.parents_only = patience, parents_only
        self.parts: list[Part] = []
        self.is_stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._remember)

    def _remember(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def add(self, part: Part) -> None:
        """Start a part and look after it from now on."""
        part.launch()
        self.parts.append(part)

    def wait_for(self, question: Callable[[], bool], part: Part, seconds: float) -> bool:
        """Wait for a yes; False when the time is over, the part fell or we are to stop."""
        wait_until(lambda: self.is_stopping or part.has_fallen() or question(), seconds)
        return not self.is_stopping and not part.has_fallen() and question()

    def run_once(self, part: Part) -> bool:
        """Run a part to its end; True when it went well."""
        part.launch()
        while part.process is not None and not part.has_fallen():
            if self.is_stopping:
                stop_children([part.process], PATIENCE_SECONDS)
            time.sleep(0.05)
        return part.process is not None and part.process.returncode == 0

    def look_after_all(self) -> None:
        """Restart what falls, until we are to stop."""
        while not self.is_stopping:
            for part in self.parts:
                part.mend(time.monotonic())
            time.sleep(0.2)

    def stop(self) -> None:
        """End what was started last first; the broker outlives those that talk to it."""
        running = [part.process for part in self.parts if part.process is not None]
        if self.parents_only:
            stop_children(running, self.patience, parents_only=True)
            return
        stop_children(running[1:], self.patience)
        stop_children(running[:1], 1)
