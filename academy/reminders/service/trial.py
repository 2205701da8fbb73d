"""A message to oneself: as readers would get it, marked as a test, never with anybody's link."""

from datetime import timedelta
from uuid import uuid4

from academy.db import now, transaction
from academy.lib import jobs
from academy.messaging.letters import LONGEST_SUBJECT, Letter
from academy.messaging.service import plan_many
from academy.people.models import Person
from academy.programme.models import Series
from academy.security import audit
from academy.security.throttle import Allowance, take

#: Nobody's mailbox is filled by a button.
ALLOWED = Allowance("trial_message:person", 6, timedelta(hours=1))
KIND = "trial_message"
_OF_USE_FOR = timedelta(hours=1)


class NoProvenAddress(Exception):
    """There is no address to which a test could go."""


class TooManyTrials(Exception):
    """There were enough within this hour."""


def send_trial(series: Series, kind: str, letter: Letter, mark: str, person: Person) -> str:
    """Send the letter to the person's own primary address and return that.

    `mark` is put before subject and text, so that nobody takes it for the real one. Raises
    NoProvenAddress and TooManyTrials.
    """
    primary = person.primary_address
    if primary is None or primary.verified_at is None:
        raise NoProvenAddress
    if not take(ALLOWED, str(person.id)):
        raise TooManyTrials
    with transaction():
        plan_many([{
            "person_id": person.id, "address": primary.address, "kind": KIND,
            "occasion": f"trial:{uuid4().hex}", "due_at": now(),
            "expires_at": now() + _OF_USE_FOR,
            "subject": f"[{mark}] {letter.subject}"[:LONGEST_SUBJECT],
            "text": f"[{mark}]\n\n{letter.text}",
        }])  # fmt: skip
        audit.note("reminder.tried", f"series:{series.slug}", actor_id=person.id, kind=kind)
        jobs.ask_soon("message.sweep")
    return primary.address
