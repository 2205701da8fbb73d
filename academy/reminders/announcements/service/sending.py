"""Confirming an announcement: its list is frozen as rows of the delivery ledger, all at once."""

from dataclasses import dataclass
from typing import Any

from academy.db import now, transaction
from academy.lib import jobs
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.service import plan_many
from academy.people.models import Person
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.recipients import Recipients, fingerprint
from academy.reminders.announcements.service.drafts import DraftChanged, has_passed, lock_draft
from academy.reminders.announcements.words import unfit_languages
from academy.security import audit


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a draft cannot be confirmed yet: "no_text", "unfit", "nobody", "passed", "useless"."""

    code: str
    #: The language of the text that it is about.
    language: str = ""


class NotReady(Exception):
    """There are obstacles."""


def find_obstacles(draft: Announcement, recipients: Recipients) -> list[Obstacle]:
    """Return everything that stands in the way of sending it."""
    obstacles = [] if draft.texts else [Obstacle("no_text")]
    obstacles += [Obstacle("unfit", language) for language in unfit_languages(draft)]
    if not recipients.total:
        obstacles.append(Obstacle("nobody"))
    if has_passed(draft, recipients):
        obstacles.append(Obstacle("passed"))
    if draft.of_use_until is not None and draft.of_use_until <= now():
        obstacles.append(Obstacle("useless"))
    return obstacles


def confirm(number: int, viewer: Person, *, seen: int, seen_list: str) -> int:
    """Plan it for everybody on the list that `viewer` saw; return how many.

    `seen` is the version of the draft, `seen_list` the fingerprint of the list. Twice, from two
    windows or by two people it is planned once. Raises AlreadyConfirmed, NotReady, and
    DraftChanged where draft or list are others than those that were seen. Eight statements, and
    one more for every 20,000 people.
    """
    with transaction():
        draft, at = lock_draft(number), now()
        recipients = Recipients(draft, viewer, at)
        found = recipients.read_all()
        if find_obstacles(draft, recipients):
            raise NotReady
        if draft.version != seen or fingerprint(one[0] for one in found) != seen_list:
            raise DraftChanged
        common: dict[str, Any] = {
            "kind": ANNOUNCEMENT, "occasion": draft.occasion, "expires_at": draft.of_use_until,
        }  # fmt: skip
        planned = plan_many([
            {**common, "person_id": person_id, "address": address, "due_at": hour.at}
            for person_id, address, hour in found
        ])  # fmt: skip
        draft.state, draft.confirmed_by, draft.confirmed_at = "confirmed", viewer.id, at
        draft.left_out = recipients.left_out
        audit.note(
            "announcement.confirmed", f"announcement:{number}", actor_id=viewer.id,
            people=planned, left_out=sum(draft.left_out.values()),
        )  # fmt: skip
        jobs.ask_soon("message.sweep")
    return planned
