"""Courses broken in every way that is known: each fault has line and advice, nothing is loaded."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from academy.db import session
from academy.learning.commands import content
from academy.learning.models import Course
from tests.learning.broken import EXPECTED, write_broken_courses


@pytest.mark.parametrize("command", ["check", "load"])
def test_every_fault_is_named_at_once_and_nothing_is_loaded(
    tmp_path: Path, app: Flask, command: str
) -> None:
    write_broken_courses(tmp_path)
    result = CliRunner().invoke(content, [command, str(tmp_path), "--json"])
    faults = json.loads(result.output)["faults"]
    said = [(f"{one['file']}:{one['line']}", one["what"]) for one in faults]
    for place, what in EXPECTED:
        assert any(where == place and words.startswith(what) for where, words in said), said
    assert all(one["advice"] for one in faults)
    assert len({where for where, _words in said}) == len(EXPECTED), "no fault is named for another"
    assert (result.exit_code, session.scalar(select(func.count()).select_from(Course))) == (1, 0)
