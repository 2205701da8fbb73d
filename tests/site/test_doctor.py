"""`academy doctor`: names what is misconfigured and how to mend it."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from academy.config import ROOT, Settings
from academy.lib import signs
from academy.people.service import create_person, grant_role
from academy.site.demo.loading import load_demo
from academy.site.examination import (
    examine_files,
    examine_mail,
    examine_people,
    examine_pictures,
    examine_production,
    examine_translations,
)
from tests.operations.processes import production_environment


def run_doctor(environment: dict[str, str]) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "academy", "doctor", "--json"]
    finished = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return finished.returncode, json.loads(finished.stdout)["findings"]


def test_an_empty_production_hears_what_is_missing_and_how_to_mend_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    code, findings = run_doctor(production_environment(database, "redis://127.0.0.1:9/0", tmp_path))
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
    fixes = [finding["fix"] for finding in run_doctor(environment)[1]]
    assert "Run: academy db upgrade" not in fixes
    assert any("academy people create" in fix for fix in fixes)


def test_a_machine_that_draws_no_pictures_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(examine_pictures()) == []
    monkeypatch.setattr("academy.lib.pictures.drawing._CHILD", Path("/nowhere"))
    [finding] = examine_pictures()
    assert "Pictures cannot be drawn" in finding.what


def test_catalogues_that_are_not_compiled_are_named_and_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ms" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text("")
    [finding] = examine_translations(tmp_path)
    assert "“ms” are not compiled" in finding.what
    assert not finding.must_be_mended
    (folder / "messages.mo").write_bytes(b"")
    assert list(examine_translations(tmp_path)) == []


def test_a_weak_key_is_a_finding_and_no_traceback(tmp_path: Path) -> None:
    environment = production_environment("sqlite://", "redis://127.0.0.1:9/0", tmp_path)
    code, findings = run_doctor({**environment, "ACADEMY_SECRET_KEY": "changeme"})
    assert code == 1
    assert "ACADEMY_SECRET_KEY" in findings[0]["what"]


def test_what_one_machine_can_spare_is_said_and_fails_nothing(
    app: Flask, settings: Settings
) -> None:
    grant_role(create_person("Staff", "staff@example.org", country="MY"), "organiser")
    findings = {finding.what: finding for finding in examine_people(settings)}
    assert not findings["1 with a role have no second factor: Staff."].must_be_mended
    assert not findings["Nobody is an administrator."].must_be_mended
    served = replace(settings, environment="production")
    assert any(finding.must_be_mended for finding in examine_people(served))


def test_accounts_of_the_demonstration_are_named_on_a_server(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    load_demo(tmp_path)
    words = "The accounts of the demonstration can sign in here."
    served = replace(settings, environment="production")
    assert words in {finding.what for finding in examine_people(served)}
    assert words not in {finding.what for finding in examine_people(settings)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"smtp_url": "smtp://127.0.0.1:9"}, "No mail can be sent"),
        ({"base_url": "http://127.0.0.1:8000"}, "links in mails lead nowhere"),
        ({"base_url": "http://academy.example.org"}, "passwords travel in the open"),
        ({"var": Path("/nowhere/at/all")}, "cannot be written to"),
        ({"proxies": 0}, "one address and one limit"),
    ],
)
def test_each_wrong_setting_is_named(
    app: Flask, settings: Settings, changes: dict[str, Any], words: str
) -> None:
    wrong = replace(settings, environment="production", **changes)
    parts = (examine_files, examine_mail, examine_production)
    assert words in " ".join(each.what for part in parts for each in part(wrong))


def test_a_missing_worker_and_a_missing_beat_are_named_with_the_fix(
    tmp_path: Path, redis_url: str
) -> None:
    signs.say_alive(redis_url, signs.WORKERS, "ship:7", queue="urgent", slots=8)
    try:
        _code, findings = run_doctor(production_environment("sqlite://", redis_url, tmp_path))
    finally:
        signs.say_goodbye(redis_url, signs.WORKERS, "ship:7")
    fixes = {finding["what"]: finding["fix"] for finding in findings}
    assert "academy worker --queues slow" in fixes[
        "No worker serves the queue “slow”: no file is imported."
    ]  # fmt: skip
    assert "academy beat" in fixes["No beat is at work: nobody asks for what the timetable says."]
    assert not any("urgent" in what for what in fixes)
