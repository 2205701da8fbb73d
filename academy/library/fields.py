"""The fields of a record in the order of the page: which tell something, which are a question."""

from collections.abc import Iterator
from dataclasses import dataclass

from academy.library.record import CaseRecord
from academy.library.vocabulary import DIMENSIONS, FEATURES

#: The sections of the page and of the form, and the fields of the record in each.
SECTIONS = {
    "card": ("title", "summary", "places", "organisation", "partners", "people_served"),
    "demand": ("demands", "demand"),
    "doing": ("approach", "technology", "innovation"),
    "sharing": ("shared_across_borders", "shared_within_country"),
    "results": ("results", "lessons"),
    "dimensions": tuple(f"dimensions.{name}" for name in DIMENSIONS),
    "features": tuple(f"features.{name}" for name in FEATURES),
    "goals": ("goals", "toolkits"),
}
#: What not every practice has: leaving it empty is no gap.
OPTIONAL = frozenset({"toolkits", "partners"})


@dataclass(frozen=True, slots=True)
class Filled:
    """How much of a section (or of a whole record) tells something."""

    told: int
    all: int

    @property
    def percent(self) -> int:
        """Return the share of 100, rounded down: 100 only where nothing is missing."""
        return 100 * self.told // self.all if self.all else 100


def is_told(record: CaseRecord, field: str) -> bool:
    """Whether the record tells anything of `field`; `not shown` tells something."""
    name, _, part = field.partition(".")
    value = getattr(record, name)
    return bool(value.get(part)) if part else bool(value)


def filled(record: CaseRecord, section: str) -> Filled:
    """Count what one section tells."""
    fields = [field for field in SECTIONS[section] if field not in OPTIONAL]
    return Filled(sum(is_told(record, field) for field in fields), len(fields))


def completeness(record: CaseRecord) -> Filled:
    """Count what the whole record tells."""
    parts = [filled(record, section) for section in SECTIONS]
    return Filled(sum(part.told for part in parts), sum(part.all for part in parts))


def open_fields(record: CaseRecord) -> Iterator[str]:
    """Name the fields of which nobody has told anything yet."""
    for fields in SECTIONS.values():
        yield from (one for one in fields if one not in OPTIONAL and not is_told(record, one))


def facets(record: CaseRecord) -> set[tuple[str, str]]:
    """Return the values by which the case is found: {("country", "NP"), ("goal", "15"), …}.

    Its countries are those of its places; partners of others are found by the partner.
    """
    found = {("country", place.country) for place in record.places}
    found |= {("demand", demand) for demand in record.demands}
    found |= {("toolkit", toolkit) for toolkit in record.toolkits}
    found |= {("goal", f"{goal:02}") for goal in record.goals}
    found |= {("partner", partner.name) for partner in record.partners}
    found |= {("dimension", name) for name in DIMENSIONS if is_told(record, f"dimensions.{name}")}
    return found | {("kind", record.kind), ("language", record.language)}


def words_of(record: CaseRecord) -> tuple[str, str, str]:
    """Return what a search reads: (title, card, everything else)."""
    card = [record.summary, record.people_served, *(place.locality for place in record.places)]
    names = [partner.name for partner in (record.organisation, *record.partners) if partner]
    prose = [
        record.demand, record.approach, record.technology, record.innovation,
        record.shared_across_borders, record.shared_within_country, *record.lessons,
    ]  # fmt: skip
    evidence = [text for text in (*record.dimensions.values(), *record.features.values()) if text]
    results = [result.what for result in record.results]
    return record.title, "\n".join([*card, *names]), "\n".join([*prose, *results, *evidence])
