"""A sample of every format: what reading it gives, what the desk says of it, where it is told."""

import re
from pathlib import Path

import pytest

from academy.attendance.importing.wording import FORMATS
from academy.attendance.service import offer_file
from academy.programme.models import LiveSession
from scripts.read_samples import expected_of, read, samples
from tests.attendance.families import FAMILIES, Family

DOCS = Path(__file__).parents[2] / "docs" / "attendance-formats.md"


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_reading_a_sample_gives_the_document_beside_it(sample: Path) -> None:
    assert read(sample) == expected_of(sample).read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.format)
def test_each_sample_dropped_on_its_live_session_is_ready_at_once(
    family: Family, live_session: LiveSession
) -> None:
    data = family.path.read_bytes()
    offered = offer_file(live_session.series, data, family.file, dropped_at=live_session).file
    assert (offered.state, offered.live_session) == ("ready", live_session)
    assert offered.facts["format"] == family.format
    assert offered.facts["people"] == (2 if family.format.endswith("checkins") else 3) + (
        "zoom-meeting" in family.format or family.format.endswith("checkins")
    )


def test_every_format_has_a_sample_words_and_a_line_in_the_documentation() -> None:
    told = set(re.findall(r"^\| `([a-z-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    known = {family.format for family in FAMILIES}
    assert told == known == set(FORMATS)
    assert {family.path for family in FAMILIES} == set(samples())


def test_every_test_that_the_documentation_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", DOCS.read_text(encoding="utf-8")))
    here = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    assert named <= here
