"""What the API says of the matrix of a series, and how it is asked."""

from datetime import datetime

from pydantic import Field

from academy.attendance.matrix.cells import (
    LONGEST_SEARCH,
    MOST_TIMES,
    Choice,
    Column,
    Role,
    Someone,
    State,
    Status,
    cell_of,
    chances_of,
)
from academy.attendance.matrix.queries import Cloth, read_after
from academy.attendance.matrix.statements import Loom
from academy.db import now
from academy.lib.strict import Answer, Paging, make_cursor


class MatrixQuery(Paging):
    """Which people of the matrix."""

    q: str = Field("", max_length=LONGEST_SEARCH, description="Part of a name or organisation.")
    country: str = Field(
        "", pattern="^([A-Z]{2}|unknown)?$", description="ISO 3166-1 alpha-2, or unknown."
    )
    status: Status = Field(
        "", description="How often they came; `missed`: not to the last one that is known."
    )
    times: int = Field(1, ge=0, le=MOST_TIMES, description="For the status `exactly`.")
    role: Role = Field("", description="registered, walk_in (came without), left (took it back).")

    @property
    def choice(self) -> Choice:
        """The same as the page's address says it."""
        return Choice(
            words=self.q.strip(), country=self.country, status=self.status, times=self.times,
            role=self.role,
        )  # fmt: skip


class MatrixColumn(Answer):
    """A live session; the counts are null while nobody has told who came."""

    live_session: str
    title: str
    starts_at: datetime
    minutes: int
    attended: int | None = Field(description="As in the report: matched and not matched yet.")
    matched: int | None
    unmatched: int | None = Field(description="Came, and belong to none of the people.")
    excluded: int | None


class MatrixPerson(Answer):
    """One of the people."""

    id: int
    name: str
    organisation: str
    country: str | None


class MatrixCell(Answer):
    """A person in a live session; only `came` and `untimed` (minutes unknown) are attendances."""

    live_session: str
    status: State
    minutes: int | None


class MatrixRow(Answer):
    """A person in all live sessions."""

    person: MatrixPerson
    registration: Role
    registered_at: datetime | None
    came: int
    of: int | None = Field(
        description="Of the known live sessions those while they were registered, or to which"
        " they came; null for who never registered."
    )
    minutes: int | None = Field(description="Of the times whose minutes are known.")
    last_seen: datetime | None = Field(description="The start of the last one they came to.")
    cells: list[MatrixCell]


class MatrixPart(Answer):
    """A part of the matrix: the live sessions, and people in the order of their numbers."""

    series: str
    known: int = Field(description="Live sessions of which evidence says who came.")
    live_sessions: list[MatrixColumn]
    items: list[MatrixRow]
    next: str | None = Field(description="The cursor of the next part; null at the end.")


def show_matrix_part(loom: Loom, query: MatrixQuery) -> MatrixPart:
    """Return the people whom the query names with their cells; two statements."""
    cloth, more = read_after(loom, query.choice, query.after, query.limit)
    at = now()
    return MatrixPart(
        series=loom.series.slug,
        known=len(loom.known),
        live_sessions=[_column(column) for column in loom.columns],
        items=[_row(someone, cloth, loom, at) for someone in cloth.people],
        next=make_cursor(cloth.people[-1].id) if more else None,
    )


def _column(column: Column) -> MatrixColumn:
    return MatrixColumn(
        live_session=column.slug, title=column.title, starts_at=column.starts_at,
        minutes=column.minutes, attended=column.attended, matched=column.matched,
        unmatched=column.unmatched, excluded=column.excluded,
    )  # fmt: skip


def _row(someone: Someone, cloth: Cloth, loom: Loom, at: datetime) -> MatrixRow:
    cells = [(one.slug, cell_of(someone, one, cloth.facts, at)) for one in loom.columns]
    return MatrixRow(
        person=MatrixPerson(
            id=someone.id, name=someone.name, organisation=someone.organisation,
            country=someone.country,
        ),
        registration=someone.role,
        registered_at=someone.registered_at,
        came=someone.times,
        of=chances_of(someone, loom.known, cloth.facts),
        minutes=someone.minutes,
        last_seen=someone.last_seen,
        cells=[
            MatrixCell(live_session=slug, status=cell.state, minutes=cell.minutes)
            for slug, cell in cells
        ],
    )  # fmt: skip
