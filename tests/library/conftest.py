"""Cases for the tests of the library: one well told, one that shares its demand, one withdrawn."""

import pytest
from flask import Flask

from academy.library.content import CaseFile
from academy.library.record import CaseRecord
from academy.library.service import load_cases

SOURCE = {"key": "book", "title": "A book"}


def record(**changes: object) -> CaseRecord:
    """Return a small good record with some fields told otherwise."""
    told: dict[str, object] = {
        "title": "Forest of the village", "language": "en", "kind": "peer",
        "summary": "A village keeps its forest.", "places": [{"country": "NP"}],
        "demands": ["commons"], "sources": [SOURCE], "approach": "They watch it in turns.",
        "partners": [{"name": "Forest Federation", "country": "NP"}],
        "dimensions": {"planet": "The forest grows."}, "goals": [15], "toolkits": ["commons"],
    }  # fmt: skip
    return CaseRecord.model_validate(told | changes)


FOREST = CaseFile("forest", record())
RIVER = CaseFile(
    "river",
    record(
        title="River without owner", summary="Fishers share a river.", places=[{"country": "KH"}],
        approach="សហគមន៍នេសាទ guard the river.", goals=[14],
    ),
)  # fmt: skip
BANK = CaseFile(
    "bank",
    record(
        title="Bank of the village", summary="Women save together.", demands=["finance"],
        places=[{"country": "LA"}, {"country": "TH"}], partners=[], toolkits=[], goals=[1, 5],
        approach="They meet every week. ธนาคารหมู่บ้าน",
    ),
)  # fmt: skip


@pytest.fixture
def library(app: Flask) -> None:
    """Put three cases on the shelf."""
    load_cases([FOREST, RIVER, BANK])
