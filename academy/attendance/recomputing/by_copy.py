"""PostgreSQL: each column comes as one value, and rows go back by COPY.

A row that the driver hands over alone costs a microsecond; a million of them more than all else.
Columns that the server strings together cost a fifth of that, and numpy reads them where they lie.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, String, cast, func, literal_column
from sqlalchemy.dialects import postgresql

from academy.attendance.models import Attendance, Evidence, Identity
from academy.attendance.recomputing.ledger import Identities, Row, Standing, Timed
from academy.attendance.recomputing.statements import (
    CAME,
    MINUTES,
    WHO,
    of_attendances,
    of_files,
    of_identities,
)
from academy.attendance.recomputing.stays import Numbers
from academy.db import session

_TIMED = np.dtype([("identity", ">i4"), ("joined", ">i8"), ("left", ">i8")])
_CHANGES = "CREATE TEMPORARY TABLE changes (id integer, intervals json, minutes integer)"
_UPDATE = (
    "UPDATE attendances SET intervals = changes.intervals, minutes = changes.minutes,"
    " computed_at = %s FROM changes WHERE changes.id = attendances.id"
)


class PostgreSQL:
    """The ledger on PostgreSQL, inside the transaction of this thread's session."""

    def read_identities(self, live_sessions: Sequence[int]) -> Identities:
        """Return the identities of these live sessions."""
        columns = (_integers(column) for column in (Identity.id, Identity.live_session_id, WHO))
        ids, places, who = map(_column, _ask(of_identities(live_sessions, *columns)))
        order = np.argsort(ids)
        return Identities(ids[order], places[order], who[order])

    def read_timed(self, imports: Sequence[int]) -> tuple[Timed, int]:
        """Return the evidence of these files with both times, and how many rows have not both."""
        # What is joined to a NULL is NULL, and NULLs are left out.
        row = (
            func.int4send(Evidence.identity_id)
            .op("||")(func.timestamptz_send(Evidence.joined_at))
            .op("||")(func.timestamptz_send(Evidence.left_at))
        )
        packed, count = _ask(of_files(imports, _strung(row), func.count()))
        rows = np.frombuffer(packed or b"", _TIMED)
        columns = (rows[name].astype(np.int64) for name in ("identity", "joined", "left"))
        return Timed(*columns), count - len(rows)

    def read_standing(self, live_sessions: Sequence[int]) -> Standing:
        """Return the attendances of these live sessions that are stored."""
        columns = (Attendance.id, Attendance.live_session_id, CAME, MINUTES)
        texts = func.string_agg(cast(Attendance.intervals, String), literal_column("E'\\n'"))
        numbers = map(_integers, columns)
        *found, lines = _ask(of_attendances(live_sessions, *numbers, texts))
        ids, places, who, minutes = map(_column, found)
        intervals = lines.encode().split(b"\n") if lines else []
        return Standing(ids, places, who, minutes, intervals)

    def change(self, rows: Sequence[Row], at: datetime) -> None:
        """Store other intervals and minutes in attendances that are there."""
        with _cursor() as cursor:
            cursor.execute(_CHANGES)
            with cursor.copy("COPY changes FROM STDIN") as copy:
                copy.write(b"".join(
                    b"%d\t%b\t%b\n" % (row.key, row.intervals, _number(row.minutes)) for row in rows
                ))  # fmt: skip
            cursor.execute(_UPDATE, [at])
            cursor.execute("DROP TABLE changes")

    def add(self, rows: Sequence[Row], at: datetime) -> None:
        """Store new attendances."""
        moment = at.isoformat().encode()
        columns = "live_session_id, person_id, identity_id, intervals, minutes, computed_at"
        with _cursor() as cursor, cursor.copy(f"COPY attendances ({columns}) FROM STDIN") as copy:
            copy.write(b"".join(
                b"%d\t%b\t%b\t%b\t%b\t%b\n" % (row.key, *_whose(row.who), row.intervals,
                                               _number(row.minutes), moment)
                for row in rows
            ))  # fmt: skip


def _number(value: int | None) -> bytes:
    return b"\\N" if value is None else b"%d" % value


def _whose(who: int) -> tuple[bytes, bytes]:
    """Return person and identity, one of which is nobody."""
    return (b"%d" % who, b"\\N") if who > 0 else (b"\\N", b"%d" % -who)


def _integers(column: Any) -> ColumnElement[bytes]:
    return _strung(func.int4send(column))


def _strung(column: ColumnElement[Any]) -> ColumnElement[bytes]:
    return func.string_agg(column, literal_column("''::bytea"))


def _column(packed: bytes | None) -> Numbers:
    return np.frombuffer(packed or b"", ">i4").astype(np.int64)


def _ask(statement: Select[Any]) -> tuple[Any, ...]:
    """Return the one row, its bytes as they are: as text they would be twice as long."""
    compiled = statement.compile(
        dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
        compile_kwargs={"literal_binds": True},
    )
    with _cursor() as cursor:
        row: tuple[Any, ...] = cursor.execute(str(compiled), binary=True).fetchone()
        return row


def _cursor() -> Any:
    """Return the driver's own cursor inside the session's transaction."""
    return session.connection().connection.cursor()
