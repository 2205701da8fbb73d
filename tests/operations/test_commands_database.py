"""Commands and a database that they cannot use: a sentence with the fix, never a trace."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from academy import db
from academy.lib.migrations import upgrade
from academy.lib.processes import find_free_port

PRODUCTION = {
    "ACADEMY_ENVIRONMENT": "production",
    "ACADEMY_REDIS_URL": "redis://127.0.0.1:1",
    "ACADEMY_SECRET_KEY": "a-key-of-this-test-alone-0123456789",
    "ACADEMY_BASE_URL": "https://academy.example.org",
}


def _report(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `academy report attendance` with these settings alone."""
    return _academy(folder, "report", "attendance", "--series", "may", "--json", **settings)


def _academy(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environ = {name: each for name, each in os.environ.items() if not name.startswith("ACADEMY_")}
    return subprocess.run(
        [sys.executable, "-m", "academy", *words],
        env={**environ, "ACADEMY_VAR": str(folder), **settings},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("settings", [{}, PRODUCTION], ids=["embedded", "production"])
def test_a_database_out_of_reach_is_a_sentence(tmp_path: Path, settings: dict[str, str]) -> None:
    url = f"postgresql://academy@127.0.0.1:{find_free_port()}/academy"
    answer = _report(tmp_path, ACADEMY_DATABASE_URL=url, **settings)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: The database is out of reach: ")
    assert "Traceback" not in answer.stderr


def test_production_never_changes_tables_by_itself(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    answer = _report(tmp_path, ACADEMY_DATABASE_URL=url, **PRODUCTION)
    assert answer.returncode == 1
    assert "academy db upgrade" in answer.stderr


def test_an_empty_database_of_ones_own_machine_gets_its_tables(tmp_path: Path) -> None:
    answer = _report(tmp_path)
    assert (answer.returncode, answer.stderr) == (1, "Error: There is no series “may”.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("report", "attendance", "--series", "may", "--json"),
        ("report", "registrations", "--series", "may", "--json"),
        ("doctor",),
    ],
)
def test_a_command_that_only_reads_waits_for_nobody_who_writes(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    url = f"sqlite:///{tmp_path / 'busy.sqlite3'}"
    upgrade(db.connect(url))
    alone = _academy(tmp_path, *words, ACADEMY_DATABASE_URL=url)
    with contextlib.closing(sqlite3.connect(tmp_path / "busy.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        beside = _academy(tmp_path, *words, ACADEMY_DATABASE_URL=url)
    assert (beside.returncode, beside.stdout[:40]) == (alone.returncode, alone.stdout[:40])
    assert "locked" not in beside.stderr
