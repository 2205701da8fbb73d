"""`academy doctor`: names what is misconfigured and how to mend it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from academy.config import ROOT
from tests.operations.processes import production_environment


def examine(environment: dict[str, str]) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "academy", "doctor", "--json"]
    finished = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return finished.returncode, json.loads(finished.stdout)["findings"]


def test_an_empty_production_hears_what_is_missing_and_how_to_mend_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    code, findings = examine(production_environment(database, "redis://127.0.0.1:9/0", tmp_path))
    words = " ".join(finding["what"] for finding in findings)
    assert code == 1
    assert "The tables are not those of this release." in words
    assert "Redis does not answer." in words
    assert "ACADEMY_SMTP_URL is not set" in words
    assert all(finding["fix"] for finding in findings)


def test_after_the_migration_only_an_administrator_is_missing(
    tmp_path: Path, redis_url: str
) -> None:
    database = f"sqlite:///{tmp_path / 'academy.sqlite3'}"
    environment = production_environment(database, redis_url, tmp_path)
    command = [sys.executable, "-m", "academy", "db", "upgrade"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    fixes = [finding["fix"] for finding in examine(environment)[1]]
    assert "Run: academy db upgrade" not in fixes
    assert any("academy people create" in fix for fix in fixes)
