"""Letting the content of attendance files go: evidence is enough once a file was taken up."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update

from academy.attendance.models import AttendanceImport, OfferedFile
from academy.db import now, overwrite_deleted, session, transaction
from academy.programme.models import UploadedFile

#: So long a file that was refused can still be looked at by whoever helps to mend it.
REFUSED_ARE_KEPT = timedelta(days=7)


def drop_read_files(file_ids: Collection[int] | None = None, at: datetime | None = None) -> int:
    """Empty the files, all or those of these ids, that no import will read again.

    A file that waits on the desk, or of which another week waits there, is still to be read.

    Name, size and SHA-256 stay: the same file is known again. Returns how many were emptied.
    """
    at = at or now()
    statement = (
        update(UploadedFile)
        .where(UploadedFile.dropped_at.is_(None), _was_given_for_attendance())
        .where(~exists().where(AttendanceImport.file_id == UploadedFile.id, _still_needed(at)))
        .where(~exists().where(OfferedFile.file_id == UploadedFile.id))
        .values(content=b"", dropped_at=now())
        .returning(UploadedFile.id)
        .execution_options(synchronize_session=False)
    )
    if file_ids is not None:
        statement = statement.where(UploadedFile.id.in_(file_ids))
    with transaction():
        overwrite_deleted()
        return len(session.execute(statement).all())


def _was_given_for_attendance() -> ColumnElement[bool]:
    return UploadedFile.id.in_(select(AttendanceImport.file_id))


def _still_needed(at: datetime) -> ColumnElement[bool]:
    is_fresh = AttendanceImport.created_at > at - REFUSED_ARE_KEPT
    return or_(
        AttendanceImport.state.in_(("waiting", "working")),
        (AttendanceImport.state == "refused") & is_fresh,
    )
