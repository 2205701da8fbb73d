"""The words of announcements, written as they leave: with the time and the link that hold then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.messaging import post_office
from academy.messaging.choosing import choices_path
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.letters import Letter
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.reminders.announcements.models import Announcement, read_occasion
from academy.reminders.announcements.words import end_of, language_for
from academy.reminders.placeholders import put_in
from academy.reminders.previewing import SECRET_CHOICES, SECRET_LINK
from academy.reminders.writing import Addressed, words_for


@dataclass(frozen=True, slots=True)
class About:
    """What a letter of an announcement is about."""

    announcement: Announcement
    #: None for one about the whole series.
    live_session: LiveSession | None


def write_announcements(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letter of each; six statements for them all."""
    about = read_about({read_occasion(one.occasion) for one in due})
    people = _people({one.person_id for one in due})
    links = _links({one.announcement.series_id for one in about.values()}, set(people))
    letters = {}
    for one in due:
        theirs, person = about[read_occasion(one.occasion)], people[one.person_id]
        way_in = links[theirs.announcement.series_id, person.id]
        letters[one.id] = write(theirs, person, way_in)
    return letters


def read_about(numbers: set[int]) -> dict[int, About]:
    """Return these announcements with what each is about; four statements."""
    statement = select(Announcement).options(joinedload(Announcement.series))
    found = session.scalars(statement.where(Announcement.id.in_(numbers))).all()
    wanted = {one.live_session_id for one in found}
    whole = select(LiveSession).options(joinedload(LiveSession.series))
    held = session.scalars(whole.where(LiveSession.id.in_(wanted))) if wanted - {None} else ()
    live_sessions = {one.id: one for one in held}
    return {one.id: About(one, live_sessions.get(one.live_session_id or 0)) for one in found}


def write(about: About, person: Person, way_in: str, language: str = "") -> Letter:
    """Return the letter in the reader's language, or another that is written, as words_for says.

    `way_in` is the path of the personal link, or what stands for it.
    """
    texts = {text.language: text for text in about.announcement.texts}
    language = language_for(language or person.language, texts)
    draft = Letter(texts[language].subject, texts[language].text)
    return write_draft(about, person, way_in, draft, language)


def write_draft(about: About, person: Person, way_in: str, draft: Letter, language: str) -> Letter:
    """Return a text as `person` would read it, with the end that every announcement has."""
    whole = Letter(draft.subject, f"{draft.text.strip()}\n\n{end_of(language)}")
    letter = put_in(whole, _words(about, person, way_in, language))
    return Letter(letter.subject, letter.text, language)


def hide_choices(letter: Letter, person: Person) -> Letter:
    """Return the letter without the reader's secret, for eyes that are not the reader's."""
    hidden = letter.text.replace(choices_path(person.id), SECRET_CHOICES)
    return Letter(letter.subject, hidden, letter.language)


def preview(about: About, person: Person, language: str = "") -> Letter:
    """Return the letter as `person` would read it, without the secrets that are theirs."""
    return hide_choices(write(about, person, SECRET_LINK, language), person)


def _words(about: About, person: Person, way_in: str, language: str) -> dict[str, str]:
    if about.live_session is not None:
        return words_for(
            Addressed(ANNOUNCEMENT, person, about.live_session, way_in, language_wanted=language)
        )
    base_url, series = post_office.current().base_url, about.announcement.series
    return {
        "name": person.greeting,
        "series": series.title,
        "series_link": f"{base_url}/series/{series.slug}/",
        "link": base_url + way_in,
        "academy": base_url,
        "choices": base_url + choices_path(person.id),
    }


def _people(numbers: set[int]) -> dict[int, Person]:
    return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _links(series: set[int], people: set[int]) -> dict[tuple[int, int], str]:
    statement = select(Registration).where(
        Registration.series_id.in_(series), Registration.person_id.in_(people)
    )
    found = session.scalars(statement)
    return {(one.series_id, one.person_id): link_path(one) for one in found}
