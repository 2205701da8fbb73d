"""What the answers of one person change: decided in memory, the same for a dry run as for real."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from academy.people.models import Person
from academy.programme.formats.entries import Entry
from academy.programme.models import Registration

Outcome = Literal["created", "updated", "unchanged"]


@dataclass
class Profile:
    """What a registration says of the person, and what stands in the table of persons."""

    name: str = ""
    country: str | None = None
    organisation: str = ""
    language: str = ""
    zone: str = ""


@dataclass
class Answers:
    """What stands in the registration."""

    answers: dict[str, Any] = field(default_factory=dict)
    consents: dict[str, Any] = field(default_factory=dict)
    name_given: str = ""
    answered_at: datetime | None = None
    stands: bool = True


@dataclass
class Case:
    """One person of the file: who it is here already, all rows about them, and what they change."""

    #: In the order in which they were answered.
    entries: Sequence[Entry]
    person: Person | None = None
    #: Of the person who is here, or whom the import has just added.
    person_id: int | None = None
    registration: Registration | None = None
    #: Whether the person has said something of themselves here: then no file overwrites it.
    is_own: bool = False
    #: False for those who share the address of another attendee: they get none.
    has_address: bool = True
    profile: Profile = field(default_factory=Profile)
    answers: Answers = field(default_factory=Answers)
    registered_at: datetime | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything has to be written."""
        return any(outcome != "unchanged" for outcome in self.outcomes)


def in_order(entries: Sequence[Entry], zone: ZoneInfo) -> list[Entry]:
    """Return the answers of one person in the order of time, or of the file where one has none.

    Several tickets of one moment stay in the order of their numbers, however the file sorts them.
    """
    if any(entry.answered_at is None for entry in entries):
        return list(entries)
    return sorted(entries, key=lambda entry: (moment_of(entry, zone), entry.attendee, entry.row))


def moment_of(entry: Entry, zone: ZoneInfo) -> datetime | None:
    """Return when the answer was given; a time without an offset is on the clock of the series."""
    at = entry.answered_at
    if at is None:
        return None
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)


def decide(case: Case, zone: ZoneInfo, latest: datetime) -> None:
    """Fill in what the case changes and the outcome of each of its rows.

    A new person's first row is "created" and each later one "updated" where it changes something.
    For somebody who is registered already only the result counts: the last row is "updated" where
    it differs from what stands, and all others are "unchanged"; so a file that is imported twice
    changes nothing the second time. Moments after `latest` are not believed.
    """
    before = _start(case)
    moments = [at for entry in case.entries if (at := _believed(entry, zone, latest))]
    case.registered_at = min(moments, default=None)
    changed = [_apply(case, entry, _believed(entry, zone, latest)) for entry in case.entries]
    if case.registration is None:
        later: list[Outcome] = ["updated" if each else "unchanged" for each in changed[1:]]
        case.outcomes = ["created", *later]
    else:
        is_different = before != _snapshot(case)
        last: Outcome = "updated" if is_different else "unchanged"
        case.outcomes = [*_unchanged(len(case.entries) - 1), last]


def _unchanged(count: int) -> Iterator[Outcome]:
    for _each in range(count):
        yield "unchanged"


def _start(case: Case) -> tuple[object, ...]:
    person, registration = case.person, case.registration
    if person is not None:
        case.profile = Profile(
            person.name, person.country, person.organisation, person.language, person.zone
        )
    if registration is not None:
        case.answers = Answers(
            dict(registration.answers), dict(registration.consents), registration.name_given,
            _answered_at(registration), registration.cancelled_at is None,
        )  # fmt: skip
    return _snapshot(case)


def _answered_at(registration: Registration) -> datetime | None:
    """Who registered on the page answered at that moment; an import knows it from the file only."""
    if registration.answered_at is None and registration.source != "import":
        return registration.registered_at
    return registration.answered_at


def _snapshot(case: Case) -> tuple[object, ...]:
    profile, said = case.profile, case.answers
    return (
        profile.name, profile.country, profile.organisation, profile.language, profile.zone,
        dict(said.answers), dict(said.consents), said.name_given, said.stands,
    )  # fmt: skip


def _believed(entry: Entry, zone: ZoneInfo, latest: datetime) -> datetime | None:
    at = moment_of(entry, zone)
    return at if at is None or at <= latest else None


def _apply(case: Case, entry: Entry, at: datetime | None) -> bool:
    """Let one answer change the case; return whether it did. An older answer changes nothing."""
    if _is_outdated(case, at) or not _may_stand_again(case, at):
        return False
    before = _snapshot(case)
    _apply_profile(case, entry)
    case.answers.answers = {**case.answers.answers, **entry.answers}
    case.answers.consents = {**case.answers.consents, **entry.consents}
    case.answers.answered_at = at or case.answers.answered_at
    return before != _snapshot(case)


def _is_outdated(case: Case, at: datetime | None) -> bool:
    """An answer without a time gives way to what the person answered on the page."""
    standing = case.answers.answered_at
    if at is not None:
        return standing is not None and at < standing
    registration = case.registration
    return registration is not None and registration.source != "import"


def _may_stand_again(case: Case, at: datetime | None) -> bool:
    """Who took the registration back stays away, unless they answered again after that."""
    if case.answers.stands:
        return True
    cancelled_at = case.registration.cancelled_at if case.registration else None
    case.answers.stands = at is not None and cancelled_at is not None and at > cancelled_at
    return case.answers.stands


def _apply_profile(case: Case, entry: Entry) -> None:
    profile = case.profile
    if case.is_own:
        # What people say of themselves here stands; a file only fills in what is missing.
        profile.country = profile.country or entry.country
        profile.organisation = profile.organisation or entry.organisation
        case.answers.name_given = "" if entry.name == profile.name else entry.name
        return
    profile.name = entry.name
    profile.country = entry.country or profile.country
    profile.organisation = entry.organisation or profile.organisation
    profile.language = entry.language or profile.language
    profile.zone = entry.zone or profile.zone
