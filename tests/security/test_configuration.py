"""How the academy is set up, and what it says when it fails (SECURITY.md 3.20, 3.22, 3.57-3.64)."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from packaging.requirements import Requirement
from packaging.version import Version
from sqlalchemy.exc import OperationalError

from academy.config import ROOT, Settings, SettingsError

STRONG = "x9-Qm4Zt7Lw2Vb8Rk5Yc3Nf6Hd1Gs0Jp"
PRODUCTION = {
    "ACADEMY_ENVIRONMENT": "production", "ACADEMY_DATABASE_URL": "postgresql://db/academy",
    "ACADEMY_REDIS_URL": "redis://redis/0", "ACADEMY_SECRET_KEY": STRONG,
    "ACADEMY_BASE_URL": "https://academy.example.org",
}  # fmt: skip
#: Older ones have published holes (SECURITY.md 1.5).
FLOORS = {
    "flask": "3.1.3", "werkzeug": "3.1.9", "flask-socketio": "5.7", "python-socketio": "5.16.3",
    "python-engineio": "4.13.3",
}  # fmt: skip
#: Run in a process of its own, for an app binds the database of its process.
ASK = """
import json, os, re
from flask import request
from academy import db
from academy.app import create_app
from academy.config import Settings
from academy.lib.migrations import bring_up_to_date
bring_up_to_date(db.connect(os.environ["ACADEMY_DATABASE_URL"]))
app = create_app(Settings.from_environment(os.environ))
seen = {}
app.before_request(lambda: seen.update(who=request.remote_addr, host=request.host))
client, site = app.test_client(), {"base_url": "https://academy.example.org"}
answer = client.get("/sign-in", **site)
token = re.search('name="csrf_token"[^>]*value="([^"]+)', answer.text)[1]
form = {"csrf_token": token, "email": "nobody@example.org", "password": "six woven baskets"}
wrong = client.post("/sign-in", data=form, headers={"Referer": site["base_url"] + "/"}, **site)
ready = client.get("/readyz", **site).status_code
mail = client.get("/dev/mail", base_url="http://127.0.0.1").status_code
forged = {"X-Forwarded-For": "192.0.2.7, 192.0.2.8", "X-Forwarded-Host": "evil.example"}
client.get("/", headers=forged, **site)
print(json.dumps({
    "debug": app.debug, "headers": dict(answer.headers), "status": answer.status_code,
    "wrong password": wrong.status_code, "ready": ready, "mail": mail, **seen,
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what production answers to a visitor of the sign-in page."""
    var = tmp_path_factory.mktemp("production")
    variables = PRODUCTION | {
        "ACADEMY_VAR": str(var), "ACADEMY_DATABASE_URL": f"sqlite:///{var}/academy.sqlite3",
        "ACADEMY_REDIS_URL": "redis://127.0.0.1:9/0", "ACADEMY_PROXIES": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, **variables}, cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(answer, dict)
    return answer


def test_the_cookie_is_bound_to_this_host_and_hidden_from_scripts(
    production: dict[str, Any],
) -> None:
    name, *flags = [part.strip() for part in production["headers"]["Set-Cookie"].split(";")]
    assert name.startswith("__Host-academy=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)


def test_browsers_are_told_to_use_tls_for_a_year(production: dict[str, Any]) -> None:
    assert production["headers"]["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains"
    )


def test_production_does_not_debug(production: dict[str, Any]) -> None:
    assert (production["debug"], production["status"]) == (False, 200)


def test_without_redis_pages_and_forms_still_answer(production: dict[str, Any]) -> None:
    assert (production["status"], production["wrong password"]) == (200, 422)
    assert production["ready"] == 503


def test_one_proxy_is_believed_for_the_address_and_for_nothing_else(
    production: dict[str, Any],
) -> None:
    assert (production["who"], production["host"]) == ("192.0.2.8", "academy.example.org")


def test_production_shows_nobody_its_mail(production: dict[str, Any]) -> None:
    assert production["mail"] == 404


@pytest.mark.parametrize(
    "key", ["", "secret", "changeme", "a" * 64, "short", "ab" * 40, "change-me"]
)
def test_production_does_not_start_with_a_weak_key(key: str) -> None:
    with pytest.raises(SettingsError, match="ACADEMY_SECRET_KEY"):
        Settings.from_environment(PRODUCTION | {"ACADEMY_SECRET_KEY": key})


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "ACADEMY_ENVIRONMENT"])
def test_production_names_the_setting_that_is_missing(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({n: v for n, v in PRODUCTION.items() if n != name})


def test_a_kept_key_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    key = Settings.from_environment({"ACADEMY_VAR": str(tmp_path)}).secret_key
    assert len(key) >= 43
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert Settings.from_environment({"ACADEMY_VAR": str(tmp_path)}).secret_key == key


def test_a_forwarded_address_is_believed_from_no_proxy_that_is_not_configured(
    app: Flask,
) -> None:
    with app.test_request_context("/", headers={"X-Forwarded-For": "192.0.2.7"}) as context:
        assert context.request.remote_addr != "192.0.2.7"
        assert app.config["ACADEMY"].proxies == 0


@pytest.mark.parametrize("package", FLOORS)
def test_versions_with_published_holes_are_not_used(package: str) -> None:
    assert Version(version(package)) >= Version(FLOORS[package])
    locked = re.search(rf"^{package}==([\w.]+)", _read("run.txt"), re.MULTILINE)
    assert locked is not None
    assert Version(locked[1]) >= Version(FLOORS[package])
    floors = [Requirement(line) for line in _read("run.in").splitlines() if line[:1].isalpha()]
    allowed = next(each for each in floors if each.name.lower() == package)
    assert not allowed.specifier.contains("1.0")


def _read(name: str) -> str:
    return (ROOT / "requirements" / name).read_text()


def test_every_locked_package_names_its_hashes() -> None:
    lock = _read("run.txt")
    packages = re.findall(r"^[a-z0-9][\w.-]*==", lock, re.MULTILINE)
    assert len(packages) > 40
    assert lock.count("--hash=sha256:") >= len(packages)


@pytest.mark.parametrize("address", ["/", "/api/v1/openapi.json"])
def test_a_fault_of_ours_is_told_with_an_id_and_without_detail(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def fail(**_parts: object) -> None:
        raise RuntimeError("hunter2 at /srv/academy")

    for endpoint in ("site.home", "api.openapi"):
        fail.is_public = True  # type: ignore[attr-defined]
        monkeypatch.setitem(client.application.view_functions, endpoint, fail)
    answer = client.get(address)
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    found = answer.text.partition("<main")[2] or str(answer.get_json()["instance"])
    assert re.search(r"\b[0-9a-f]{8}\b", found)


def test_a_database_that_is_away_is_503_and_says_that_nothing_was_lost(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_parts: object) -> None:
        raise OperationalError("SELECT 1", {}, RuntimeError("no route"))

    fail.is_public = True  # type: ignore[attr-defined]
    monkeypatch.setitem(client.application.view_functions, "site.home", fail)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "SELECT" not in answer.text


def test_nothing_reads_pickles_yaml_or_code_from_outside() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / "academy").rglob("*.py"))
        for match in re.finditer(
            r"import (?:pickle|marshal|shelve|yaml)\b|\beval\(|\bexec\(|yaml\.load\(",
            path.read_text(),
        )
    ]
    # The one reader of YAML builds on the safe loader, without aliases (tests/library, content).
    assert found == ["academy/lib/marked_yaml.py: import yaml"]
