"""Objecting to one's own attendance: saying it, changing it, taking it back while it is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from academy.attendance.models import Objection
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.programme.models import LiveSession
from academy.programme.service import lock_series
from academy.security import audit

#: What somebody may say, and how they were there.
KINDS = ("was_there", "stayed_longer", "not_me", "other")
WAYS = ("own_device", "with_others", "by_phone")
#: So long after a live session its attendance can be objected to.
OPEN_FOR = timedelta(days=60)
#: Who was told no may say it once more with better words, and not for ever.
MOST_OF_ONE = 5


class ObjectionClosed(Exception):
    """The live session has not begun, was called off, or is too long ago."""


class TooManyObjections(Exception):
    """This person has said enough about this live session."""


class NothingOpen(Exception):
    """Nothing of this person is open; it has been answered or taken back meanwhile."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says: its kind, when they were there and how, in their own words."""

    kind: str
    words: str = ""
    how: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None


def may_object(live_session: LiveSession) -> bool:
    """Whether the time to object is now: from the start until so many days after the end."""
    is_known = live_session.has_begun and live_session.series.anonymised_at is None
    return is_known and now() <= closes_at(live_session)


def closes_at(live_session: LiveSession) -> datetime:
    """Return the moment after which nobody can object any more."""
    return live_session.ends_at + OPEN_FOR


def object_to(live_session: LiveSession, person_id: int, word: Word) -> Objection:
    """Put the word on the review desk; where one is open already, it says this from now on.

    Raises ObjectionClosed and TooManyObjections. Who may object is the policy's matter.
    """
    if word.kind not in KINDS or word.how not in {"", *WAYS}:
        raise ValueError(word)
    with transaction():
        if not may_object(live_session):
            raise ObjectionClosed
        lock_series(live_session.series_id)
        objection = _find_open(live_session.id, person_id) or _begin(live_session.id, person_id)
        _say(objection, word)
        audit.note("objection.made", f"objection:{objection.id}", actor_id=person_id,
                   kind=word.kind)  # fmt: skip
        tell_desk(live_session.id)
    return objection


def _find_open(live_session_id: int, person_id: int) -> Objection | None:
    statement = select(Objection).where(
        Objection.live_session_id == live_session_id,
        Objection.person_id == person_id,
        Objection.state == "open",
    )
    # What a reviewer changed while we waited for the lock is read again.
    return session.scalar(statement.execution_options(populate_existing=True))


def _begin(live_session_id: int, person_id: int) -> Objection:
    said = select(Objection.id).where(
        Objection.live_session_id == live_session_id, Objection.person_id == person_id
    )
    if len(session.scalars(said).all()) >= MOST_OF_ONE:
        raise TooManyObjections
    objection = Objection(live_session_id=live_session_id, person_id=person_id, version=0)
    session.add(objection)
    return objection


def _say(objection: Objection, word: Word) -> None:
    objection.kind, objection.how, objection.words = word.kind, word.how, word.words
    objection.from_at, objection.until_at = word.from_at, word.until_at
    objection.version += 1
    objection.changed_at = now()
    session.flush()


def take_back_objection(live_session: LiveSession, person_id: int) -> None:
    """Take what is open back; it stays on record as taken back. Raises NothingOpen."""
    with transaction():
        lock_series(live_session.series_id)
        objection = _find_open(live_session.id, person_id)
        if objection is None:
            raise NothingOpen
        objection.state = "withdrawn"
        objection.version += 1
        objection.changed_at = now()
        audit.note("objection.taken_back", f"objection:{objection.id}", actor_id=person_id)
        tell_desk(live_session.id)


def tell_desk(live_session_id: int) -> None:
    """Let the pages of the desk that show it look again."""
    announce("job.changed", DESK, id=f"review:{live_session_id}")
