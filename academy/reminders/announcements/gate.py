"""Which announcements shall not leave any more, asked just before they do."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from academy.db import session, transaction
from academy.messaging.kinds import ANNOUNCEMENT, GROUP_OF
from academy.messaging.models import MailChoices
from academy.messaging.ports import Due
from academy.programme.models import Registration
from academy.reminders.announcements.models import Announcement, read_occasion
from academy.reminders.gate import NO_LONGER_REGISTERED, people_without_consent
from academy.reminders.kinds import CONSENT

STOPPED = "the organisers stopped the announcement"
REFUSED = "the person does not want announcements"
NO_CONSENT = "the person agreed to no mail about the series"


def find_outdated(due: Sequence[Due]) -> Mapping[int, str]:
    """Return which of them shall not leave, and why; four statements for them all."""
    ours = [one for one in due if one.kind == ANNOUNCEMENT]
    if not ours:
        return {}
    people = {one.person_id for one in ours}
    with transaction():
        series = _under_way({read_occasion(one.occasion) for one in ours})
        answers = _answers(set(series.values()), people)
        refusing, withdrew = _refusing(people), people_without_consent(people)
    verdicts: dict[int, str] = {}
    for one in ours:
        of = series.get(read_occasion(one.occasion))
        key = (of or 0, one.person_id)
        answer = answers.get(key)
        agrees = one.person_id not in withdrew if answer is None else answer
        reasons = (
            (of is None, STOPPED),
            (key not in answers, NO_LONGER_REGISTERED),
            (one.person_id in refusing, REFUSED),
            (not agrees, NO_CONSENT),
        )
        verdicts[one.id] = next((why for is_so, why in reasons if is_so), "")
    return {number: why for number, why in verdicts.items() if why}


def _under_way(numbers: set[int]) -> dict[int, int]:
    """Return the series of each announcement that is confirmed and not stopped."""
    statement = select(Announcement.id, Announcement.series_id).where(
        Announcement.id.in_(numbers), Announcement.state == "confirmed"
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _answers(
    series: Collection[int], people: Collection[int]
) -> dict[tuple[int, int], bool | None]:
    """Return whose registration stands, and whether it agrees to mail (None: not asked)."""
    statement = select(Registration.series_id, Registration.person_id, Registration.consents).where(
        Registration.series_id.in_(series),
        Registration.person_id.in_(people),
        Registration.cancelled_at.is_(None),
    )
    return {(row[0], row[1]): row[2].get(CONSENT) for row in session.execute(statement)}


def _refusing(people: Collection[int]) -> set[int]:
    statement = select(MailChoices.person_id, MailChoices.refused)
    found = session.execute(statement.where(MailChoices.person_id.in_(people)))
    return {person_id for person_id, refused in found if GROUP_OF[ANNOUNCEMENT] in refused}
