"""The statements that both databases are asked, each in its own way of handing over columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, any_, case, func, select

from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.attendance.standing import is_match_near

#: As who_is() in academy/attendance/service/presence.py says it of one identity.
WHO: ColumnElement[int] = case(
    ((Match.decision == "person") & Match.person_id.is_not(None), Match.person_id),
    ((Match.decision == "excluded") | (Identity.excluded_because != ""), 0),
    else_=-Identity.id,
)
CAME: ColumnElement[int] = func.coalesce(Attendance.person_id, -Attendance.identity_id)
#: UNKNOWN is -1.
MINUTES: ColumnElement[int] = func.coalesce(Attendance.minutes, -1)


#: Some ids, or a parameter that stands for them.
Ids = Sequence[int] | BindParameter[Sequence[int]]


def of_identities(live_sessions: Ids, *columns: Any) -> Select[Any]:
    """Select from the identities of these live sessions with the matches that stand."""
    is_chosen = _among(Identity.live_session_id, live_sessions)
    theirs = Match.identity_id == Identity.id
    stands = theirs & Match.undone_at.is_(None) & is_match_near(is_chosen)
    return select(*columns).select_from(Identity).outerjoin(Match, stands).where(is_chosen)


def of_files(imports: Ids, *columns: Any) -> Select[Any]:
    """Select from the evidence of these files that nobody withdrew."""
    is_theirs = _among(Evidence.import_id, imports)
    return select(*columns).where(is_theirs, Evidence.withdrawn_at.is_(None))


def of_attendances(live_sessions: Ids, *columns: Any) -> Select[Any]:
    """Select from the attendances of these live sessions."""
    return select(*columns).where(_among(Attendance.live_session_id, live_sessions))


def _among(column: Any, ids: Ids) -> ColumnElement[bool]:
    is_one: ColumnElement[bool] = (
        column == any_(ids) if isinstance(ids, BindParameter) else column.in_(ids)
    )
    return is_one
