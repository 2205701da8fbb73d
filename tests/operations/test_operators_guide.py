"""The operators' guide: names every setting as the code does, and every service."""

import re
from pathlib import Path

import pytest

from academy.config import ROOT, SETTINGS, Setting
from tests.operations.compose import SERVICES

GUIDE = (ROOT / "docs" / "operators.md").read_text("utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_guide_says_of_each_setting_what_the_code_says(setting: Setting) -> None:
    assert f"| `{setting.name}` | {setting.default} | {setting.meaning} |" in GUIDE


def test_the_guide_names_no_setting_that_the_code_does_not_read() -> None:
    rows = [line for line in GUIDE.splitlines() if line.startswith("| `ACADEMY_")]
    assert len(rows) == len(SETTINGS)


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"mailpit"}))
def test_the_guide_says_what_each_service_does(service: str) -> None:
    assert f"`{service}`" in GUIDE


def test_the_code_reads_no_other_variable_of_ours() -> None:
    known = {setting.name for setting in SETTINGS}
    sources = "\n".join(path.read_text("utf-8") for path in Path(ROOT / "academy").rglob("*.py"))
    assert set(re.findall(r"ACADEMY_[A-Z_]*[A-Z]", sources)) <= known
