"""SQLite: rows come and go one by one, inside the process and without a network between."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Select, String, bindparam, insert, type_coerce, update

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
from academy.db import session, table_of

_EPOCH = np.datetime64("2000-01-01", "us")
_TABLE = table_of(Attendance)
# The text is JSON already: the type of the column would write it as a text inside JSON.
_INTERVALS = type_coerce(bindparam("intervals"), String)
_CHANGE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("key"))
    .values(intervals=_INTERVALS, minutes=bindparam("minutes"), computed_at=bindparam("at"))
)


class SQLite:
    """The ledger on SQLite."""

    def read_identities(self, live_sessions: Sequence[int]) -> Identities:
        """Return the identities of these live sessions."""
        columns = (Identity.id, Identity.live_session_id, WHO)
        found = of_identities(live_sessions, *columns).order_by(Identity.id)
        return Identities(*_columns(found, 3))

    def read_timed(self, imports: Sequence[int]) -> tuple[Timed, int]:
        """Return the evidence of these files with both times, and how many rows have not both."""
        times = (type_coerce(time, String) for time in (Evidence.joined_at, Evidence.left_at))
        rows = session.execute(of_files(imports, Evidence.identity_id, *times)).all()
        timed = [row for row in rows if row[1] and row[2]]
        identity = np.array([row[0] for row in timed], np.int64)
        joined, left = (_moments(row[place] for row in timed) for place in (1, 2))
        return Timed(identity, joined, left), len(rows) - len(timed)

    def read_standing(self, live_sessions: Sequence[int]) -> Standing:
        """Return the attendances of these live sessions that are stored."""
        numbers = (Attendance.id, Attendance.live_session_id, CAME, MINUTES)
        text = type_coerce(Attendance.intervals, String)
        rows = session.execute(of_attendances(live_sessions, *numbers, text)).all()
        texts = [row[4].encode() for row in rows]
        ids, places, who, minutes = _split([row[:4] for row in rows], 4)
        return Standing(ids, places, who, minutes, texts)

    def change(self, rows: Rows, at: datetime) -> None:
        """Store other intervals and minutes in attendances that are there."""
        session.execute(_CHANGE, [
            {"key": key, "intervals": intervals, "minutes": minutes, "at": at}
            for key, _who, intervals, minutes in _each(rows)
        ])  # fmt: skip

    def add(self, rows: Rows, at: datetime) -> None:
        """Store new attendances."""
        names = ("live_session_id", "person_id", "identity_id", "minutes", "computed_at")
        values = {**{name: bindparam(name) for name in names}, "intervals": _INTERVALS}
        session.execute(insert(_TABLE).values(values), [
            {"live_session_id": key, "person_id": who if who > 0 else None,
             "identity_id": -who if who < 0 else None, "minutes": minutes,
             "intervals": intervals, "computed_at": at}
            for key, who, intervals, minutes in _each(rows)
        ])  # fmt: skip


def _each(rows: Rows) -> Iterator[tuple[int, int, str, int | None]]:
    columns = zip(rows.keys, rows.who, rows.intervals, rows.minutes, strict=True)
    for key, who, intervals, minutes in columns:
        yield key, who, intervals.decode(), None if minutes == UNKNOWN else minutes


def _columns(statement: Select[Any], count: int) -> list[Numbers]:
    return _split(session.execute(statement).all(), count)


def _split(rows: Sequence[Sequence[Any]], count: int) -> list[Numbers]:
    table = np.array([tuple(row) for row in rows], np.int64).reshape(-1, count)
    return [table[:, place] for place in range(count)]


def _moments(texts: Iterable[str]) -> Numbers:
    """Return moments as the database keeps them, `2020-05-02 06:00:00.000000` in UTC."""
    moments = np.array(list(texts), "datetime64[us]")
    return (moments - _EPOCH).astype(np.int64)
