"""A message as one person would read it, without the secrets that only its reader may have."""

from dataclasses import dataclass, replace

from academy.i18n.zones import is_zone
from academy.messaging.choosing import choices_path
from academy.messaging.letters import Letter
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.reminders import happenings, outcomes
from academy.reminders.kinds import FOLLOW_UPS, HAPPENINGS, LEFT_EARLY
from academy.reminders.models import OwnText
from academy.reminders.writing import Addressed, write_built_in, write_own

#: Stands where the reader's own link would: whoever looks at a preview is not the reader.
SECRET_LINK = "/j/…"  # noqa: S105  it is none
SECRET_CHOICES = "/mail/…"  # noqa: S105  nor is this


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it would be read."""

    letter: Letter
    language: str
    zone: str
    #: Whether these are the organisers' words; else the academy's.
    is_own: bool
    #: What of it is made up, because it has not happened: the minute at which somebody left.
    is_sample: bool = False
    #: Whether it has not happened, and is shown as if it did to this live session.
    is_if: bool = False


def preview(
    kind: str, person: Person, live_session: LiveSession, own: dict[tuple[int, str, str], OwnText],
    *, language: str = "", way_in: str = SECRET_LINK,
) -> Shown:  # fmt: skip
    """Return the message as `person` would read it, in the text that is in force.

    With a `way_in` of its own it is for the person's eyes only: nothing of it is hidden.
    """
    if kind in HAPPENINGS:
        told = happenings.sample(kind, person, live_session, way_in, language)
        return _show(told, live_session, own.get((live_session.series_id, kind, told.language)))
    addressed, is_sample = _address(kind, person, live_session, language, way_in)
    theirs = own.get((live_session.series_id, kind, addressed.language))
    if theirs is None or not theirs.is_own or theirs.failed_at is not None:
        letter, is_own = write_built_in(addressed), False
    else:
        letter, is_own = write_own(addressed, Letter(theirs.subject, theirs.text)), True
    return _shown(addressed, letter, is_own=is_own, is_sample=is_sample)


def _show(told: happenings.Happening, live_session: LiveSession, theirs: OwnText | None) -> Shown:
    """Return what would be told if it happened to this live session now."""
    is_own = theirs is not None and theirs.is_own and theirs.failed_at is None
    if theirs is not None and is_own:
        letter = happenings.write_own(told, Letter(theirs.subject, theirs.text))
    else:
        letter = happenings.write_built_in(told)
    zone = told.person.zone if is_zone(told.person.zone) else live_session.zone
    return Shown(letter, told.language, zone, is_own, is_if=True)


def preview_draft(
    kind: str, person: Person, live_session: LiveSession, draft: Letter, language: str
) -> Shown:
    """Return the message with a text that is not saved, already checked."""
    if kind in HAPPENINGS:
        told = happenings.sample(kind, person, live_session, SECRET_LINK, language)
        draft_text = OwnText(subject=draft.subject, text=draft.text)
        return _show(told, live_session, draft_text)
    addressed, is_sample = _address(kind, person, live_session, language, SECRET_LINK)
    return _shown(addressed, write_own(addressed, draft), is_own=True, is_sample=is_sample)


def _address(
    kind: str, person: Person, live_session: LiveSession, language: str, way_in: str
) -> tuple[Addressed, bool]:
    """Return the message with what is known of the person, and whether something is made up."""
    outcome = None
    if kind in FOLLOW_UPS:
        outcome = outcomes.read(live_session, [person.id]).get(person.id)
    until = outcome.until_minute if outcome else None
    is_sample = kind == LEFT_EARLY and until is None
    addressed = Addressed(
        kind, person, live_session, way_in, live_session.minutes // 2 if is_sample else until,
        language or person.language,
    )  # fmt: skip
    return addressed, is_sample


def _shown(addressed: Addressed, letter: Letter, *, is_own: bool, is_sample: bool) -> Shown:
    if addressed.way_in == SECRET_LINK:
        hidden = letter.text.replace(choices_path(addressed.person.id), SECRET_CHOICES)
        letter = replace(letter, text=hidden)
    return Shown(letter, addressed.language, addressed.reader.zone, is_own, is_sample)
