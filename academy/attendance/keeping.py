"""What the ledger keeps of the people of a series, and how it forgets them all."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select

from academy.attendance.models import (
    Attendance,
    AttendanceImport,
    Evidence,
    Identity,
    ListeningPoint,
    Match,
    Objection,
    OfferedFile,
)
from academy.attendance.service.files import drop_read_files
from academy.db import Base, in_parts, session
from academy.messaging.holding import forget_messages
from academy.people.models import Person
from academy.programme.models import LiveSession, UploadedFile
from academy.programme.ports import Keeper

#: What is deleted of a live session, first what hangs on something else. How many came (tallies)
#: stays; so does nothing else.
_OF_A_LIVE_SESSION = (Attendance, Objection, ListeningPoint, Evidence, Identity)


def _live_sessions(series_id: int) -> Select[int]:
    return select(LiveSession.id).where(LiveSession.series_id == series_id)


def _people(series_id: int) -> set[int]:
    """Return everybody who was ever taken for one of those who came, and erased deciders."""
    matched = (
        select(Match.person_id)
        .join(Identity, Identity.id == Match.identity_id)
        .where(Identity.live_session_id.in_(_live_sessions(series_id)))
    )
    came = select(Attendance.person_id).where(
        Attendance.live_session_id.in_(_live_sessions(series_id))
    )
    hosts = select(ListeningPoint.hosted_by).where(
        ListeningPoint.live_session_id.in_(_live_sessions(series_id))
    )
    objected = select(Objection.person_id).where(
        Objection.live_session_id.in_(_live_sessions(series_id))
    )
    # Kept for what she decided here, and for nothing else perhaps: she goes with it.
    nameless = (
        select(Person.id)
        .join(Match, Person.id.in_((Match.decided_by, Match.undone_by)))
        .join(Identity, Identity.id == Match.identity_id)
        .where(
            Identity.live_session_id.in_(_live_sessions(series_id)), Person.erased_at.is_not(None)
        )
    )
    found = {
        person_id
        for statement in (matched, came, hosts, objected, nameless)
        for person_id in session.scalars(statement)
    }
    return {person_id for person_id in found if person_id is not None}


def _count(series_id: int) -> dict[str, int]:
    of = _live_sessions(series_id)
    counted: dict[str, Any] = {
        "identities": select(Identity.id).where(Identity.live_session_id.in_(of)),
        "evidence": select(Evidence.id).where(Evidence.live_session_id.in_(of)),
        "attendances": select(Attendance.id).where(Attendance.live_session_id.in_(of)),
        "listening_points": select(ListeningPoint.id).where(ListeningPoint.live_session_id.in_(of)),
        "objections": select(Objection.id).where(Objection.live_session_id.in_(of)),
        "attendance_files": select(AttendanceImport.id).where(
            AttendanceImport.live_session_id.in_(of)
        ),
    }
    return {
        name: session.scalar(select(func.count()).select_from(each.subquery())) or 0
        for name, each in counted.items()
    }


def _forget(series_id: int) -> None:
    """Delete evidence, matches, attendances, listening points and files; the series is locked."""
    of = _live_sessions(series_id)
    _forget_answers(of)
    for table in _OF_A_LIVE_SESSION:
        _delete(table, table.live_session_id.in_(of))
    imports = AttendanceImport.live_session_id.in_(of)
    offers = OfferedFile.series_id == series_id
    files = {
        *session.scalars(select(AttendanceImport.file_id).where(imports)),
        *session.scalars(select(OfferedFile.file_id).where(offers)),
    }
    _delete(AttendanceImport, imports)
    _delete(OfferedFile, offers)
    for part in in_parts(file_id for file_id in files if file_id is not None):
        _delete(UploadedFile, UploadedFile.id.in_(part))


def _forget_answers(of: Select[int]) -> None:
    """Delete the letters that answered an objection: they quote what somebody said."""
    rows = session.execute(
        select(Objection.id, Objection.person_id).where(Objection.live_session_id.in_(of))
    ).all()
    beginnings = tuple(f"objection:{objection_id}:" for objection_id, _person in rows)
    people = {person_id for _objection, person_id in rows}
    forget_messages(people, lambda occasion: occasion.startswith(beginnings))


def _delete(table: type[Base], which: ColumnElement[bool]) -> None:
    statement = delete(table).where(which).execution_options(synchronize_session=False)
    session.execute(statement)


def _drop_files(at: datetime) -> int:
    return drop_read_files(at=at)


KEEPER = Keeper(_people, _count, _forget, _drop_files)
