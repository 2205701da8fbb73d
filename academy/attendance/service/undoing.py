"""Taking an import back: its evidence stays, but no longer counts."""

from sqlalchemy import update

from academy.attendance.models import AttendanceImport
from academy.attendance.service.matching import match_identities
from academy.attendance.service.presence import compute_attendance
from academy.db import now, session, transaction
from academy.programme.service import lock_series
from academy.security import audit


class NothingToUndo(Exception):
    """The import has been undone or replaced meanwhile."""


def undo_import(record: AttendanceImport, actor_id: int | None) -> None:
    """Let the import's evidence count no longer; the version that it replaced counts again.

    Raises NothingToUndo where somebody was quicker.
    """
    with transaction():
        lock_series(record.live_session.series_id)
        statement = (
            update(AttendanceImport)
            .where(AttendanceImport.id == record.id, AttendanceImport.state == "done")
            .values(state="undone", undone_at=now(), undone_by=actor_id)
        )
        if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
            raise NothingToUndo
        _bring_back(record.replaces_id)
        match_identities(record.live_session)
        compute_attendance(record.live_session)
        audit.note("attendance.undone", f"import:{record.id}", actor_id=actor_id)


def _bring_back(replaced_id: int | None) -> None:
    session.execute(
        update(AttendanceImport)
        .where(AttendanceImport.id == replaced_id, AttendanceImport.state == "replaced")
        .values(state="done")
    )
