"""The statements that both databases are asked, each in its own way of handing over columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from academy.attendance.models import Attendance, Evidence, Identity, Match

#: As who_is() in academy/attendance/service/presence.py says it of one identity.
WHO: ColumnElement[int] = case(
    ((Match.decision == "person") & Match.person_id.is_not(None), Match.person_id),
    ((Match.decision == "excluded") | (Identity.excluded_because != ""), 0),
    else_=-Identity.id,
)
CAME: ColumnElement[int] = func.coalesce(Attendance.person_id, -Attendance.identity_id)
#: UNKNOWN is -1.
MINUTES: ColumnElement[int] = func.coalesce(Attendance.minutes, -1)


def of_identities(live_sessions: Sequence[int], *columns: Any) -> Select[Any]:
    """Select from the identities of these live sessions with the matches that stand."""
    return (
        select(*columns)
        .select_from(Identity)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .where(Identity.live_session_id.in_(live_sessions))
    )


def of_files(imports: Sequence[int], *columns: Any) -> Select[Any]:
    """Select from the evidence of these files that nobody withdrew."""
    return select(*columns).where(Evidence.import_id.in_(imports), Evidence.withdrawn_at.is_(None))


def of_attendances(live_sessions: Sequence[int], *columns: Any) -> Select[Any]:
    """Select from the attendances of these live sessions."""
    return select(*columns).where(Attendance.live_session_id.in_(live_sessions))
