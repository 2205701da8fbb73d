"""Loading the academy of May 2020 through the imports that organisers use, all of it or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from academy.attendance.service import ImportReport, import_attendance
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.registration_import import Report, import_registrations, read_file
from academy.programme.service import (
    LiveSessionFacts,
    SeriesFacts,
    change_live_session,
    create_series,
)
from academy.site.demo import next_round
from academy.site.demo.accounts import ACCOUNTS_FILE, load_accounts, write_accounts
from academy.site.demo.cases import load_cases_of_members
from academy.site.demo.facts import (
    CITATIONS,
    DESCRIPTION,
    FIRST_DAY,
    HOST_ADDRESS,
    HOST_NAME,
    HOST_TABLET,
    HOUR,
    ILLUSTRATIVE,
    LIVE_SESSIONS,
    MINUTES,
    SERIES_TITLE,
    SLUG,
    SUMMARY,
    ZONE,
    PlannedLiveSession,
)
from academy.site.demo.files import REGISTRATIONS
from academy.site.demo.listening_points import load_listening_points
from academy.site.demo.registration_file import registration_file
from academy.site.demo.studies import load_studies
from academy.site.demo.threads import load_threads
from academy.site.demo.zoom_files import file_name, participants_file

#: So many of the invented people have registered for the next round already.
REGISTERED_NEXT = 38


@dataclass(frozen=True)
class DemoReport:
    """What loading did: the reports of the imports, none where the series was here already."""

    series: tuple[str, ...]
    registrations: Report | None
    attendance: tuple[ImportReport, ...]
    accounts: Path

    @property
    def unchanged(self) -> bool:
        """Whether everything was here already."""
        return not self.series

    def as_json(self) -> dict[str, Any]:
        """Return what `academy demo load --json` prints; passwords stay in the file."""
        return {
            "series": list(self.series),
            "registrations": self.registrations and self.registrations.as_json(),
            "attendance": [asdict(report) for report in self.attendance],
            "accounts": str(self.accounts),
            "unchanged": self.unchanged,
        }


def load_demo(var: Path) -> DemoReport:
    """Load what is missing of the demonstration and note its accounts in the folder `var`.

    A series that is here stays as it is, whatever people did to it since; so loading twice changes
    nothing. Everything is one transaction: a load that fails leaves nothing behind.
    """
    loaded: list[str] = []
    registrations: Report | None = None
    attendance: tuple[ImportReport, ...] = ()
    with transaction():
        accounts, people = load_accounts(var)
        organiser = people["organiser"].id
        if not _is_here(SLUG):
            series = _create_series(organiser)
            registrations = _import_registrations(series, organiser)
            attendance = _import_attendance(series, organiser)
            load_listening_points(series, organiser)
            loaded.append(SLUG)
        if not _is_here(next_round.SLUG):
            joining = _some_registrants(people["learner"])
            next_round.load_next_round(joining, created_by=organiser)
            loaded.append(next_round.SLUG)
        load_cases_of_members(people["learner"], people["moderator"])
        load_threads(people)
        load_studies(people["learner"], _some_registrants(people["learner"]))
    write_accounts(var, accounts)
    return DemoReport(tuple(loaded), registrations, attendance, var / ACCOUNTS_FILE)


def _is_here(slug: str) -> bool:
    return session.scalar(select(Series.id).where(Series.slug == slug)) is not None


def _create_series(organiser: int) -> Series:
    series = create_series(
        SLUG, SERIES_TITLE, zone=ZONE, first_start=datetime.combine(FIRST_DAY, HOUR),
        minutes=MINUTES, weeks=len(LIVE_SESSIONS), created_by=organiser,
        facts=SeriesFacts(
            summary=SUMMARY, description=DESCRIPTION, illustrative=ILLUSTRATIVE,
            citations=CITATIONS,
        ),
    )  # fmt: skip
    for live_session, planned in _pairs(series):
        facts = LiveSessionFacts(
            title=planned.title, summary=planned.summary, minutes=MINUTES,
            start=planned.starts_at.replace(tzinfo=None),
            hosts=(HOST_NAME, HOST_TABLET, HOST_ADDRESS),
        )  # fmt: skip
        change_live_session(live_session, facts, changed_by=organiser)
    return series


def _pairs(series: Series) -> Iterable[tuple[LiveSession, PlannedLiveSession]]:
    return zip(series.live_sessions, LIVE_SESSIONS, strict=True)


def _import_registrations(series: Series, organiser: int) -> Report:
    file = read_file(registration_file(), REGISTRATIONS)
    return import_registrations(series, file, actor_id=organiser)


def _import_attendance(series: Series, organiser: int) -> tuple[ImportReport, ...]:
    return tuple(
        import_attendance(
            live_session, participants_file(planned), file_name(planned), actor_id=organiser
        )
        for live_session, planned in _pairs(series)
    )


def _some_registrants(learner: Person) -> Sequence[Person]:
    """Return people who registered early; the learner is left out, to be tried by a visitor."""
    statement = (
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .join(Series, Series.id == Registration.series_id)
        .where(Series.slug == SLUG, Person.id != learner.id)
        .order_by(Registration.registered_at, Registration.id)
        .limit(REGISTERED_NEXT)
    )
    return session.scalars(statement).all()
