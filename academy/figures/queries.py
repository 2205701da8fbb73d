"""Reading the ledger for figures: four statements for a series, whatever its size."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, literal, select, union_all

from academy.attendance.models import (
    Attendance,
    AttendanceImport,
    Evidence,
    ListeningPoint,
    Tally,
)
from academy.attendance.ports import Came
from academy.attendance.standing import is_connection
from academy.db import now, session
from academy.figures.definitions import (
    NOTHING_BESIDE,
    Beside,
    CountryAttendance,
    CountryCount,
    Listeners,
    LiveSessionFacts,
    Presence,
    count_regions,
    describe_live_session,
    describe_reach,
    describe_return,
    describe_sizes,
)
from academy.lib.countries import country_codes, country_name, is_in_asia
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import counts_in_figures


@dataclass(frozen=True, slots=True)
class Ledger:
    """All facts of one series from which its figures follow."""

    series: Series
    as_of: datetime
    live_sessions: tuple[LiveSessionFacts, ...]
    #: Standing registrations by country; None is unknown.
    registrants: dict[str | None, int]
    presences: tuple[Presence, ...]
    #: Connections and listening points by the id of the live session.
    beside: dict[int, Beside] = field(default_factory=dict)
    #: What stood when the people of the series were forgotten (figures/freezing.py), else None.
    frozen: dict[str, Any] | None = None

    @property
    def registered(self) -> int:
        """All standing registrations."""
        return sum(self.registrants.values())


@dataclass(frozen=True, slots=True)
class Head:
    """A series with its live sessions: enough to know whether its figures changed."""

    series: Series
    live_sessions: tuple[LiveSessionFacts, ...]


_DECLINED = (
    select(func.count())
    .select_from(Place)
    .join(Registration)
    .where(
        Place.live_session_id == LiveSession.id,
        Place.state == "not_going",
        Registration.cancelled_at.is_(None),
    )
    .scalar_subquery()
)
_COUNTED = counts_in_figures()
#: Built once, for building takes longer than asking.
_HEAD = (
    select(Series, LiveSession, _DECLINED, Tally.excluded)
    .outerjoin(LiveSession, (LiveSession.series_id == Series.id) & _COUNTED)
    .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
    .where(Series.slug == bindparam("slug"))
    .order_by(LiveSession.starts_at, LiveSession.number)
)


def find_head(slug: str) -> Head | None:
    """Return the series of that slug with its published live sessions; one statement."""
    rows = session.execute(_HEAD, {"slug": slug}).all()
    if not rows:
        return None
    return Head(rows[0][0], tuple(_facts(*row[1:]) for row in rows if row[1] is not None))


def _facts(live_session: LiveSession, declined: int, excluded: int | None) -> LiveSessionFacts:
    return LiveSessionFacts(
        id=live_session.id,
        slug=live_session.slug,
        title=live_session.title,
        number=live_session.number,
        starts_at=live_session.starts_at,
        minutes=live_session.minutes,
        zone=live_session.zone,
        declined=declined,
        excluded=excluded,
    )


def read_ledger(head: Head) -> Ledger:
    """Return the facts, or what was frozen of them when their people were forgotten."""
    if head.series.anonymised_at is not None:
        return _frozen_ledger(head)
    return read_facts(head)


def _frozen_ledger(head: Head) -> Ledger:
    frozen = head.series.frozen
    lines = frozen["registrations"]["by_country"]
    return Ledger(
        series=head.series,
        as_of=datetime.fromisoformat(frozen["as_of"]),
        live_sessions=_as_frozen(head, frozen),
        registrants={line["country"]: line["registrants"] for line in lines},
        presences=(),
        frozen=frozen,
    )


def _as_frozen(head: Head, frozen: dict[str, Any]) -> tuple[LiveSessionFacts, ...]:
    """Return the live sessions of the frozen report in its order; what came later is none."""
    known = {facts.slug: facts for facts in head.live_sessions}
    slugs = (line["live_session"] for line in frozen["attendance"]["live_sessions"])
    return tuple(known[slug] for slug in slugs if slug in known)


def read_facts(head: Head) -> Ledger:
    """Read the other facts that the figures of a series need; three statements."""
    return Ledger(
        series=head.series,
        as_of=now(),
        live_sessions=head.live_sessions,
        registrants=_count_registrants(head.series.id),
        presences=_read_presences(head.series.id),
        beside=_read_beside(head),
    )


def _count_registrants(series_id: int) -> dict[str | None, int]:
    statement = (
        select(Person.country, func.count())
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.series_id == series_id, Registration.cancelled_at.is_(None))
        .group_by(Person.country)
    )
    return {country or None: count for country, count in session.execute(statement)}


def _read_presences(series_id: int) -> tuple[Presence, ...]:
    statement = (
        select(
            Attendance.live_session_id,
            Attendance.person_id,
            Person.country,
            Attendance.minutes,
            Attendance.intervals,
        )
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(LiveSession.series_id == series_id, _COUNTED)
        .order_by(Attendance.id)
    )
    return tuple(Presence(*row) for row in session.execute(statement))


_CONNECTIONS = (
    select(
        Evidence.live_session_id, literal(0), func.count(), *(literal(0).label(x) for x in "pwmo")
    )
    .join(AttendanceImport, AttendanceImport.id == Evidence.import_id)
    .join(LiveSession, LiveSession.id == Evidence.live_session_id)
    .where(
        LiveSession.series_id == bindparam("series_id"),
        is_connection(),
    )
    .group_by(Evidence.live_session_id)
)
_POINTS = (
    select(
        ListeningPoint.live_session_id,
        ListeningPoint.from_minute,
        literal(0),
        func.count(),
        func.sum(ListeningPoint.women),
        func.sum(ListeningPoint.men),
        func.sum(ListeningPoint.others),
    )
    .join(LiveSession, LiveSession.id == ListeningPoint.live_session_id)
    .where(LiveSession.series_id == bindparam("series_id"), ListeningPoint.withdrawn_at.is_(None))
    .group_by(ListeningPoint.live_session_id, ListeningPoint.from_minute)
)
_BESIDE: CompoundSelect[Any] = union_all(_CONNECTIONS, _POINTS)


def _read_beside(head: Head) -> dict[int, Beside]:
    """Return connections and listening points; who is still to come to a point is not counted."""
    begins = {facts.id: facts.starts_at for facts in head.live_sessions}
    series_id, at = head.series.id, now()
    connections: dict[int, int] = {}
    listeners: dict[int, Listeners] = defaultdict(Listeners)
    for number, minute, rows, *listening in session.execute(_BESIDE, {"series_id": series_id}):
        if rows:
            connections[number] = rows
        elif number in begins and begins[number] + timedelta(minutes=minute) > at:
            continue
        listeners[number] += Listeners(*map(int, listening))
    return {number: Beside(connections.get(number), found) for number, found in listeners.items()}


def report_registrations(ledger: Ledger) -> dict[str, Any]:
    """Return the contract's registration report (DESIGN 5); its parts add up to its totals."""
    if ledger.frozen:
        return dict(ledger.frozen["registrations"])
    by_country = list_registrants(ledger)
    return {
        "series": ledger.series.slug,
        "as_of": _iso(ledger.as_of),
        "registrants": ledger.registered,
        "countries": sum(line["country"] is not None for line in by_country),
        "regions": count_regions(by_country, asia_codes()),
        "by_country": by_country,
    }


def list_registrants(ledger: Ledger, locale: str = "en") -> list[CountryCount]:
    """Return the registrants of each country, most first; the unknown ones last."""
    lines = [
        CountryCount(country=code, name=_name(code, locale), registrants=count)
        for code, count in ledger.registrants.items()
    ]
    return sorted(lines, key=lambda x: (x["country"] is None, -x["registrants"], x["name"]))


def report_attendance(ledger: Ledger) -> dict[str, Any]:
    """Return the contract's attendance report (DESIGN 5); null where there is no evidence."""
    if ledger.frozen:
        return dict(ledger.frozen["attendance"])
    by_session = group_presences(ledger)
    lines = [
        describe_live_session(
            facts,
            by_session[facts.id],
            ledger.registered,
            ledger.beside.get(facts.id, NOTHING_BESIDE),
        )
        for facts in ledger.live_sessions
    ]
    sizes = [line["attended"] for line in lines if line["attended"] is not None]
    return {
        "series": ledger.series.slug,
        "as_of": _iso(ledger.as_of),
        "live_sessions": lines,
        **describe_sizes(sizes),
        **describe_return(ledger.presences, len(sizes)),
        **describe_reach(lines),
        "by_country": list_attendance(ledger),
    }


def report_as_if(
    slug: str, came: Sequence[Came], excluded: Mapping[int, int | None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the attendance report now, and as it would be if just these had come.

    Raises ValueError where there is no such series.
    """
    head = find_head(slug)
    if head is None:
        raise ValueError(slug)
    ledger = read_ledger(head)
    counted = {facts.id for facts in head.live_sessions}
    then = replace(
        ledger,
        presences=tuple(Presence(*one) for one in came if one.live_session_id in counted),
        live_sessions=tuple(
            replace(facts, excluded=excluded.get(facts.id)) for facts in head.live_sessions
        ),
    )
    return report_attendance(ledger), report_attendance(then)


def group_presences(ledger: Ledger) -> dict[int, list[Presence]]:
    """Return the presences of each live session by its id; an empty list where nobody came."""
    grouped: dict[int, list[Presence]] = defaultdict(list)
    for presence in ledger.presences:
        grouped[presence.live_session_id].append(presence)
    return grouped


def list_attendance(ledger: Ledger, locale: str = "en") -> list[CountryAttendance]:
    """Return people and attendances of each country; the last line holds those not matched.

    The attendances of all lines add up to the report's; so do the people.
    """
    if ledger.frozen:
        lines = ledger.frozen["attendance"]["by_country"]
        return [CountryAttendance(**{**x, "name": _name(x["country"], locale)}) for x in lines]  # type: ignore[typeddict-item]
    people: dict[str | None, set[int]] = defaultdict(set)
    attendances: dict[str | None, int] = defaultdict(int)
    for presence in ledger.presences:
        attendances[presence.country] += 1
        if presence.person_id is not None:
            people[presence.country].add(presence.person_id)
    lines = [
        CountryAttendance(
            country=code,
            name=_name(code, locale),
            people=len(people[code]),
            attendances=attendances[code],
        )
        for code in attendances
    ]
    return sorted(lines, key=lambda x: (x["country"] is None, -x["attendances"], x["name"]))


def _name(code: str | None, locale: str) -> str:
    return country_name(code, locale) if code else "Unknown"


@cache
def asia_codes() -> frozenset[str]:
    """Return the codes of UN M49 region 142."""
    return frozenset(code for code in country_codes() if is_in_asia(code))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
