"""The table of cases: country, category, how much of each is told, and its sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from academy.lib.countries import country_name
from academy.library.content import CaseFile
from academy.library.fields import completeness
from academy.library.record import CaseRecord

HEAD = ("Country", "Case", "How shared", "Category", "Fields told", "Sources")


@dataclass(frozen=True, slots=True)
class Line:
    """One case: keys as they stand in its record."""

    slug: str
    title: str
    countries: tuple[str, ...]
    kind: str
    toolkits: tuple[str, ...]
    told: int
    fields: int
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the shape of `academy content list --json`."""
        return asdict(self)


def lines_of(cases: Iterable[CaseFile]) -> list[Line]:
    """Return a line for each case, by its first country in English and its title."""
    lines = [_line(case.slug, case.record) for case in cases]
    return sorted(lines, key=lambda one: (country_name(one.countries[0]), one.title))


def _line(slug: str, record: CaseRecord) -> Line:
    filled = completeness(record)
    return Line(
        slug, record.title, tuple(dict.fromkeys(place.country for place in record.places)),
        record.kind, tuple(record.toolkits), filled.told, filled.all,
        tuple(source.key for source in record.sources),
    )  # fmt: skip


def in_words(lines: Sequence[Line]) -> str:
    """Return the table for a terminal, its columns aligned, and what it adds up to."""
    rows = [HEAD, *map(_cells, lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    shown = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join([*shown, _sum(lines)])


def in_markdown(lines: Sequence[Line]) -> str:
    """Return the table as Markdown, each case a link to its file, and what it adds up to."""
    return "\n".join([*_markdown(lines), "", _sum(lines)])


def _markdown(lines: Sequence[Line]) -> Iterator[str]:
    yield f"| {' | '.join(HEAD)} |"
    yield "| --- | --- | --- | --- | ---: | --- |"
    for line in lines:
        cells = [cell.replace("|", "\\|") for cell in _cells(line)]
        cells[1] = f"[{cells[1]}](../courses/cases/{line.slug}.yaml)"
        yield f"| {' | '.join(cells)} |"


def _cells(line: Line) -> tuple[str, ...]:
    return (
        ", ".join(country_name(code) for code in line.countries), line.title,
        line.kind.replace("_", "-"), ", ".join(line.toolkits).replace("_", " ") or "–",
        f"{line.told} of {line.fields}", ", ".join(line.sources),
    )  # fmt: skip


def _sum(lines: Sequence[Line]) -> str:
    told, fields = sum(line.told for line in lines), sum(line.fields for line in lines)
    countries = {code for line in lines for code in line.countries}
    share = 100 * told // fields if fields else 0
    return (
        f"{len(lines)} cases from {len(countries)} countries and territories; "
        f"{told} of {fields} fields told ({share} %)."
    )
