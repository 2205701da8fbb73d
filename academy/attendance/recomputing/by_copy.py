"""PostgreSQL: each column comes as one value, and rows go back by COPY.

A row that the driver hands over alone costs a microsecond; a million of them more than all else.
Columns that the server strings together cost a fifth of that, and numpy reads them where they lie.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Compiled,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    null,
)
from sqlalchemy.dialects.postgresql import psycopg

from academy.attendance.models import Attendance, Evidence, Identity
from academy.attendance.recomputing.ledger import Identities, Rows, Standing, Timed
from academy.attendance.recomputing.statements import (
    CAME,
    MINUTES,
    WHO,
    of_attendances,
    of_files,
    of_identities,
)
from academy.attendance.recomputing.stays import UNKNOWN, Numbers
from academy.db import session

_TIMED_ROW = np.dtype([("identity", ">i4"), ("joined", ">i8"), ("left", ">i8")])
_CHANGES = "CREATE TEMPORARY TABLE changes (id integer, intervals json, minutes integer)"
_UPDATE = (
    "UPDATE attendances SET intervals = changes.intervals, minutes = changes.minutes,"
    " computed_at = %s FROM changes WHERE changes.id = attendances.id"
    # Says nothing new, but spares PostgreSQL from looking at the attendances of all series.
    " AND attendances.id BETWEEN %s AND %s"
)


def _integers(column: Any) -> ColumnElement[bytes]:
    return _strung(func.int4send(column))


def _strung(column: ColumnElement[Any]) -> ColumnElement[bytes]:
    return func.string_agg(column, null())


def _compiled(statement: Select[Any]) -> Compiled:
    return statement.compile(dialect=psycopg.dialect())  # type: ignore[no-untyped-call]


#: Put into words once: for each portion anew that takes as long as the server's answer.
_IDS = bindparam("ids", type_=ARRAY(Integer))
_IDENTITIES = _compiled(
    of_identities(_IDS, *map(_integers, (Identity.id, Identity.live_session_id, WHO)))
)
# What is joined to a NULL is NULL, and NULLs are left out.
_PACKED = (
    func.int4send(Evidence.identity_id)
    .op("||")(func.timestamptz_send(Evidence.joined_at))
    .op("||")(func.timestamptz_send(Evidence.left_at))
)
_TIMED = _compiled(of_files(_IDS, _strung(_PACKED), func.count()))
_STANDING = _compiled(
    of_attendances(
        _IDS,
        *map(_integers, (Attendance.id, Attendance.live_session_id, CAME, MINUTES)),
        func.string_agg(cast(Attendance.intervals, String), literal_column("E'\\n'")),
    )
)


class PostgreSQL:
    """The ledger on PostgreSQL, inside the transaction of this thread's session."""

    def read_identities(self, live_sessions: Sequence[int]) -> Identities:
        """Return the identities of these live sessions."""
        ids, places, who = map(_column, _ask(_IDENTITIES, live_sessions))
        order = np.argsort(ids)
        return Identities(ids[order], places[order], who[order])

    def read_timed(self, imports: Sequence[int]) -> tuple[Timed, int]:
        """Return the evidence of these files with both times, and how many rows have not both."""
        packed, count = _ask(_TIMED, imports)
        rows = np.frombuffer(packed or b"", _TIMED_ROW)
        columns = (rows[name].astype(np.int64) for name in ("identity", "joined", "left"))
        return Timed(*columns), count - len(rows)

    def read_standing(self, live_sessions: Sequence[int]) -> Standing:
        """Return the attendances of these live sessions that are stored."""
        *found, lines = _ask(_STANDING, live_sessions)
        ids, places, who, minutes = map(_column, found)
        intervals = lines.encode().split(b"\n") if lines else []
        return Standing(ids, places, who, minutes, intervals)

    def change(self, rows: Rows, at: datetime) -> None:
        """Store other intervals and minutes in attendances that are there."""
        columns = zip(rows.keys, rows.intervals, map(_number, rows.minutes), strict=True)
        with _cursor() as cursor:
            cursor.execute(_CHANGES)
            with cursor.copy("COPY changes FROM STDIN") as copy:
                copy.write(b"".join(map(b"%d\t%b\t%b\n".__mod__, columns)))
            cursor.execute(_UPDATE, [at, min(rows.keys), max(rows.keys)])
            cursor.execute("DROP TABLE changes")

    def add(self, rows: Rows, at: datetime) -> None:
        """Store new attendances."""
        moment = at.isoformat().encode()
        names = "live_session_id, person_id, identity_id, intervals, minutes, computed_at"
        columns = zip(rows.keys, rows.who, rows.intervals, rows.minutes, strict=True)
        with _cursor() as cursor, cursor.copy(f"COPY attendances ({names}) FROM STDIN") as copy:
            copy.write(b"".join(
                b"%d\t%b\t%b\t%b\t%b\t%b\n"
                % (key, *_whose(who), intervals, _number(minutes), moment)
                for key, who, intervals, minutes in columns
            ))  # fmt: skip


def _number(minutes: int) -> bytes:
    return b"\\N" if minutes == UNKNOWN else b"%d" % minutes


def _whose(who: int) -> tuple[bytes, bytes]:
    """Return person and identity, one of which is nobody."""
    return (b"%d" % who, b"\\N") if who > 0 else (b"\\N", b"%d" % -who)


def _column(packed: bytes | None) -> Numbers:
    return np.frombuffer(packed or b"", ">i4").astype(np.int64)


def _ask(statement: Compiled, ids: Sequence[int]) -> tuple[Any, ...]:
    """Return the one row, its bytes as they are: as text they would be twice as long."""
    with _cursor() as cursor:
        # Not prepared: a plan for any ids is not the best for these.
        values = {**statement.params, "ids": list(ids)}
        answer = cursor.execute(str(statement), values, binary=True, prepare=False)
        row: tuple[Any, ...] = answer.fetchone()
        return row


def _cursor() -> Any:
    """Return the driver's own cursor inside the session's transaction."""
    return session.connection().connection.cursor()
