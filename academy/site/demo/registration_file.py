"""The registration form's answers as Google Forms downloads them: one CSV with 221 answers."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from academy.site.demo.facts import SEED
from academy.site.demo.people import OPENED, Registrant, registrants

#: So many people answered a second time; their later answer is the one that counts.
ANSWERED_TWICE = 9
HEADER = (
    "Timestamp",
    "Email address",
    "Your full name",
    "Country where you live",
    "Organisation or group",
    "Preferred language",
    "Your time zone",
    "I agree that the academy keeps these data (see the privacy notice)",
    "I agree that I may be seen in the recordings",
    "What would you like to take home from the academy?\n(One sentence, in any language.)",
)
_DAYS_BEFORE_TWICE = 3


def registration_file() -> bytes:
    """Return the file: CSV in UTF-8, a line break in the quoted header, later answers below."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    answers = sorted(_all_answers(), key=lambda person: person.registered_at)
    writer.writerows(_row(person) for person in answers)
    return written.getvalue().encode()


def _all_answers() -> Iterator[Registrant]:
    people = registrants()
    yield from people
    rng = random.Random(f"{SEED}: twice")
    settled = [each for each in people if (each.registered_at - OPENED).days >= _DAYS_BEFORE_TWICE]
    for person in rng.sample(settled[: len(people) // 2], ANSWERED_TWICE):
        yield _first_answer(rng, person)


def _first_answer(rng: random.Random, person: Registrant) -> Registrant:
    """What somebody answered in haste, hours or a day or two before the answer that counts."""
    return replace(
        person,
        email=person.email.title() if rng.random() < 1 / 3 else person.email,
        organisation="",
        hope="",
        may_be_recorded=False,
        registered_at=person.registered_at - timedelta(minutes=rng.randrange(20, 3000)),
    )


def _row(person: Registrant) -> tuple[str, ...]:
    at = person.registered_at
    return (
        f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M:%S}",
        person.email,
        person.name,
        person.country_typed,
        person.organisation,
        person.language,
        person.zone,
        "Yes",
        "Yes" if person.may_be_recorded else "No",
        person.hope,
    )
