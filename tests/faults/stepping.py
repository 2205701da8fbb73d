"""The clock of worker and beat in the hands of a test (tests/faults/stepped.py reads its file)."""

from datetime import datetime
from pathlib import Path
from time import sleep

from academy.db import now
from tests.faults.stepped import SECONDS_BETWEEN_LOOKS


class SteppedClock:
    """A clock that is as far from this machine's as it was told."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.step_to(0)

    def step_to(self, seconds: float) -> None:
        """Be so many seconds before this machine's clock, and let the programs notice."""
        half = self.file.with_suffix(".half")
        half.write_text(str(seconds))
        half.replace(self.file)
        self.offset = seconds
        sleep(5 * SECONDS_BETWEEN_LOOKS)

    def be_at(self, moment: datetime) -> None:
        """Show that moment."""
        self.step_to((moment - now()).total_seconds())
