"""What the fault tests measured: one line a fault, printed at the end of the run.

`ACADEMY_FAULT_TABLE` names a file for the same lines in Markdown (`make faults` sets it).
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A fault, how often it was made, and what became of the messages."""

    fault: str
    runs: int
    messages: int
    lost: int
    doubled: int
    #: Left more than two minutes after they were due, or after the fault was over.
    late: int
    #: What else was seen.
    note: str = ""


rows: list[Row] = []

HEAD = ("fault", "runs", "messages", "lost", "doubled", "late", "seen")


def record(
    fault: str, *, runs: int = 1, messages: int = 0, lost: int = 0, doubled: int = 0, late: int = 0,
    note: str = "",
) -> None:  # fmt: skip
    """Put a line into the table, whatever the test then says of it."""
    rows.append(Row(fault, runs, messages, lost, doubled, late, note))


def as_markdown() -> str:
    """Return the table as docs/faults.md shows it."""
    lines = [HEAD, tuple("---" for _column in HEAD), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def as_text() -> list[str]:
    """Return the table as a terminal shows it."""
    return [
        f"{row.fault:58} {row.runs:4} runs {row.messages:6} messages  lost {row.lost}  "
        f"doubled {row.doubled}  late {row.late}  {row.note}".rstrip()
        for row in rows
    ]


def _cells(row: Row) -> tuple[str, ...]:
    return (row.fault, *(f"{number:,}" for number in
            (row.runs, row.messages, row.lost, row.doubled, row.late)), row.note)  # fmt: skip


def keep(path: Path) -> None:
    """Write the table into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_markdown())
