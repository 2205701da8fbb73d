"""The matrix as a page shows it: heads, rows of marks, sums in words, in the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import escape

from academy.attendance.matrix.cells import (
    Cell,
    Choice,
    Column,
    Facts,
    Someone,
    cell_of,
    chances_of,
    threads_of,
)
from academy.attendance.matrix.queries import PAGE, Cloth
from academy.attendance.matrix.statements import Loom
from academy.attendance.matrix.wording import HEADS, MARKS
from academy.db import now
from academy.i18n.setup import country_in_words, number
from academy.i18n.times import ReaderTime, reader_time
from academy.lib.weaving import STRIP_WIDE, draw_cells, draw_strip

#: With so many live sessions there is room for numbers beside the marks.
FEW = 8
KINDS = {
    "untimed": "ku", "seen": "kb", "door": "kd", "missed": "kn", "declined": "ks", "outside": "kr",
    "coming": "kc", "unknown": "kx",
}  # fmt: skip
#: These orders begin with the largest.
LARGEST_FIRST = frozenset({"times", "minutes", "last"})


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column by which the rows can be ordered."""

    words: str
    url: str
    #: The classes of its cell.
    kind: str = ""
    #: "ascending" or "descending" where the rows are ordered by it, else "".
    direction: str = ""
    #: For a live session.
    column: Column | None = None
    when: ReaderTime | None = None
    #: The month, where it has to be said.
    month: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person with her marks."""

    someone: Someone
    #: Of how many live sessions she came to hers; None where she never registered.
    chances: int | None
    #: Which these are, where they are not all that are known.
    since: str
    #: Both in words.
    came: str
    country: str
    minutes: str
    last_seen: str
    #: The cells of the table, and the same as one small picture for a phone.
    cells: str
    strip: str


@dataclass(frozen=True, slots=True)
class Foot:
    """A line of sums: by live session, and their sum."""

    words: str
    sums: Sequence[int | None]
    total: int
    #: Whether each number leads to those who are not matched.
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Everything that the page of a matrix shows."""

    loom: Loom
    choice: Choice
    cloth: Cloth
    heads: Sequence[Head]
    columns: Sequence[Head]
    rows: Sequence[Row]
    feet: Sequence[Foot]
    previous_url: str
    next_url: str

    @property
    def is_wide(self) -> bool:
        """Whether there is no room for words beside the marks."""
        return len(self.columns) > FEW

    @property
    def first(self) -> int:
        """The position of the first row, counted from 1."""
        return (self.choice.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def unmatched(self) -> int:
        """How many attendances belong to nobody yet."""
        return sum(column.unmatched or 0 for column in self.loom.known)

    @property
    def matched(self) -> int:
        """How many attendances stand in the matrix, whoever is chosen."""
        return sum(column.matched or 0 for column in self.loom.known)

    @property
    def missing(self) -> Sequence[Column]:
        """The live sessions in which somebody is not matched yet."""
        return [column for column in self.loom.known if column.unmatched]


def show_matrix(loom: Loom, choice: Choice, cloth: Cloth) -> MatrixPage:
    """Turn one part of the cloth into what the reader sees, in her language and on her clock."""
    more = choice.page * PAGE < cloth.total
    return MatrixPage(
        loom=loom,
        choice=choice,
        cloth=cloth,
        heads=[_head(str(words), order, choice) for order, words in HEADS.items()],
        columns=list(_column_heads(loom, choice)),
        rows=list(show_rows(loom, cloth.people, cloth.facts)),
        feet=list(_feet(loom, choice, cloth)),
        previous_url=address(choice.on_page(choice.page - 1)) if choice.page > 1 else "",
        next_url=address(choice.on_page(choice.page + 1)) if more else "",
    )  # fmt: skip


def address(choice: Choice) -> str:
    """Return the address of the choice on the page of the matrix itself."""
    return "?" + urlencode(choice.to_address())


def _head(words: str, order: str, choice: Choice) -> Head:
    kind = "loom__name" if order == "name" else f"loom__fact loom__{order}"
    return Head(words, address(choice.sorted_by(order)), kind, _direction(order, choice))


def _direction(order: str, choice: Choice) -> str:
    if order != choice.order:
        return ""
    falls = order in LARGEST_FIRST or (order.startswith("n") and order != "name")
    return "descending" if falls != choice.is_reversed else "ascending"


def _column_heads(loom: Loom, choice: Choice) -> Iterator[Head]:
    """Yield a head for each live session; among many, a month is said where it begins."""
    is_wide, before = len(loom.columns) > FEW, ""
    for column in loom.columns:
        order, when = f"n{column.number}", reader_time(column.starts_at, column.zone)
        words = f"{when.weekday} {when.date}, {when.hour} · {column.title}"
        month = "" if is_wide and when.month == before else when.month
        before = when.month
        yield Head(
            words, address(choice.sorted_by(order)), "loom__week", _direction(order, choice),
            column, when, month,
        )  # fmt: skip


def show_rows(
    loom: Loom, people: Sequence[Someone], facts: Facts, room: int = STRIP_WIDE
) -> Iterator[Row]:
    """Yield the rows of these people, with strips of at most `room` pixels."""
    at, known, say = now(), loom.known, Sayings()
    for someone in people:
        cells = [cell_of(someone, column, facts, at) for column in loom.columns]
        pairs = list(zip(cells, loom.columns, strict=True))
        kinds = [kind_of(cell, column) for cell, column in pairs]
        marks = [
            (kind, say.of(cell), column.number)
            for kind, (cell, column) in zip(kinds, pairs, strict=True)
        ]
        chances = chances_of(someone, known, facts)
        since = _since(someone) if chances is not None and chances < len(known) else ""
        words = _came(someone, chances, since)
        yield Row(
            someone=someone,
            chances=chances,
            since=since,
            came=words,
            country=country_in_words(someone.country),
            minutes=_minutes(someone),
            last_seen=_day(loom, someone),
            cells=draw_cells(marks, str(someone.id)),
            strip=draw_strip(kinds, words, room),
        )


def _came(someone: Someone, chances: int | None, since: str) -> str:
    times = number(someone.times)
    if chances is None:
        return str(ngettext("came once", "came %(times)s times", someone.times, times=times))
    words = str(_("came %(times)s of %(known)s", times=times, known=number(chances)))
    return f"{words} {since}".strip()


def _since(someone: Someone) -> str:
    """Say of which live sessions nobody expected her."""
    left = someone.cancelled_at is not None
    return str(_("while they were registered") if left else _("since they registered"))


class Sayings:
    """The words of cells for one page, each translated and escaped once."""

    def __init__(self) -> None:
        self._known: dict[int | str | None, str] = {}

    def of(self, cell: Cell) -> str:
        """Return what a cell says."""
        key = cell.minutes if cell.state == "came" else cell.state
        if key not in self._known:
            self._known[key] = str(escape(words_of(cell)))
        return self._known[key]


def kind_of(cell: Cell, column: Column) -> str:
    """Return the class of a mark: "k1" to "k8" for the share of the time, else its own."""
    return f"k{threads_of(cell, column)}" if cell.state == "came" else KINDS[cell.state]


def words_of(cell: Cell) -> str:
    """Return what a cell says."""
    if cell.state == "came":
        return str(_("%(minutes)s min", minutes=number(cell.minutes)))
    return str(MARKS[cell.state])


def _minutes(someone: Someone) -> str:
    """The minutes that are known; a plus where somebody came and nobody knows how long."""
    if not someone.timed:
        return "–"
    return number(someone.minutes) + ("+" if someone.timed < someone.times else "")


def _day(loom: Loom, someone: Someone) -> str:
    last = next((one for one in loom.columns if one.starts_at == someone.last_seen), None)
    if last is None:
        return "–"
    when = reader_time(last.starts_at, last.zone)
    return f"{when.day} {when.month}"


def _feet(loom: Loom, choice: Choice, cloth: Cloth) -> Iterator[Foot]:
    """Yield the sums: of everybody they are those of the figures, else of who is chosen."""
    known = loom.known
    if choice.is_narrow or not loom.sees_all:
        words = ngettext("Of this %(num)d person", "Of these %(num)d people", cloth.total)
        yield Foot(words, *_sum(loom, {one.id: cloth.chosen.get(one.id, 0) for one in known}))
        return
    yield Foot(_("In this matrix"), *_sum(loom, {one.id: one.matched or 0 for one in known}))
    yield Foot(
        _("Not matched yet"), *_sum(loom, {one.id: one.unmatched or 0 for one in known}),
        is_open=True,
    )  # fmt: skip
    yield Foot(_("Came"), *_sum(loom, {one.id: one.attended or 0 for one in known}))


def _sum(loom: Loom, counts: dict[int, int]) -> tuple[list[int | None], int]:
    return [counts.get(column.id) for column in loom.columns], sum(counts.values())
