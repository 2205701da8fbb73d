"""Which evidence counts, and which identities say themselves who they are: conditions in SQL."""

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, exists, func, or_, select

from academy.attendance.models import AttendanceImport, Evidence, Identity, Match, Objection
from academy.db import now
from academy.programme.models import LiveSession

#: Begins the key of an identity whose way in said who it is; no file can give such a key.
FIRST_HAND = "person:"
#: The rule of a match whose person was erased: it stands, and says whose it is no more.
ERASED = "erased"
#: The source of evidence that the host of a listening point tells, often before it happens.
TOLD = "listening_point"
#: Begins the key of an identity whom the host of a listening point entered by name.
AT_POINT = "point:"


def evidence_counts() -> ColumnElement[bool]:
    """Evidence of what has begun, that nobody withdrew and whose file, if any, stands."""
    is_done = (
        exists()
        .where(AttendanceImport.id == Evidence.import_id, AttendanceImport.state == "done")
        .correlate(Evidence)
    )
    is_standing = Evidence.withdrawn_at.is_(None) & or_(Evidence.import_id.is_(None), is_done)
    return is_standing & has_begun()


def has_begun() -> ColumnElement[bool]:
    """Evidence of what has begun: a host may tell of a listening point before anybody is there."""
    # Asked when the statement is sent, for some are put together once.
    at = bindparam("at", callable_=now, type_=Evidence.joined_at.type, unique=True)
    return or_(Evidence.source != TOLD, Evidence.joined_at.is_(None), Evidence.joined_at <= at)


def is_seen() -> ColumnElement[bool]:
    """Identities of people who have to be told apart by what they showed, with evidence."""
    has_evidence = (
        exists()
        .where(
            Evidence.identity_id == Identity.id,
            # Says nothing new, but spares PostgreSQL from looking at the evidence of all series.
            Evidence.live_session_id == Identity.live_session_id,
            evidence_counts(),
        )
        .correlate(Identity)
    )
    return ~Identity.key.startswith(FIRST_HAND) & has_evidence


def is_connection() -> ColumnElement[bool]:
    """Evidence that is a joining of a device: a row of a file that stands and is joined to it.

    Lists of check-ins are of people, not of devices.
    """
    return (
        (AttendanceImport.state == "done")
        & AttendanceImport.format.not_like("%-checkins")
        & Evidence.withdrawn_at.is_(None)
    )


def is_match_near(is_chosen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Matches between the first and the last of the identities that are chosen.

    Says nothing new where those identities are joined, but spares PostgreSQL from looking at the
    matches of all series: it takes a range for small, and a join for all that there is.
    """
    # Adding nothing keeps it from walking through the identities by id to find the first one.
    same_number = Identity.id + 0
    first, last = (select(end(same_number)).where(is_chosen) for end in (func.min, func.max))
    return Match.identity_id.between(
        first.correlate(None).scalar_subquery(), last.correlate(None).scalar_subquery()
    )


def open_objections() -> ScalarSelect[int]:
    """How many objections to a live session wait for an answer."""
    return (
        select(func.count(Objection.id))
        .where(Objection.live_session_id == LiveSession.id, Objection.state == "open")
        .correlate(LiveSession)
        .scalar_subquery()
    )
