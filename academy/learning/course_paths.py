"""Which files a course can have: their paths are known shapes, and nothing else (pure)."""

import re
from dataclasses import dataclass
from typing import Literal

from academy.learning.content import FIGURES, PLAN

Kind = Literal["plan", "glossary", "lesson", "quiz", "figure"]
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TAG = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("plan", re.compile(re.escape(PLAN))),
    ("glossary", re.compile(rf"glossary\.(?P<language>{_TAG})\.yaml")),
    ("figure", re.compile(rf"{FIGURES}/[a-z0-9-]+(?:\.[a-z]{{2,3}})?\.(?:svg|png|jpg|webp)")),
    ("quiz", re.compile(
        rf"(?P<module>{_SLUG})/(?P<lesson>{_SLUG})\.quiz\.(?P<language>{_TAG})\.yaml")),
    ("lesson", re.compile(rf"(?P<module>{_SLUG})/(?P<lesson>{_SLUG})\.(?P<language>{_TAG})\.md")),
)  # fmt: skip
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """What a path of a course names."""

    path: str
    kind: Kind
    module: str = ""
    lesson: str = ""
    language: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is written, and not drawn or photographed."""
        return self.kind != "figure"


def place_of(path: str) -> Place | None:
    """Return what `path` names; None where no file of a course is called so."""
    if len(path) > _LONGEST:
        return None
    for kind, shape in _SHAPES:
        if found := shape.fullmatch(path):
            place = Place(path, kind, **found.groupdict())
            return None if place.module == FIGURES else place
    return None
