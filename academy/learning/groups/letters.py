"""Letters to learners: whom one reaches and when, written in each reader's frame as it leaves."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import Boolean, Select, and_, literal, null, select
from sqlalchemy.orm import joinedload

from academy.attendance.matching.candidates import VOUCHED
from academy.db import now, session, transaction
from academy.i18n.zones import is_zone, zone_of
from academy.learning.groups.models import CourseLetter, read_occasion
from academy.learning.groups.needs import Choice
from academy.learning.models import Course
from academy.messaging import post_office
from academy.messaging.kinds import LETTER
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.ports import Due
from academy.messaging.quiet import Quiet, end_of_quiet, is_deep
from academy.messaging.reach import TOLD, hours_of, why_unreached, with_mailbox
from academy.people.models import EmailAddress, Person
from academy.programme.models import Registration, Series

#: The consent that a registration asks for, and an account.
CONSENT = "mail_reminders"
#: Why somebody who was chosen does not get it.
REASONS = ("closed", "no_address", "not_proved", "refused", "no_consent", "bounced", "left")
LONGEST_TEXT = 5_000
#: Control characters but for line breaks.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
STOPPED = "whoever wrote the letter stopped it"
#: Why a letter that waits does not leave after all.
WHY = {
    "closed": "the account is closed", "no_address": "the person has no address",
    "not_proved": "the address was not proved", "refused": "the person does not want such letters",
    "no_consent": "the person agreed to no mail", "bounced": "mail to the address came back",
    "left": "the registration was taken back",
}  # fmt: skip


def tidy_text(words: str | None) -> str:
    """Return what somebody wrote, with one kind of line break and nothing that cannot be seen."""
    lines = (words or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = "\n".join(_CONTROL.sub(" ", line).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", whole).strip()


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom a letter goes: people by number, or everybody whom a filter shows."""

    people: tuple[int, ...] = ()
    #: None where people are named.
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of those who were chosen."""

    person_id: int
    name: str
    address: str
    zone: str
    quiet: Quiet
    #: One of REASONS; "" for who gets it.
    why: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets a letter, and how many do not, by why."""

    gets: Sequence[Recipient]
    left_out: Mapping[str, int]

    @property
    def fingerprint(self) -> str:
        """What changes as soon as one more or one fewer is on the list."""
        return sha256(b"".join(b"%d," % one.person_id for one in self.gets)).hexdigest()[:32]


def mailboxes(series: Series | None) -> Select[Any]:
    """Return the people, how they are reached, and why not; their registration counts first."""
    columns: tuple[Any, ...] = Person.id, Person.name, EmailAddress.address
    people = with_mailbox(select(*columns).select_from(Person))
    if series is None:
        answer = literal(None, Boolean)
        return people.add_columns(
            *TOLD, why_unreached(LETTER, CONSENT, answer, VOUCHED), null().label("registered")
        )
    standing = and_(
        Registration.person_id == Person.id, Registration.series_id == series.id,
        Registration.cancelled_at.is_(None),
    )  # fmt: skip
    answer = Registration.consents[CONSENT].as_boolean()
    return people.outerjoin(Registration, standing).add_columns(
        *TOLD, why_unreached(LETTER, CONSENT, answer, VOUCHED), Registration.id.label("registered")
    )


def recipient_of(row: Any, series: Series | None) -> Recipient:
    """Return one of them as a row of `mailboxes` tells it."""
    hours = hours_of(row.quiet_begins, row.quiet_ends)
    fallback = series.zone if series else "UTC"
    left = series is not None and row.registered is None
    return Recipient(
        row.id, row.name, row.address or "", row.zone if is_zone(row.zone) else fallback,
        Quiet(*hours) if hours else Quiet(), row.why or ("left" if left else ""),
    )  # fmt: skip


def leaves_at(one: Recipient, at: datetime) -> datetime:
    """Return when it leaves to somebody: at once, or when their quiet hours end."""
    return end_of_quiet(at, zone_of(one.zone), one.quiet)


def find_outdated(due: Sequence[Due]) -> Mapping[int, str]:
    """Return which letters shall not leave, and why: stopped, refused, left. Two and more."""
    verdicts: dict[int, str] = {}
    for letter, theirs in _by_letter(due):
        if letter is None or letter.stopped_at is not None:
            verdicts |= dict.fromkeys((one.id for one in theirs), STOPPED)
        else:
            known = _read(letter, {one.person_id for one in theirs})
            found = {one.id: known.get(one.person_id) for one in theirs}
            verdicts |= {
                number: WHY[one.why] if one else WHY["closed"]
                for number, one in found.items() if one is None or one.why
            }  # fmt: skip
    return verdicts


def find_sleeping(due: Sequence[Due], at: datetime | None = None) -> Mapping[int, datetime]:
    """Return whose reader sleeps, by number of the message, and when the quiet hours end.

    They are planned outside of them; a worker that stood still may bring them there.
    """
    at, found = at or now(), {}
    for letter, theirs in _by_letter(due):
        known = _read(letter, {one.person_id for one in theirs}) if letter else {}
        for message in theirs:
            one = known.get(message.person_id)
            if one is not None and is_deep(at, zone_of(one.zone), one.quiet):
                found[message.id] = leaves_at(one, at)
    return found


def _by_letter(due: Sequence[Due]) -> Iterable[tuple[CourseLetter | None, list[Due]]]:
    """Go through the letters among what is due; no statement where there is none."""
    ours: dict[int, list[Due]] = {}
    for one in due:
        if one.kind == LETTER:
            ours.setdefault(read_occasion(one.occasion), []).append(one)
    letters = _letters(ours)
    return [(letters.get(number), theirs) for number, theirs in ours.items()]


def _letters(numbers: Collection[int]) -> dict[int, CourseLetter]:
    if not numbers:
        return {}
    whole = select(CourseLetter).options(
        joinedload(CourseLetter.course), joinedload(CourseLetter.author)
    )
    with transaction():
        fresh = whole.where(CourseLetter.id.in_(numbers)).execution_options(populate_existing=True)
        return {one.id: one for one in session.scalars(fresh)}


def _read(letter: CourseLetter, people: Collection[int]) -> dict[int, Recipient]:
    with transaction():
        series = _series_of(letter.course)
        rows = session.execute(mailboxes(series).where(Person.id.in_(people))).all()
    return {row.id: recipient_of(row, series) for row in rows}


def _series_of(course: Course) -> Series | None:
    slug = course.plan.get("series")
    found = select(Series).where(Series.slug == slug)
    return session.scalars(found).one_or_none() if slug else None


def write_letters(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return each letter in its reader's language; two statements for them all."""
    letters = _letters({read_occasion(one.occasion) for one in due})
    wanted = select(Person).where(Person.id.in_({one.person_id for one in due}))
    people = {one.id: one for one in session.scalars(wanted)}
    return {
        one.id: write(letters[read_occasion(one.occasion)], people[one.person_id]) for one in due
    }


def write(letter: CourseLetter, person: Person) -> Letter:
    """Return the letter as `person` reads it."""
    course, author = letter.course, letter.author
    titles, first = course.plan["title"], course.plan["languages"][0]
    draft = Letter(letter.subject, letter.text)
    title = titles.get(person.language) or titles[first]
    return frame(draft, author.name if author else "", title, course.slug, person)


def frame(draft: Letter, author: str, title: str, slug: str, person: Person) -> Letter:
    """Greet the reader in their language, and put the ways on below the author's own words."""
    reader = Reader(person.greeting, person.language, person.zone, person.id)
    # Values stand on one line; the author's paragraphs are put in where nobody could have typed.
    mark = token_hex(16)
    framed = write_letter(LETTER, reader, post_office.current().base_url, {
        "subject": draft.subject, "words": mark, "course": title, "author": author,
        "path": f"/courses/{slug}/",
    })  # fmt: skip
    return replace(framed, text=framed.text.replace(mark, draft.text, 1))
