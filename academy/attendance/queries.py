"""Reads for the desk of attendance: who came, who was excluded and why, imports, evidence."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from academy.attendance.models import (
    Attendance,
    AttendanceImport,
    Evidence,
    Identity,
    Match,
    OfferedFile,
    Tally,
)
from academy.attendance.policy import can_see_attendance, visible_people
from academy.attendance.standing import is_seen
from academy.db import session
from academy.lib.paging import Page
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import visible_live_sessions

PAGE = 100
#: The list of imports below the drop zone is shorter.
IMPORTS = 20


def find_live_session(slug: str, person: Person) -> LiveSession | None:
    """Return the live session with its series, if the person may see attendance; one statement."""
    if not can_see_attendance(person):
        return None
    statement = visible_live_sessions(person).where(LiveSession.slug == slug)
    with_series = statement.options(contains_eager(LiveSession.series))
    return session.scalars(with_series).one_or_none()


def find_tally(live_session: LiveSession) -> Tally | None:
    """Return the numbers of the live session; None while there is no evidence."""
    return session.get(Tally, live_session.id)


def list_came(live_session: LiveSession, person: Person, search: str, page: int) -> Page[Any]:
    """Return the matched people who came, by name, of those that `person` may see."""
    statement = (
        select(Attendance)
        .join(Person, Person.id == Attendance.person_id)
        .options(contains_eager(Attendance.person))
        .where(Attendance.live_session_id == live_session.id, visible_people(person))
        .order_by(func.lower(Person.name), Attendance.id)
    )
    return _page(statement, Person.name, search, page)


def list_unmatched(live_session: LiveSession, search: str, page: int) -> Page[Any]:
    """Return those who came and whom nobody has matched yet, by the name shown."""
    statement = (
        select(Attendance)
        .join(Identity, Identity.id == Attendance.identity_id)
        .options(contains_eager(Attendance.identity))
        .where(Attendance.live_session_id == live_session.id)
        .order_by(func.lower(Identity.shown_name), Attendance.id)
    )
    return _page(statement, Identity.shown_name, search, page)


def list_excluded(live_session: LiveSession, search: str, page: int) -> Page[Any]:
    """Return identities with evidence that are not counted: by role, or outside the window."""
    came_as_person = select(Match.identity_id).join(
        Attendance,
        (Attendance.person_id == Match.person_id) & (Attendance.live_session_id == live_session.id),
    )
    came = select(Attendance.identity_id).where(
        Attendance.live_session_id == live_session.id, Attendance.identity_id.is_not(None)
    )
    statement = (
        select(Identity)
        .where(
            Identity.live_session_id == live_session.id,
            is_seen(),
            Identity.id.not_in(came),
            Identity.id.not_in(came_as_person.where(Match.undone_at.is_(None))),
        )
        .order_by(func.lower(Identity.shown_name), Identity.id)
    )
    return _page(statement, Identity.shown_name, search, page)


def _page(
    statement: Select[Any], name: ColumnElement[str] | Any, search: str, page: int
) -> Page[Any]:
    if search:
        statement = statement.where(func.lower(name).contains(search.lower(), autoescape=True))
    count = select(func.count()).select_from(statement.order_by(None).subquery())
    rows = session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(rows, page, session.scalar(count) or 0, PAGE)


def list_imports(live_session: LiveSession) -> Sequence[AttendanceImport]:
    """Return the last hundred imports with their files, the newest first; one statement."""
    statement = (
        select(AttendanceImport)
        .options(joinedload(AttendanceImport.file))
        .where(AttendanceImport.live_session_id == live_session.id)
        .order_by(AttendanceImport.id.desc())
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def list_imports_of_series(series_id: int, page: int) -> Page[Any]:
    """Return the imports of all live sessions of a series, the newest first; two statements."""
    of_series = (
        select(AttendanceImport)
        .join(LiveSession, LiveSession.id == AttendanceImport.live_session_id)
        .where(LiveSession.series_id == series_id)
    )
    statement = (
        of_series.options(
            joinedload(AttendanceImport.file), contains_eager(AttendanceImport.live_session)
        )
        .order_by(AttendanceImport.id.desc())
        .limit(IMPORTS)
        .offset((page - 1) * IMPORTS)
    )
    total = session.scalar(select(func.count()).select_from(of_series.subquery())) or 0
    return Page(session.scalars(statement).all(), page, total, IMPORTS)


def list_rooms(series_id: int) -> Sequence[LiveSession]:
    """Return the live sessions of a series to which a file may belong, in their order."""
    statement = select(LiveSession).where(
        LiveSession.series_id == series_id, LiveSession.status != "cancelled"
    )
    return session.scalars(statement.order_by(LiveSession.starts_at)).all()


def list_offers(series_id: int) -> Sequence[OfferedFile]:
    """Return the files that wait on the desk of a series, in the order they came; one statement."""
    statement = (
        select(OfferedFile)
        .options(joinedload(OfferedFile.live_session), joinedload(OfferedFile.file))
        .where(OfferedFile.series_id == series_id)
        .order_by(OfferedFile.id)
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def find_offer(offered_id: int) -> OfferedFile | None:
    """Return a file that waits on the desk."""
    return session.get(OfferedFile, offered_id)


def find_home(offered: OfferedFile) -> tuple[Series, LiveSession | None]:
    """Return the series of a waiting file, and the live session on whose page it was dropped."""
    at = offered.dropped_at_id
    return session.get_one(Series, offered.series_id), session.get(LiveSession, at) if at else None


def find_import(import_id: int) -> AttendanceImport | None:
    """Return the import with its file, live session and series; one statement."""
    statement = (
        select(AttendanceImport)
        .options(
            joinedload(AttendanceImport.file),
            joinedload(AttendanceImport.live_session).joinedload(LiveSession.series),
        )
        .where(AttendanceImport.id == import_id)
    )
    return session.scalars(statement).one_or_none()


def find_identity(identity_id: int) -> Identity | None:
    """Return the identity with its matches and their people; two statements."""
    statement = (
        select(Identity)
        .options(joinedload(Identity.matches).joinedload(Match.person))
        .where(Identity.id == identity_id)
    )
    return session.scalars(statement).unique().one_or_none()


def get_live_session(identity: Identity) -> LiveSession:
    """Return the live session of the identity with its series; one statement."""
    statement = (
        select(LiveSession)
        .options(joinedload(LiveSession.series))
        .where(LiveSession.id == identity.live_session_id)
    )
    return session.scalars(statement).one()


def list_evidence(
    identity: Identity,
) -> Sequence[tuple[Evidence, AttendanceImport | None, str]]:
    """Return every row of evidence with its import and the file's name, as they came."""
    statement = (
        select(Evidence, AttendanceImport)
        .outerjoin(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .options(joinedload(AttendanceImport.file))
        .where(Evidence.identity_id == identity.id)
        .order_by(Evidence.import_id, Evidence.row_number, Evidence.id)
        .limit(PAGE)
    )
    return [
        (row[0], row[1], row[1].file.name if row[1] else "") for row in session.execute(statement)
    ]


def find_dismissals(identities: Sequence[Identity]) -> dict[int, str]:
    """Return for which reason a human does not count these identities; one statement."""
    statement = select(Match.identity_id, Match.reason).where(
        Match.identity_id.in_([one.id for one in identities]),
        Match.decision == "excluded",
        Match.undone_at.is_(None),
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def find_identities_of(attendance: Sequence[Attendance]) -> dict[int, int]:
    """Return for each person one identity under which the evidence of these rows stands."""
    if not attendance:
        return {}
    statement = (
        select(Match.person_id, func.min(Match.identity_id))
        .join(Identity, Identity.id == Match.identity_id)
        .where(
            Identity.live_session_id == attendance[0].live_session_id,
            Match.undone_at.is_(None),
            Match.person_id.in_([row.person_id for row in attendance]),
        )
        .group_by(Match.person_id)
    )
    return {row[0]: row[1] for row in session.execute(statement) if row[0] is not None}
