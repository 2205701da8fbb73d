"""The words of reminders, written as they leave: with the time and the link that hold then."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.i18n.zones import is_zone
from academy.messaging import post_office
from academy.messaging.choosing import choices_path
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.moments import tell_hour, tell_moment
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.reminders import outcomes, texts
from academy.reminders.kinds import FOLLOW_UPS
from academy.reminders.models import OwnText
from academy.reminders.occasions import read_occasion
from academy.reminders.placeholders import put_in
from academy.reminders.versions import in_force

#: In every language in which there are texts (tests hold it).
_SIZE_UNKNOWN = {"en": "not known yet", "id": "belum diketahui"}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addressed:
    """One message: of what, to whom, and the address that is the reader's own way in."""

    kind: str
    person: Person
    live_session: LiveSession
    #: The path of the personal link, or of what stands for it in a preview.
    way_in: str
    #: From which minute on the reader missed it; for those who left early.
    until_minute: int | None = None
    #: The language to write in, where it is not the reader's own.
    language_wanted: str = ""
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        """Read the clock of the reader; that of the live session for one who has none."""
        person = self.person
        zone = person.zone if is_zone(person.zone) else self.live_session.zone
        language = self.language_wanted or person.language
        reader = Reader(person.greeting, language, zone, person.id)
        object.__setattr__(self, "reader", reader)

    @property
    def language(self) -> str:
        """The language in which the reader gets this kind."""
        return texts.language_for(self.kind, self.reader.language)


def write_reminders(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letter of each reminder; four statements for them all, six for follow-ups."""
    numbers = {one.id: read_occasion(one.occasion)[0] for one in due}
    live_sessions = _live_sessions(set(numbers.values()))
    people = _people({one.person_id for one in due})
    registrations = _registrations(live_sessions, set(people))
    minutes = _minutes(due, live_sessions)
    own = in_force({one.series_id for one in live_sessions.values()})
    letters: dict[int, Letter] = {}
    for one in due:
        live_session, person = live_sessions[numbers[one.id]], people[one.person_id]
        way_in = link_path(registrations[live_session.series_id, person.id])
        until = minutes.get((live_session.id, person.id))
        addressed = Addressed(one.kind, person, live_session, way_in, until)
        letters[one.id] = write(addressed, own)
    return letters


def _minutes(
    due: Sequence[Due], live_sessions: Mapping[int, LiveSession]
) -> Mapping[tuple[int, int], int]:
    ours = {read_occasion(one.occasion)[0] for one in due if one.kind in FOLLOW_UPS}
    people = {one.person_id for one in due}
    return {
        (number, person_id): what.until_minute
        for number in ours
        for person_id, what in outcomes.read(live_sessions[number], people).items()
        if what.until_minute is not None
    }


def write(addressed: Addressed, own: Mapping[tuple[int, str, str], OwnText]) -> Letter:
    """Return the letter in the organisers' words, or in the academy's where theirs cannot be."""
    key = (addressed.live_session.series_id, addressed.kind, addressed.language)
    theirs = own.get(key)
    if theirs is None or not theirs.is_own:
        return write_built_in(addressed)
    try:
        return write_own(addressed, Letter(theirs.subject, theirs.text))
    except Exception as error:  # noqa: BLE001  whatever is wrong with a text, the mail leaves
        log.warning("own text %s could not be written: %r", theirs.id, error)
        theirs.note_failure(error)
        return write_built_in(addressed)


def write_own(addressed: Addressed, theirs: Letter) -> Letter:
    """Return the letter with these words and the end that every mail has."""
    end = texts.end_of(addressed.kind, addressed.language)
    return put_in(Letter(theirs.subject, f"{theirs.text.strip()}\n\n{end}"), words_for(addressed))


def write_built_in(addressed: Addressed) -> Letter:
    """Return the letter in the academy's own words."""
    base_url = post_office.current().base_url
    return write_letter(addressed.kind, addressed.reader, base_url, _values(addressed))


def _values(addressed: Addressed) -> dict[str, object]:
    live_session = addressed.live_session
    return {
        "series": live_session.series.title,
        "live_session": live_session.title,
        "starts_at": live_session.starts_at,
        "zone": live_session.zone,
        "minutes": live_session.minutes,
        "door_minutes": live_session.series.door_minutes,
        "path": addressed.way_in,
        "series_path": f"/series/{live_session.series.slug}/",
        "attendance_path": f"/attendance/{live_session.slug}/",
        "summary": live_session.summary,
        "recording": live_session.recording_url,
        "recording_size": _tell_size(live_session, addressed.language),
        "until_minute": addressed.until_minute,
    }


def _tell_size(live_session: LiveSession, language: str) -> str:
    if not live_session.recording_url:
        return ""
    size = live_session.recording_megabytes
    return f"{size} MB" if size else _SIZE_UNKNOWN[language]


def words_for(addressed: Addressed) -> dict[str, str]:
    """Return what each placeholder stands for."""
    live_session, reader, language = addressed.live_session, addressed.reader, addressed.language
    base_url, moment = post_office.current().base_url, (live_session.starts_at, reader.zone)
    until = addressed.until_minute
    return {
        "name": reader.called,
        "series": live_session.series.title,
        "live_session": live_session.title,
        "when": tell_moment(*moment, live_session.zone, language),
        "hour": tell_hour(*moment, live_session.zone, language),
        "minutes": str(live_session.minutes),
        "door_minutes": str(live_session.series.door_minutes),
        "link": base_url + addressed.way_in,
        "series_link": f"{base_url}/series/{live_session.series.slug}/",
        "attendance_link": f"{base_url}/attendance/{live_session.slug}/",
        "summary": live_session.summary,
        "recording": live_session.recording_url,
        "recording_size": _tell_size(live_session, language),
        "until_minute": "" if until is None else str(until),
        "academy": base_url,
        "choices": base_url + choices_path(reader.person_id) if reader.person_id else base_url,
    }


def _live_sessions(numbers: set[int]) -> dict[int, LiveSession]:
    statement = select(LiveSession).options(joinedload(LiveSession.series))
    found = session.scalars(statement.where(LiveSession.id.in_(numbers)))
    return {one.id: one for one in found}


def _people(numbers: set[int]) -> dict[int, Person]:
    return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _registrations(
    live_sessions: Mapping[int, LiveSession], people: set[int]
) -> dict[tuple[int, int], Registration]:
    statement = select(Registration).where(
        Registration.series_id.in_({one.series_id for one in live_sessions.values()}),
        Registration.person_id.in_(people),
    )
    return {(one.series_id, one.person_id): one for one in session.scalars(statement)}
