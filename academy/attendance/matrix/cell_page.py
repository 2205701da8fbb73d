"""One person's attendance as pages show it: all live sessions, or one with its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from academy.attendance.matrix.cell_queries import Sighting
from academy.attendance.matrix.cells import Cell, Column, Someone, cell_of
from academy.attendance.matrix.page import Row, kind_of, show_rows, words_of
from academy.attendance.matrix.queries import Cloth
from academy.attendance.matrix.statements import Loom
from academy.attendance.models import Evidence
from academy.attendance.wording import SOURCES
from academy.db import now
from academy.i18n.setup import number
from academy.i18n.zones import city_of, zone_of
from academy.lib.weaving import Lane, Span, draw_lanes

#: So many pixels has the strip of one person who has a page to herself.
ROOM = 936
_HALF_HOUR = 30 * 60


@dataclass(frozen=True, slots=True)
class Sitting:
    """One live session of one person."""

    column: Column
    #: How the cell is drawn, and what it says.
    mark: str
    words: str
    #: From when to when, on the clock of the live session: "14:02–15:10, 15:20–16:30".
    clock: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All live sessions of one person."""

    row: Row
    sittings: Sequence[Sitting]


@dataclass(frozen=True, slots=True)
class CellPage:
    """One person in one live session."""

    someone: Someone
    column: Column
    cell: Cell
    mark: str
    verdict: str
    picture: str
    sightings: Sequence[Sighting]
    zone_city: str
    #: Whether the reader decides who somebody is.
    may_decide: bool
    previous: Column | None
    following: Column | None

    def local(self, moment: datetime) -> str:
        """Tell a moment on the clock of the live session."""
        return f"{moment.astimezone(zone_of(self.column.zone)):%H:%M:%S}"

    def utc(self, moment: datetime) -> str:
        """Tell a moment in UTC, with its day."""
        return f"{moment:%Y-%m-%d %H:%M:%S}"


def show_person(loom: Loom, cloth: Cloth, intervals: dict[int, list[Any]]) -> PersonPage:
    """Return all live sessions of the one person of the cloth."""
    someone, at = cloth.people[0], now()
    cells = [(column, cell_of(someone, column, cloth.facts, at)) for column in loom.columns]
    return PersonPage(
        row=next(show_rows(loom, cloth.people, cloth.facts, ROOM)),
        sittings=[
            Sitting(column, kind_of(cell, column), words_of(cell),
                    _clock(column, intervals.get(column.id, [])))
            for column, cell in cells
        ],
    )  # fmt: skip


def _clock(column: Column, intervals: Sequence[Any]) -> str:
    return ", ".join(f"{_hour(column, start)}–{_hour(column, end)}" for start, end in intervals)


def _hour(column: Column, second: float) -> str:
    moment = column.starts_at + timedelta(seconds=second)
    return f"{moment.astimezone(zone_of(column.zone)):%H:%M}"


def show_cell(
    loom: Loom,
    column: Column,
    cloth: Cloth,
    *,
    sightings: Sequence[Sighting],
    intervals: Sequence[Any] | None,
) -> CellPage:
    """Return what was seen of the one person of the cloth in one live session."""
    someone = cloth.people[0]
    cell = cell_of(someone, column, cloth.facts, now())
    at = loom.columns.index(column)
    return CellPage(
        someone=someone,
        column=column,
        cell=cell,
        mark=kind_of(cell, column),
        verdict=_verdict(cell, column),
        picture=_picture(column, sightings, intervals or []),
        sightings=sightings,
        zone_city=city_of(column.zone),
        may_decide=loom.sees_all,
        previous=loom.columns[at - 1] if at else None,
        following=loom.columns[at + 1] if at + 1 < len(loom.columns) else None,
    )


def _verdict(cell: Cell, column: Column) -> str:
    """Say in a sentence what the cell says."""
    if cell.state == "came":
        minutes, length = number(cell.minutes), number(column.counted_minutes)
        return str(_("Came for %(minutes)s of %(length)s minutes.", minutes=minutes, length=length))
    verdicts: dict[str, str] = {
        "untimed": _("Came; nobody knows for how long."),
        "seen": _("Was seen, but not inside the time, or too briefly to count."),
        "door": _("Opened the door by the personal link. Nothing says that they came in."),
        "missed": _("Was not there, as far as the evidence says."),
        "declined": _("Had said that they would not come, and was not seen."),
        "outside": _("Was not registered then, and was not seen."),
        "coming": _("The live session is still to come."),
        "unknown": _("Nobody has told yet who came to this live session."),
    }
    return verdicts[cell.state]


def _picture(column: Column, sightings: Sequence[Sighting], intervals: Sequence[Any]) -> str:
    lanes = [lane for sighting in sightings if (lane := _lane(column, sighting)) is not None]
    if not lanes:
        return ""
    counted = Lane(
        _("What counts"), tuple(Span(start, end, "sum") for start, end in intervals),
        _clock(column, intervals) or _("nothing"),
    )  # fmt: skip
    parts = [(first * 60, last * 60) for first, last in column.parts]
    title = _("When the person was there")
    return draw_lanes([*lanes, counted], parts=parts, hours=list(_hours(column)), title=title)


def _lane(column: Column, sighting: Sighting) -> Lane | None:
    timed = [fact for fact in sighting.facts if fact.evidence.joined_at is not None]
    spans = tuple(
        Span(*_seconds(fact.evidence, column), "out" if fact.not_counted else "in")
        for fact in timed
    )
    if not spans:
        return None
    label = sighting.identity.shown_name or _("(no name)")
    return Lane(label, spans, _times(timed))


def _times(facts: Sequence[Any]) -> str:
    kinds = {fact.evidence.source for fact in facts}
    many = ngettext("%(num)d connection", "%(num)d connections", len(facts))
    return many if kinds == {"file"} else ", ".join(str(SOURCES[kind]) for kind in sorted(kinds))


def _seconds(evidence: Evidence, column: Column) -> tuple[float, float]:
    """The beginning and the end; an opened door has no end."""
    joined = evidence.joined_at or column.starts_at
    left = evidence.left_at or joined
    return (
        (joined - column.starts_at).total_seconds(),
        (left - column.starts_at).total_seconds(),
    )


def _hours(column: Column) -> Iterator[tuple[float, str]]:
    """Yield each half hour of the window, the beginning and the end with its clock."""
    length = column.minutes * 60
    step = _HALF_HOUR if length <= 6 * _HALF_HOUR else 4 * _HALF_HOUR
    for second in range(0, length + 1, step):
        yield second, _hour(column, second)
