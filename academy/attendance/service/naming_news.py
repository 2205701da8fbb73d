"""Handing over that a file brought names which nobody knows yet, to those who decide."""

from sqlalchemy import Select, select

from academy.attendance.models import AttendanceImport, Tally
from academy.attendance.policy import KEEPERS
from academy.db import now, session
from academy.messaging.notices import News
from academy.messaging.service import hand_over_notices
from academy.people.models import Person, RoleGrant

#: The kind of news; its words and its gate are in review/news.py.
NAMES_TO_REVIEW = "names_to_review"


def tell_of_names(record: AttendanceImport) -> int:
    """Hand it over to everybody who decides but whoever imported; in the caller's transaction.

    How many are still unknown is asked when the mail leaves; where that is nobody, none does.
    Three statements at most.
    """
    tally = session.get(Tally, record.live_session_id)
    if tally is None or not tally.unmatched:
        return 0
    path = f"/desk/live-sessions/{record.live_session.slug}/attendance/review/"
    return hand_over_notices([
        News(
            person_id=person_id, kind=NAMES_TO_REVIEW, occasion=f"import:{record.id}", path=path,
            happened_at=now(), facts={"live_session": record.live_session_id},
        )
        for person_id in session.scalars(_who_decides())
        if person_id != record.created_by
    ])  # fmt: skip


def _who_decides() -> Select[int]:
    return (
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(KEEPERS), Person.disabled_at.is_(None))
        .distinct()
    )
