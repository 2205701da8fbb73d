"""Announcements that tests begin with: a draft that is ready, and what became of its messages."""

from sqlalchemy import select

from academy.db import session, transaction
from academy.messaging.letters import Letter
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme.models import Registration, Series
from academy.programme.service import register
from academy.reminders.announcements.models import Announcement, occasion_of
from academy.reminders.announcements.recipients import Recipients, fingerprint
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import begin, confirm, save_segment, save_text
from tests.programme.scenes import somebody

HELLO = Letter("Bring a needle", "Hello {{ name }},\n\nbring a needle.\n\n{{ link }}\n")
HALO = Letter("Bawa jarum", "Halo {{ name }},\n\nbawalah jarum.\n")


def joined(
    series: Series, name: str, zone: str = "Asia/Kuala_Lumpur", *, country: str = "MY",
    language: str = "en", **consents: bool,
) -> Registration:  # fmt: skip
    """Register somebody of that name, who lives there and reads that language."""
    person = somebody(name, country)
    with transaction():
        person.zone, person.language = zone, language
    return register(person, series, source="import", consents=consents or None)


def a_draft(
    series: Series, author: Person, segment: Segment | None = None, **texts: Letter
) -> Announcement:
    """Return a draft with its texts (English, if none is given)."""
    draft = begin(series, author)
    save_segment(draft.id, segment or Segment())
    for language, letter in (texts or {"en": HELLO}).items():
        save_text(draft.id, language, letter, seen=0, actor_id=author.id)
    return draft


def seen(draft: Announcement, viewer: Person) -> dict[str, object]:
    """Return what the page of confirmation shows: the version, and the list."""
    session.refresh(draft)
    people = [one[0] for one in Recipients(draft, viewer).read_all()]
    return {"seen": draft.version, "seen_list": fingerprint(people)}


def send(draft: Announcement, author: Person) -> int:
    """Confirm what stands now."""
    shown = seen(draft, author)
    return confirm(
        draft.id, author, seen=int(str(shown["seen"])), seen_list=str(shown["seen_list"])
    )


def messages(draft: Announcement) -> dict[str, Message]:
    """Return the messages of the announcement by the name of whom they are for."""
    session.expire_all()
    return messages_of(draft.id)


def messages_of(number: int) -> dict[str, Message]:
    """Do the same for threads that closed the session in which the announcement was read."""
    statement = select(Person.name, Message).join(Message, Message.person_id == Person.id)
    found = session.execute(statement.where(Message.occasion == occasion_of(number)))
    return {row[0]: row[1] for row in found}


def names(draft: Announcement, viewer: Person) -> set[str]:
    """Return the names of everybody who would get it."""
    session.refresh(draft)
    people = [one[0] for one in Recipients(draft, viewer).read_all()]
    return set(session.scalars(select(Person.name).where(Person.id.in_(people))))
