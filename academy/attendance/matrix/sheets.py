"""The matrix as a table to take away: wide or long, with what every column means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from academy.attendance.matrix.cells import CAME, Cell, Choice, Someone, State, cell_of, chances_of
from academy.attendance.matrix.queries import weave_parts
from academy.attendance.matrix.statements import Loom
from academy.db import now
from academy.i18n.setup import country_in_words
from academy.lib import sheets

#: One row a person with two columns a live session, or one row an attendance.
Form = Literal["wide", "long"]

_PERSON = ("person", "name", "organisation", "country", "country name", "registration")
_SUMS = ("registered at (UTC)", "came", "of", "minutes", "last seen (UTC)")
_LONG = ("live session", "title", "starts at (UTC)", "status", "minutes", "of minutes")
#: What stands in a column of states.
WORDS: dict[State, str] = {
    "came": "came",
    "untimed": "came, minutes unknown",
    "seen": "seen, does not count",
    "door": "opened the door",
    "missed": "not there",
    "declined": "said no",
    "outside": "not registered then",
    "coming": "to come",
    "unknown": "unknown",
}
_MEANINGS = (
    ("person", "the academy's number of the person"),
    ("registration", "registered; walk_in: came and never registered; left: took it back"),
    ("came", "live sessions to which the person came, of those of which evidence says who came"),
    ("of", "of these: while the person was registered, or came; empty: never registered"),
    ("minutes", "whole minutes inside its time, overlaps counted once; empty: nobody knows"),
    ("of minutes", "length of the live session without its breaks"),
    ("status: came", "evidence inside the time, matched to the person"),
    ("status: came, minutes unknown", "the same, from evidence that gives no times"),
    ("status: seen, does not count", "outside the time, in a break, or too short: no attendance"),
    ("status: opened the door", "used the personal link and nothing more is known: no attendance"),
    ("status: not there", "registered, and evidence of others but none of this person"),
    ("status: said no", "registered, and said that they would not come"),
    ("status: not registered then", "registered later, took it back before, or never was"),
    ("status: to come", "the live session has not begun"),
    ("status: unknown", "nobody has told the academy who came"),
)  # fmt: skip
_NOT_MATCHED = (
    "{column.unmatched} came whom nobody has matched to a person; they are in no row, and in the"
    " {column.attended} of the report of attendance"
)


@dataclass(frozen=True, slots=True)
class Export:
    """What is taken away: who, in which form, at which moment."""

    loom: Loom
    choice: Choice
    people: Sequence[Someone]
    form: Form
    at: datetime

    @property
    def headings(self) -> list[str]:
        """The first line."""
        if self.form == "long":
            return [*_PERSON, *_LONG]
        columns = self.loom.columns
        pairs = [(f"{one.slug} status", f"{one.slug} minutes") for one in columns]
        return [*_PERSON, *_SUMS, *(word for pair in pairs for word in pair)]

    def rows(self) -> Iterator[list[sheets.Cell]]:
        """Yield the lines of the table; the people are read part by part."""
        for cloth in weave_parts(self.loom, self.people):
            for someone in cloth.people:
                cells = [cell_of(someone, one, cloth.facts, self.at) for one in self.loom.columns]
                if self.form == "long":
                    yield from self._long(someone, cells)
                else:
                    chances = chances_of(someone, self.loom.known, cloth.facts)
                    yield self._wide(someone, chances, cells)

    def _long(self, someone: Someone, cells: Sequence[Cell]) -> Iterator[list[sheets.Cell]]:
        for column, cell in zip(self.loom.columns, cells, strict=True):
            if cell.state in CAME:
                yield [
                    *_person(someone), column.slug, column.title, _moment(column.starts_at),
                    WORDS[cell.state], cell.minutes, column.counted_minutes,
                ]  # fmt: skip

    def _wide(
        self, someone: Someone, chances: int | None, cells: Sequence[Cell]
    ) -> list[sheets.Cell]:
        pairs: list[tuple[sheets.Cell, sheets.Cell]] = [
            (WORDS[cell.state], cell.minutes) for cell in cells
        ]
        return [
            *_person(someone), _moment(someone.registered_at), someone.times,
            chances, someone.minutes, _moment(someone.last_seen),
            *(value for pair in pairs for value in pair),
        ]  # fmt: skip

    def definitions(self) -> Iterator[list[sheets.Cell]]:
        """Yield what the table holds and what its words mean: word, meaning."""
        yield ["series", self.loom.series.slug]
        yield ["as of (UTC)", _moment(self.at)]
        yield ["people", len(self.people)]
        given = {**self.choice.to_address(), "page": ""}
        chosen = ", ".join(f"{name} {value}" for name, value in given.items() if value)
        yield ["chosen", chosen or "everybody whom you may see"]
        for word, meaning in _MEANINGS:
            yield [word, meaning]
        if self.loom.sees_all:
            for column in (one for one in self.loom.known if one.unmatched):
                yield [f"not matched: {column.slug}", _NOT_MATCHED.format(column=column)]


def _person(someone: Someone) -> list[sheets.Cell]:
    return [
        someone.id, someone.name, someone.organisation, someone.country,
        country_in_words(someone.country) if someone.country else "", someone.role,
    ]  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def make_export(loom: Loom, choice: Choice, people: Sequence[Someone], form: Form) -> Export:
    """Return what is taken away at this moment."""
    return Export(loom, choice, people, form, now())


def stream_matrix(export: Export) -> Iterator[bytes]:
    """Yield a CSV in parts: the table, an empty line, then the definitions as word and meaning."""
    return sheets.stream_csv(export.headings, _with_definitions(export))


def _with_definitions(export: Export) -> Iterator[list[sheets.Cell]]:
    yield from export.rows()
    yield []
    yield ["definition", "meaning"]
    yield from export.definitions()


def sheets_of(export: Export) -> list[sheets.Sheet]:
    """Return the sheets of a workbook: the table and its definitions."""
    return [
        sheets.Sheet("attendance", export.headings, export.rows()),
        sheets.Sheet("definitions", ("definition", "meaning"), export.definitions()),
    ]
