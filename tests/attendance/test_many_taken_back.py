"""However much a look takes back at once, no statement grows beyond what a database takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, func, insert, select, update

from academy.attendance.models import Attendance, AttendanceImport, Identity, Match
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service import import_attendance
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file

MANY = 1_100


@contextmanager
def _longest() -> Iterator[list[int]]:
    """Collect how many parameters each single statement has."""
    found: list[int] = [0]

    def see(*facts: Any) -> None:
        given, is_for_many_rows = facts[3], facts[5]
        if not is_for_many_rows:
            found.append(len(given))

    event.listen(Engine, "before_cursor_execute", see)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", see)


def _take_many(live_session: LiveSession) -> None:
    rows = [(f"Guest {n}", f"g{n}@example.org", "14:00:00", "15:00:00") for n in range(MANY)]
    import_attendance(live_session, zoom_file(rows), "zoom.csv")


def test_many_attendances_go_in_parts(live_session: LiveSession) -> None:
    _take_many(live_session)
    with transaction() as current:
        current.execute(update(AttendanceImport).values(state="undone"))
    with _longest() as found:
        recompute_series(live_session.series_id)
    assert session.scalar(select(func.count(Attendance.id))) == 0
    assert max(found) <= 600


def test_many_matches_are_taken_back_in_parts(live_session: LiveSession, siti: Person) -> None:
    _take_many(live_session)
    row = {"person_id": siti.id, "decision": "person", "rule": "unique_name"}
    with transaction() as current:
        ids = current.scalars(select(Identity.id)).all()
        current.execute(insert(Match), [{"identity_id": number, **row} for number in ids])
    with _longest() as found:
        recompute_series(live_session.series_id)
    standing = select(func.count(Match.id)).where(Match.undone_at.is_(None))
    assert session.scalar(standing) == 0
    assert max(found) <= 600
