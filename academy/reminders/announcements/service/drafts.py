"""Writing a draft: to whom, in which words, and when; until it is confirmed."""

from datetime import datetime, timedelta

from sqlalchemy import select

from academy.db import now, session, transaction
from academy.i18n.zones import zone_of
from academy.messaging.letters import Letter
from academy.people.models import Person
from academy.programme.models import Series
from academy.reminders.announcements.hours import moment_of
from academy.reminders.announcements.models import Announcement, AnnouncementText
from academy.reminders.announcements.recipients import Recipients
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.words import check_text
from academy.security import audit

#: Nobody means an hour that is further away.
FARTHEST = timedelta(days=366)


class AlreadyConfirmed(Exception):
    """It was confirmed meanwhile: nothing of it changes any more."""


class DraftChanged(Exception):
    """Somebody else saved this text since the one that was changed here."""


class HourPassed(ValueError):
    """The hour has passed on the clock of everybody, or lies more than a year ahead."""

    def __init__(self, *, is_about_use: bool = False) -> None:
        super().__init__("passed")
        #: Whether it is the hour after which it is of no use, not that at which it leaves.
        self.is_about_use = is_about_use


def begin(series: Series, author: Person) -> Announcement:
    """Return a new draft; the one that the author began and left untouched, if there is one."""
    untouched = select(Announcement).where(
        Announcement.series_id == series.id,
        Announcement.created_by == author.id,
        Announcement.state == "draft",
        Announcement.version == 1,
    )
    with transaction() as current:
        found = session.scalars(untouched.order_by(Announcement.id.desc()).limit(1)).first()
        if found is not None:
            return found
        draft = Announcement(series_id=series.id, created_by=author.id)
        current.add(draft)
        current.flush()
        audit.note("announcement.begun", f"announcement:{draft.id}", actor_id=author.id)
    return draft


def lock_draft(number: int) -> Announcement:
    """Return the draft, which nobody else changes meanwhile; raises AlreadyConfirmed."""
    statement = select(Announcement).where(Announcement.id == number)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    draft = session.scalars(locked).one()
    if not draft.is_draft:
        raise AlreadyConfirmed
    return draft


def save_segment(number: int, segment: Segment) -> None:
    """Let the draft be for these people; raises AlreadyConfirmed."""
    with transaction():
        draft = lock_draft(number)
        draft.live_session_id = segment.live_session or None
        draft.who, draft.countries = list(segment.who), list(segment.countries)
        draft.languages = list(segment.languages)
        draft.version += 1


def save_text(
    number: int, language: str, wanted: Letter, *, seen: int, actor_id: int
) -> AnnouncementText:
    """Keep subject and text of one language as the version after `seen` (0: there is none).

    Raises placeholders.UnfitText, DraftChanged and AlreadyConfirmed; then nothing changes.
    """
    with transaction() as current:
        draft = lock_draft(number)
        letter = check_text(draft, wanted)
        text = current.get(AnnouncementText, (number, language), populate_existing=True)
        if (text.version if text else 0) != seen:
            raise DraftChanged
        text = text or AnnouncementText(announcement_id=number, language=language)
        text.subject, text.text, text.version = letter.subject, letter.text, seen + 1
        text.changed_by, text.changed_at = actor_id, now()
        draft.version += 1
        current.add(text)
        current.flush()
        current.refresh(draft, ["texts"])
    return text


def drop_text(number: int, language: str) -> None:
    """Take the text of one language out of the draft; raises AlreadyConfirmed."""
    with transaction():
        draft = lock_draft(number)
        draft.texts = [text for text in draft.texts if text.language != language]
        draft.version += 1


def save_when(number: int, viewer: Person, local_at: str, of_use_until: datetime | None) -> None:
    """Let it leave at this hour on each reader's clock ("" at once), and be of use until then.

    Raises HourPassed where no clock is left on which the hour is to come, and AlreadyConfirmed.
    """
    with transaction():
        draft = lock_draft(number)
        draft.local_at, draft.of_use_until = local_at, of_use_until
        draft.version += 1
        if local_at:
            _check_hour(draft, viewer)
        if of_use_until is not None and of_use_until <= now():
            raise HourPassed(is_about_use=True)


def _check_hour(draft: Announcement, viewer: Person) -> None:
    if moment_of(draft.local_at, zone_of(draft.series.zone)) > now() + FARTHEST:
        raise HourPassed
    if has_passed(draft, Recipients(draft, viewer)):
        raise HourPassed


def has_passed(draft: Announcement, recipients: Recipients) -> bool:
    """Whether the hour has passed for everybody; where nobody gets it, on the series' clock."""
    if not draft.local_at:
        return False
    late = [hour.is_late for _zone, hour, _people in recipients.hours]
    return all(late) if late else moment_of(draft.local_at, zone_of(draft.series.zone)) < now()


def discard(number: int, actor_id: int) -> None:
    """Throw the draft away; raises AlreadyConfirmed."""
    with transaction() as current:
        current.delete(lock_draft(number))
        audit.note("announcement.discarded", f"announcement:{number}", actor_id=actor_id)
