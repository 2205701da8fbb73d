"""Messages that leave when something happens: their words, the organisers' or the academy's.

They are planned by the programme with the academy's words. As they leave they are written again
where the organisers of the series have a text of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from academy.db import session
from academy.messaging import post_office
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.moments import tell_hour, tell_moment
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.letters import called_off_values, registered_values, values_of
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.reminders import texts
from academy.reminders.kinds import (
    CALLED_OFF,
    CONFIRMED,
    MOVED,
    PROMOTED,
    SERIES_CALLED_OFF,
)
from academy.reminders.models import OwnText, SwitchedOff
from academy.reminders.placeholders import put_in
from academy.reminders.versions import in_force

#: Kinds with an hour that may be another by the time they leave.
TELLS_AN_HOUR = frozenset({CONFIRMED, PROMOTED, MOVED})
#: Why a confirmation stays away.
SWITCHED_OFF = "the organisers switched confirmations off"
#: In every language in which there are texts (tests hold it).
WAITING = {
    "en": "It is full at the moment. You are on its waiting list, and we write as soon as a place "
    "is free.",
    "id": "Saat ini sesi itu penuh. Anda ada di daftar tunggunya, dan kami menulis begitu ada "
    "tempat.",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One such message: to whom, of which series, and what it tells."""

    kind: str
    person: Person
    series_id: int
    #: Those of messaging.kinds.REQUIRED and OPTIONAL.
    values: Mapping[str, Any]
    #: The language to write in, where it is not the reader's own.
    language_wanted: str = ""

    @property
    def language(self) -> str:
        """The language in which the reader gets this kind."""
        return texts.language_for(self.kind, self.language_wanted or self.person.language)

    @property
    def reader(self) -> Reader:
        """Return to whom it speaks."""
        person = self.person
        return Reader(
            person.greeting, self.language_wanted or person.language, person.zone, person.id
        )


def write_happenings(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letters that are to be written again as they leave.

    In the organisers' words where they have some; what tells an hour in the academy's else, so
    that it and the calendar entry tell the one that holds then. The rest keeps its words.
    """
    found = {one.id: happening for one in due if (happening := _find(one)) is not None}
    own = in_force({one.series_id for one in found.values()})
    letters: dict[int, Letter] = {}
    for number, one in found.items():
        if (written := _own(one, own)) is not None:
            letters[number] = written
        elif one.kind in TELLS_AN_HOUR:
            letters[number] = write_built_in(one)
    return letters


def _find(due: Due) -> Happening | None:
    """Return what a message of the ledger tells; None where that is gone."""
    number = int(due.occasion.split(":")[1])
    model = {CONFIRMED: Registration, PROMOTED: Place, SERIES_CALLED_OFF: Series}.get(
        due.kind, LiveSession
    )
    person, about = session.get(Person, due.person_id), session.get(model, number)
    if person is None or about is None:
        return None
    return Happening(due.kind, person, *_tell(due.kind, about))


def _tell(kind: str, about: Any) -> tuple[int, Mapping[str, Any]]:
    """Return the series that it is of, and its values as things stand now."""
    if kind == CONFIRMED:
        return about.series_id, registered_values(about)[1]
    if kind == PROMOTED:
        return about.live_session.series_id, values_of(about.live_session)
    if kind == SERIES_CALLED_OFF:
        return about.id, {"series": about.title, "path": f"/series/{about.slug}/"}
    values = called_off_values(about) if kind == CALLED_OFF else values_of(about)
    return about.series_id, values


def _own(happening: Happening, own: Mapping[tuple[int, str, str], OwnText]) -> Letter | None:
    """Return the letter in the organisers' words; None where there are none that can be."""
    theirs = own.get((happening.series_id, happening.kind, happening.language))
    if theirs is None or not theirs.is_own:
        return None
    try:
        return write_own(happening, Letter(theirs.subject, theirs.text))
    except Exception as error:  # noqa: BLE001  whatever is wrong with a text, the mail leaves
        theirs.note_failure(error)
        return None


def write_own(happening: Happening, theirs: Letter) -> Letter:
    """Return the letter with these words and the end that every mail of the kind has."""
    end = texts.end_of(happening.kind, happening.language)
    words = words_for(happening)
    return put_in(Letter(theirs.subject, f"{theirs.text.strip()}\n\n{end}"), words)


def write_built_in(happening: Happening) -> Letter:
    """Return the letter in the academy's own words."""
    base_url = post_office.current().base_url
    return write_letter(happening.kind, happening.reader, base_url, happening.values)


def words_for(happening: Happening) -> dict[str, str]:
    """Return what each placeholder stands for; "" where there is nothing to tell."""
    values, base_url = happening.values, post_office.current().base_url
    language, zone = happening.language, happening.person.zone
    page, own = f"{base_url}{values['path']}", values.get("way_in", "")
    when = hour = ""
    if starts_at := values.get("starts_at"):
        when = tell_moment(starts_at, zone, values["zone"], language)
        hour = tell_hour(starts_at, zone, values["zone"], language)
    return {
        "name": happening.reader.called,
        "series": values["series"],
        "live_session": values.get("live_session", ""),
        "when": when,
        "hour": hour,
        "minutes": str(values.get("minutes", "")),
        "waiting": WAITING[language] if values.get("place") == "waiting" else "",
        "link": base_url + own if own else "",
        "card": base_url + values["card"] if own else "",
        "series_link": page,
        "live_session_link": page,
        "academy": base_url,
    }


def sample(
    kind: str, person: Person, live_session: LiveSession, way_in: str, language: str = ""
) -> Happening:
    """Return the message that `person` would get if it happened to this live session now."""
    values = values_of(live_session)
    series_path = f"/series/{live_session.series.slug}/"
    if kind == CONFIRMED:
        values |= {"path": series_path, "place": "going", "way_in": way_in,
                   "card": f"{way_in.rstrip('/')}/card"}  # fmt: skip
    elif kind in {CALLED_OFF, SERIES_CALLED_OFF}:
        values |= {"path": series_path}
    return Happening(kind, person, live_session.series_id, values, language)


def find_switched_off(due: Sequence[Due]) -> Mapping[int, str]:
    """Return the confirmations that organisers do not want sent; one statement."""
    ours = {one.id: int(one.occasion.split(":")[1]) for one in due if one.kind == CONFIRMED}
    statement = (
        select(Registration.id)
        .join(SwitchedOff, SwitchedOff.series_id == Registration.series_id)
        .where(Registration.id.in_(ours.values()), SwitchedOff.kind == CONFIRMED)
    )
    off = set(session.scalars(statement)) if ours else set()
    return {number: SWITCHED_OFF for number, registration in ours.items() if registration in off}
