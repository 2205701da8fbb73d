"""The set-up script: says in words what is missing, and does nothing the second time."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from academy.config import ROOT

BOOTSTRAP = ROOT / "scripts" / "bootstrap.py"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which nothing is set up yet."""
    for folder in ("scripts", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def set_up(checkout: Path, python: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, checkout / "scripts" / "bootstrap.py", "setup"],
        env=os.environ | {"PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )


def python_that(folder: Path, script: str) -> Path:
    python = folder / "python"
    python.write_text("#!/bin/sh\n" + script)
    python.chmod(0o755)
    return python


def test_the_script_can_be_read_by_an_old_python() -> None:
    assert ast.parse(BOOTSTRAP.read_text("utf-8"), feature_version=(3, 6))


def test_a_python_that_is_too_old_is_named_with_what_to_install(checkout: Path) -> None:
    finished = set_up(checkout, python_that(checkout, "exit 1\n"))
    assert finished.returncode == 1
    assert "needs Python 3.11 or newer" in finished.stderr
    assert "apt-get install python3" in finished.stderr


def test_a_python_without_venv_is_named_with_the_line_that_mends_it(checkout: Path) -> None:
    lacking = f'case "$*" in *venv*) exit 1;; esac\nexec {sys.executable} "$@"\n'
    finished = set_up(checkout, python_that(checkout, lacking))
    assert finished.returncode == 1
    assert "has no venv module" in finished.stderr
    assert "sudo apt-get install python3-venv" in finished.stderr


def test_the_second_time_costs_next_to_nothing(tmp_path: Path) -> None:
    if not (ROOT / ".venv" / "academy-stamp").exists():
        pytest.skip("this checkout was not set up by scripts/bootstrap.py: run make develop")
    command = [sys.executable, str(BOOTSTRAP), "develop"]
    subprocess.run(command, check=True, capture_output=True)
    started = time.perf_counter()
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    assert finished.stdout == "Everything is set up: .venv/bin/academy --help\n"
    assert time.perf_counter() - started < 1


def test_continuous_integration_is_the_browser_and_then_the_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-2:] == ["make browser", "REQUIRE_BROWSER=1 make test"]
    assert "set -e" in lines
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
