"""The sections in which a case is written, one step of the form each, and the fields in them."""

from typing import Literal

from academy.library.fields import OPTIONAL
from academy.library.vocabulary import DIMENSIONS, FEATURES

#: The sections of a working copy in the order of the form. Sources come before results, because
#: a result names the source that tells it.
SECTIONS: dict[str, tuple[str, ...]] = {
    "about": ("title", "language", "kind", "summary", "people_served"),
    "place": ("places", "organisation", "partners"),
    "need": ("demands", "demand", "approach", "technology", "innovation"),
    "sharing": ("shared_across_borders", "shared_within_country"),
    "sources": ("sources",),
    "results": ("results",),
    "lessons": ("lessons",),
    "dimensions": tuple(f"dimensions.{name}" for name in DIMENSIONS),
    "features": tuple(f"features.{name}" for name in FEATURES),
    "goals": ("goals", "toolkits"),
    "pictures": ("pictures",),
}
SECTION_OF = {field: section for section, fields in SECTIONS.items() for field in fields}
#: Without these nothing can be submitted; all others may stay questions to the community.
DEMANDED = frozenset({"title", "language", "kind", "summary", "places", "demands", "sources"})
#: Leaving these empty is no gap.
NO_GAP = OPTIONAL | {"pictures"}

#: How a field is filled in: a line, a text, one of a list, some of a list, or rows of parts.
Shape = Literal["line", "text", "choice", "ticks", "rows", "row", "texts", "evidence"]
SHAPES: dict[str, Shape] = {
    "title": "line", "language": "choice", "kind": "choice", "summary": "text",
    "people_served": "text", "places": "rows", "organisation": "row", "partners": "rows",
    "demands": "ticks", "demand": "text", "approach": "text", "technology": "text",
    "innovation": "text", "shared_across_borders": "text", "shared_within_country": "text",
    "sources": "rows", "results": "rows", "lessons": "texts", "goals": "ticks",
    "toolkits": "ticks", "pictures": "rows",
}  # fmt: skip
#: The parts of a row, in their order.
PARTS: dict[str, tuple[str, ...]] = {
    "places": ("country", "locality"),
    "organisation": ("name", "country", "role"),
    "partners": ("name", "country", "role"),
    "results": ("what", "value", "unit", "year", "source"),
    "sources": ("title", "authors", "publisher", "year", "part", "address", "key"),
    "lessons": ("text",),
    "pictures": ("file", "alternative", "credit"),
}
#: Parts that are chosen from a list.
CHOSEN_PARTS = frozenset({"country", "source"})
#: Parts that nobody fills in: made by us, carried along.
HIDDEN_PARTS = frozenset({"key", "file"})


def shape_of(field: str) -> Shape:
    """Return how a field is filled in."""
    name = field.partition(".")[0]
    if name == "dimensions":
        return "text"
    return "evidence" if name == "features" else SHAPES[field]


def is_field(name: str) -> bool:
    """Whether a record has a field of that name; comments are made on fields only."""
    return name in SECTION_OF
