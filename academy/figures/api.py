"""The API of figures: the reports of DESIGN 5, exactly as the command line gives them."""

from typing import Literal

from flask import abort
from pydantic import Field

from academy.figures.queries import (
    Head,
    find_head,
    read_ledger,
    report_attendance,
    report_registrations,
)
from academy.lib.strict import Answer
from academy.people.models import Person
from academy.programme.queries import find_series
from academy.security.api import Calls

calls = Calls("figures")

Region = Literal["asia", "elsewhere", "unknown"]


class RegionCount(Answer):
    """Registrants of a region, and from how many countries of it."""

    registrants: int
    countries: int


class CountryRegistrants(Answer):
    """Registrants of one country; null is unknown."""

    country: str | None
    name: str
    registrants: int


class RegistrationFigures(Answer):
    """Who is registered; the parts add up to the totals. Asia is the UN M49 region 142."""

    series: str
    as_of: str
    registrants: int
    countries: int
    regions: dict[Region, RegionCount]
    by_country: list[CountryRegistrants]


class Minutes(Answer):
    """Minutes of those who came, to one decimal; null where nobody knows."""

    mean: float | None
    median: float | None


class ListeningPointFigures(Answer):
    """Several people on one device: people counted without a name, and their parts."""

    points: int = Field(description="Listening points that stand.")
    people: int = Field(description="women + men + others; who has a name there is in attended.")
    women: int
    men: int
    others: int


class LiveSessionFigures(Answer):
    """One live session: attended = matched + unmatched; excluded is never in it."""

    live_session: str
    starts_at: str
    registered: int
    attended: int | None
    matched: int | None
    unmatched: int | None
    excluded: int | None
    minutes: Minutes
    peak: int | None
    connections: int | None = Field(
        description="Joinings of devices in the files, reconnects and hosts included: no people."
    )
    listening_points: ListeningPointFigures
    people_reached: int | None = Field(description="attended + listening_points.people")


class CountryAttendances(Answer):
    """Those who came from one country; null holds those whom nobody has matched."""

    country: str | None
    name: str
    people: int
    attendances: int


class AttendanceFigures(Answer):
    """Who came, per live session and over all; null where there is no evidence."""

    series: str
    as_of: str
    live_sessions: list[LiveSessionFigures]
    attendances: int
    mean: float | None
    largest: int | None
    smallest: int | None
    people: int
    returning: int
    attended_all: int
    connections: int | None
    listening_points: ListeningPointFigures
    attendances_reached: int = Field(description="attendances + listening_points.people")
    by_country: list[CountryAttendances]


@calls.get("/series/<slug>/figures/registrations", scope="figures:read")
def show_registration_figures(caller: Person, slug: str) -> RegistrationFigures:
    """Show who is registered to a series, by country and region."""
    ledger = read_ledger(_get_head(slug, caller))
    return RegistrationFigures.model_validate(report_registrations(ledger))


@calls.get("/series/<slug>/figures/attendance", scope="figures:read")
def show_attendance_figures(caller: Person, slug: str) -> AttendanceFigures:
    """Show who came to the live sessions of a series."""
    ledger = read_ledger(_get_head(slug, caller))
    return AttendanceFigures.model_validate(report_attendance(ledger))


def _get_head(slug: str, caller: Person) -> Head:
    """The series as the policy lets the caller know of it; 404 for others."""
    return (find_series(slug, caller) and find_head(slug)) or abort(404)
