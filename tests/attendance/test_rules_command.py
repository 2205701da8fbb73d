"""`academy attendance rules`: says the rules, shows an effect, applies it, refuses in words."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from academy.attendance.rules.commands import rules
from academy.attendance.service import import_attendance
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
GUEST = ("Mr. Nobody", "", "14:10:00", "14:15:00")


@pytest.fixture(autouse=True)
def _series(live_session: LiveSession, siti: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.attendance.rules.commands.open_database", lambda: None)
    import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")


def _run(*options: str) -> Result:
    return CliRunner().invoke(rules, ["--series", "may", *options])


def _json(*options: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_run(*options, "--json").stdout)
    return document


def test_it_says_the_rules_in_force() -> None:
    assert _json()["rules"] == {
        "door_minutes": 15, "smallest_stay": 0, "breaks": [], "door_counts": False,
    }  # fmt: skip
    assert "smallest_stay: 0" in _run().output


def test_it_shows_an_effect_and_applies_nothing() -> None:
    shown = _json("--smallest-stay", "8", "--break", "60-75")
    assert (shown["applied"], shown["gone"], shown["after"]["attendances"]) == (False, 1, 1)
    assert _json()["rules"]["smallest_stay"] == 0
    assert "add --apply" in _run("--smallest-stay", "8").output


def test_it_applies_and_takes_back() -> None:
    assert _json("--smallest-stay", "8", "--break", "60-75", "--apply")["gone"] == 1
    assert _json()["rules"]["breaks"] == [[60, 75]]
    back = _run("--smallest-stay", "0", "--no-breaks", "--apply")
    assert "0 attendances go, 1 come" in back.output
    assert _json()["rules"]["breaks"] == []


@pytest.mark.parametrize("options", [
    ("--break", "x"), ("--break", "75-60"), ("--smallest-stay", "999"), ("--door-minutes", "121"),
])  # fmt: skip
def test_impossible_rules_are_refused(options: tuple[str, str]) -> None:
    assert _run(*options).exit_code != 0
