"""What a database has to offer to a recomputation: columns to read, changed rows to write.

Moments are microseconds after the year 2000 began in UTC, which is where PostgreSQL counts from.
Who came is one number: a person by id, an identity that nobody matched by its id made negative.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from academy.attendance.recomputing.stays import Numbers

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Return the moment as a number."""
    return (moment - _EPOCH) // _MICROSECOND


@dataclass(frozen=True, slots=True)
class Identities:
    """Who each identity of some live sessions counts as, in order of the ids."""

    id: Numbers
    live_session_id: Numbers
    #: 0 for who is excluded.
    who: Numbers


@dataclass(frozen=True, slots=True)
class Timed:
    """Evidence with both times."""

    identity: Numbers
    joined: Numbers
    left: Numbers


@dataclass(frozen=True, slots=True)
class Standing:
    """The attendances that are stored."""

    id: Numbers
    live_session_id: Numbers
    who: Numbers
    #: Minutes, or UNKNOWN.
    minutes: Numbers
    intervals: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is to be stored: `keys` are ids of attendances, or the live sessions of new ones."""

    keys: list[int]
    who: list[int]
    #: JSON.
    intervals: list[bytes]
    #: Minutes, or UNKNOWN.
    minutes: list[int]


class Ledger(Protocol):
    """One kind of database."""

    def read_identities(self, live_sessions: Sequence[int]) -> Identities:
        """Return the identities of these live sessions."""

    def read_timed(self, imports: Sequence[int]) -> tuple[Timed, int]:
        """Return the evidence of these files with both times, and how many rows have not both."""

    def read_standing(self, live_sessions: Sequence[int]) -> Standing:
        """Return the attendances of these live sessions that are stored."""

    def change(self, rows: Rows, at: datetime) -> None:
        """Store other intervals and minutes in attendances that are there."""

    def add(self, rows: Rows, at: datetime) -> None:
        """Store new attendances."""
