"""Reads for the matrix of a series: three statements for any page of it, whatever its size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, union_all

from academy.attendance.matrix.cells import Choice, Column, Facts, Role, Someone
from academy.attendance.matrix.statements import (
    Loom,
    census,
    chosen,
    everybody,
    facts_of,
    ordered,
    totals,
)
from academy.attendance.models import Tally
from academy.attendance.policy import can_see_attendance
from academy.attendance.rules.rules import Break, breaks_of, counted_parts
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import counts_in_figures, visible_series

PAGE = 100
#: A file is written so many people at a time.
PART = 500


@dataclass(slots=True)
class Cloth:
    """One part of the matrix: people in order, and what the ledger says of them."""

    people: Sequence[Someone]
    #: How many people fit the choice, on all pages.
    total: int = 0
    facts: Facts = field(default_factory=Facts)
    #: Of those who fit the choice: how many came, by live session.
    chosen: dict[int, int] = field(default_factory=dict)
    #: Everybody whom the reader may see, chosen or not: by (role, country).
    everybody: dict[tuple[Role, str | None], int] = field(default_factory=dict)

    @property
    def countries(self) -> set[str | None]:
        """The countries of everybody; None is unknown."""
        return {country for _role, country in self.everybody}

    def count(self, role: Role = "") -> int:
        """Return how many people the reader may see, of one role or of all."""
        return sum(many for (one, _), many in self.everybody.items() if role in {"", one})


def find_loom(slug: str, person: Person) -> Loom | None:
    """Return the series with its live sessions, if the person may see attendance; one statement."""
    if not can_see_attendance(person):
        return None
    statement = (
        visible_series(person)
        .add_columns(LiveSession, Tally)
        .outerjoin(LiveSession, and_(LiveSession.series_id == Series.id, counts_in_figures()))
        .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
        .where(Series.slug == slug)
        .order_by(LiveSession.starts_at, LiveSession.number)
        .execution_options(populate_existing=True)
    )
    rows = session.execute(statement).all()
    if not rows:
        return None
    series: Series = rows[0][0]
    breaks = breaks_of(series.breaks)
    columns = [_column(held, tally, breaks) for _one, held, tally in rows if held is not None]
    return Loom(series, columns, person)


def _column(held: LiveSession, tally: Tally | None, breaks: Sequence[Break]) -> Column:
    counts = (tally.matched, tally.unmatched, tally.excluded) if tally else (None, None, None)
    return Column(
        held.id, held.number, held.slug, held.title, held.starts_at, held.minutes, held.zone,
        _parts(breaks, held.minutes), *counts,
    )  # fmt: skip


def _parts(breaks: Sequence[Break], minutes: int) -> Sequence[Break]:
    """Return when presence counts; a live session that is shorter than its breaks has one part."""
    return counted_parts(breaks, minutes) or [(0, minutes)]


def read_cloth(loom: Loom, choice: Choice) -> Cloth:
    """Return the page of the matrix that `choice` names; two statements."""
    everyone = everybody(loom)
    wanted = chosen(everyone, loom, choice)
    page = ordered(wanted, everyone, choice, loom).limit(PAGE).offset((choice.page - 1) * PAGE)
    rows = session.execute(page).all()
    cloth = Cloth(people=[Someone(*row[1:]) for row in rows], total=rows[0][0] if rows else 0)
    # Of everybody the tallies say how many came.
    sums = [] if loom.sees_all and not choice.is_narrow else [totals(wanted, loom)]
    return _weave(cloth, loom, census(loom), *sums)


def list_people(loom: Loom, choice: Choice) -> list[Someone]:
    """Return everybody whom `choice` names, in its order, for a file; one statement."""
    everyone = everybody(loom)
    wanted = ordered(chosen(everyone, loom, choice), everyone, choice, loom)
    return [Someone(*row[1:]) for row in session.execute(wanted)]


def weave_parts(loom: Loom, people: Sequence[Someone]) -> Iterator[Cloth]:
    """Yield these people in parts, each with its facts; one statement a part."""
    for start in range(0, len(people), PART):
        yield _weave(Cloth(people=people[start : start + PART], total=len(people)), loom)


def read_after(loom: Loom, choice: Choice, after: int, limit: int) -> tuple[Cloth, bool]:
    """Return up to `limit` people with an id above `after`, and whether more follow.

    Two statements; the order is that of the ids.
    """
    wanted = chosen(everybody(loom), loom, choice).where(Person.id > after).order_by(Person.id)
    rows = session.execute(wanted.limit(limit + 1)).all()
    cloth = Cloth(people=[Someone(*row[1:]) for row in rows[:limit]])
    return _weave(cloth, loom), len(rows) > limit


def find_someone(loom: Loom, person_id: int) -> Cloth | None:
    """Return the row of one person; None where there is none for the reader. Two statements."""
    wanted = chosen(everybody(loom), loom, Choice()).where(Person.id == person_id)
    row = session.execute(wanted).one_or_none()
    return _weave(Cloth(people=[Someone(*row[1:])], total=1), loom) if row else None


def _weave(cloth: Cloth, loom: Loom, *more: Select[Any]) -> Cloth:
    """Put every fact of the people where it belongs; one statement."""
    facts = union_all(*facts_of([one.id for one in cloth.people], loom), *more)
    for kind, person, live_session, number, role, country in session.execute(facts):
        if kind == "came":
            cloth.facts.came[person, live_session] = number
        elif kind == "seen":
            cloth.facts.seen.add((person, live_session))
        elif kind == "door":
            cloth.facts.doors.add((person, live_session))
        elif kind == "declined":
            cloth.facts.declined.add((person, live_session))
        elif kind == "chosen":
            cloth.chosen[live_session] = number
        else:
            cloth.everybody[role, country] = number
    return cloth
