"""What each person wants to be told, and at which hours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select, update

from academy.db import now, session, transaction
from academy.messaging.kinds import GROUPS
from academy.messaging.models import MailChoices
from academy.messaging.notices import NoticeKind, kinds_for
from academy.messaging.rhythms import MONDAY, NEVER, RHYTHMS
from academy.people.models import Consent, Person
from academy.people.ports import tell_new_hours
from academy.security import audit

DAY = 24 * 60
DAYS_OF_A_WEEK = 7
#: The group of kinds.GROUPS of which a person also chooses how often.
NEWS = "news"


class BadHourError(ValueError):
    """This is no hour of a day, or no day of a week."""


class BadRhythmError(ValueError):
    """So often nobody writes, or not about that."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What stands for a person, chosen or by default; hours in minutes after midnight."""

    reminders: bool
    quiet_begins: int
    quiet_ends: int
    announcements: bool = True
    #: Whether to hear news at all, those of kinds to come as well.
    news: bool = True
    #: The day on which weekly mails come: 0 for Monday to 6 for Sunday.
    weekly_on: int = MONDAY

    @property
    def refused(self) -> list[str]:
        """The groups of kinds that are switched off, in the order of GROUPS."""
        return [group for group in GROUPS if not getattr(self, group)]


def read_choices(person_id: int) -> Choices:
    """Return what stands for the person; one statement."""
    found = session.get(MailChoices, person_id, populate_existing=True)
    if found is None:
        return Choices(reminders=True, quiet_begins=21 * 60, quiet_ends=7 * 60)
    wanted = {group: group not in found.refused for group in GROUPS}
    return Choices(
        quiet_begins=found.quiet_begins, quiet_ends=found.quiet_ends, weekly_on=found.weekly_on,
        **wanted,
    )  # fmt: skip


def choose(person_id: int, choices: Choices, rhythms: Mapping[str, str] | None = None) -> None:
    """Keep what the person chose; a no takes the consent of their account back too.

    `rhythms` is how often to tell of each kind of news; None leaves that as it is. Raises
    BadHourError and BadRhythmError. Messages that wait are planned anew where the hours are
    others, and asked again just before they leave.
    """
    hours_fit = all(0 <= hour < DAY for hour in (choices.quiet_begins, choices.quiet_ends))
    if not hours_fit or not 0 <= choices.weekly_on < DAYS_OF_A_WEEK:
        raise BadHourError
    with transaction() as current:
        person = current.get_one(Person, person_id, with_for_update=True)
        row = current.get(MailChoices, person_id) or MailChoices(person_id=person_id, rhythms={})
        hours = _hours_of(row)
        row.quiet_begins, row.quiet_ends = choices.quiet_begins, choices.quiet_ends
        row.refused, row.weekly_on = choices.refused, choices.weekly_on
        row.rhythms = {**row.rhythms, **_checked(rhythms or {}, person)}
        row.changed_at = now()
        current.add(row)
        if hours != _hours_of(row):
            current.flush()
            tell_new_hours([person_id])
        if not choices.reminders:
            _take_consent_back(person_id)
        audit.note(
            "mail.chosen", f"person:{person_id}", actor_id=person_id,
            reminders=choices.reminders, announcements=choices.announcements,
        )  # fmt: skip


def _hours_of(row: MailChoices) -> tuple[object, ...]:
    """Return everything on which it depends when something leaves."""
    refused = NEWS in (row.refused or ())
    return row.quiet_begins, row.quiet_ends, row.weekly_on, dict(row.rhythms), refused


def _checked(rhythms: Mapping[str, str], person: Person) -> Mapping[str, str]:
    known = {kind.name for kind in kinds_for(person)}
    if not set(rhythms) <= known or not set(rhythms.values()) <= set(RHYTHMS):
        raise BadRhythmError
    return rhythms


def read_rhythms(person: Person) -> dict[str, str]:
    """Return how often the person hears of each kind of news that there may be; one statement."""
    found = session.get(MailChoices, person.id, populate_existing=True)
    return {kind.name: rhythm_of(kind, found) for kind in kinds_for(person)}


def rhythm_of(kind: NoticeKind, choices: MailChoices | None) -> str:
    """Return how often whoever chose this (None: nothing) hears of a kind of news."""
    if choices is None:
        return kind.rhythm
    return NEVER if NEWS in choices.refused else str(choices.rhythms.get(kind.name, kind.rhythm))


def refuse(person_id: int, group: str) -> None:
    """Switch a group of kinds off and leave everything else as it is; twice is once."""
    standing = read_choices(person_id)
    if group not in standing.refused:
        choose(person_id, replace(standing, **{group: False}))


def find_person(person_id: int) -> Person | None:
    """Return whose choices these are; None where the account is gone or closed."""
    statement = select(Person).where(Person.id == person_id, Person.disabled_at.is_(None))
    return session.scalars(statement).one_or_none()


def _take_consent_back(person_id: int) -> None:
    session.execute(
        update(Consent)
        .where(
            Consent.person_id == person_id,
            Consent.kind == "mail_reminders",
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
    )
