"""What every page tells the browser, over the whole map of addresses (SECURITY.md 3.20-3.27)."""

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from academy.db import session
from academy.tables import metadata
from tests.cast import Cast
from tests.security.addresses import addresses, forgotten
from tests.security.scene import UNKNOWN_SECRET, Scene
from tests.security.test_output import MAIL

EVIL = "https://evil.example"
#: Noted while reading, and no facts of the academy: when somebody was last seen, and in the log
#: of who did what that somebody took a file of people home.
NOTED = frozenset({"seen_at", "used_at"})
LOG = "audit_entries"
#: Counters of wrong tries: guessing a personal link is reading, and is slowed down all the same.
COUNTERS = "attempts"
#: No cookie counts there: whoever knows the token holds the secret (see personal-links.md).
WITHOUT_FORM_TOKEN = (
    "/j/",
    f"/mail/{UNKNOWN_SECRET}",
    "/listening-points/link/",
    "/codes/weaving-1/",
    "/hooks/",
)


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Scene:
    return Scene(app, cast)


@pytest.fixture
def answers(scene: Scene) -> dict[str, TestResponse]:
    """Return what an administrator gets from every address that can be read."""
    client = scene.clients["administrator"]
    return {
        address: client.get(address, headers={"Origin": EVIL}, buffered=True)
        for address in addresses(scene, "GET")
    }


def directives(answer: TestResponse) -> dict[str, list[str]]:
    policy = answer.headers["Content-Security-Policy"]
    return {first: rest for first, *rest in (part.split() for part in policy.split(";"))}


def test_every_answer_has_a_policy_that_allows_only_our_own(
    answers: dict[str, TestResponse],
) -> None:
    for address, answer in answers.items():
        policy = directives(answer)
        assert policy["object-src"] == policy["base-uri"] == ["'none'"], address
        if MAIL.fullmatch(address):  # a mail brings its own style; nothing else of it is let in
            assert policy["default-src"] == policy["form-action"] == ["'none'"]
            assert policy["frame-ancestors"] == ["'self'"]
            assert "allow-scripts" not in policy["sandbox"]
            continue
        assert policy["frame-ancestors"] == ["'none'"], address
        assert policy["form-action"] == ["'self'"], address
        sources = {source for allowed in policy.values() for source in allowed}
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & sources, address


def test_no_page_holds_a_script_or_style_that_the_policy_would_stop(
    answers: dict[str, TestResponse],
) -> None:
    for address, answer in answers.items():
        if answer.mimetype != "text/html" or MAIL.fullmatch(address):
            continue
        page = answer.text
        assert ' style="' not in page, address
        assert " onclick=" not in page, address
        for script in page.split("<script")[1:]:
            head = script.split(">")[0]
            assert "src=" in head or "nonce=" in head, address


def test_every_answer_forbids_sniffing_framing_and_telling_where_one_was(
    answers: dict[str, TestResponse],
) -> None:
    for address, answer in answers.items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        frame = "SAMEORIGIN" if MAIL.fullmatch(address) else "DENY"
        assert answer.headers["X-Frame-Options"] == frame, address
        assert answer.headers["Referrer-Policy"] in {
            "strict-origin-when-cross-origin", "same-origin", "no-referrer",
        }, address  # fmt: skip


def test_no_answer_lets_another_site_read_it(answers: dict[str, TestResponse]) -> None:
    for address, answer in answers.items():
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers), address


def test_what_a_signed_in_person_sees_is_kept_nowhere(answers: dict[str, TestResponse]) -> None:
    for address, answer in answers.items():
        if address.startswith("/static/") or answer.mimetype == "image/webp":
            continue  # what everybody sees: tests/library looks at pictures of drafts
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "Cookie" in answer.headers["Vary"], address


def test_files_are_handed_out_to_be_saved_not_shown(answers: dict[str, TestResponse]) -> None:
    files = {a: answer for a, answer in answers.items() if a.endswith((".csv", ".xlsx"))}
    assert files
    for address, answer in files.items():
        assert answer.headers["Content-Disposition"].startswith("attachment"), address
        assert answer.mimetype != "text/html", address


def test_no_answer_names_the_server_or_its_version(answers: dict[str, TestResponse]) -> None:
    for address, answer in answers.items():
        assert not {"Server", "X-Powered-By"} & set(answer.headers.keys()), address


@pytest.mark.parametrize("token", ["", "forged", "IjEyMyI.aGVsbG8.c2lnbmF0dXJl"])
def test_every_form_refuses_a_missing_or_foreign_token(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setitem(scene.app.config, "WTF_CSRF_ENABLED", True)
    client = scene.clients["administrator"]
    # The language of a browser is no secret, and is changed in its cookie alone.
    for address in sorted(set(addresses(scene, "POST")) - {"/language"}):
        answer = client.post(address, data={"csrf_token": token}, buffered=True)
        wanted = 404 if address.startswith(WITHOUT_FORM_TOKEN) else 400
        assert answer.status_code == wanted, address


def test_a_token_of_somebody_elses_visit_is_refused(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(scene.app.config, "WTF_CSRF_ENABLED", True)
    page = scene.clients["learner"].get("/account/").text
    stolen = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    for role, status in (("administrator", {400}), ("learner", {200, 302, 303, 422})):
        answer = scene.clients[role].post("/account/", data={"csrf_token": stolen})
        assert answer.status_code in status


@pytest.mark.parametrize("role", ["anonymous", "learner", "administrator"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_never_changes_anything(scene: Scene, role: str, method: str) -> None:
    before = everything()
    for address in addresses(scene, "GET"):
        scene.clients[role].open(address, method=method, buffered=True)
        session.remove()
        assert everything() == before, address


def everything() -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for table in metadata.sorted_tables:
        if table.name in {LOG, COUNTERS}:
            continue
        names = ", ".join(column.name for column in table.columns if column.name not in NOTED)
        rows = session.execute(text(f"SELECT {names} FROM {table.name}"))  # noqa: S608
        found[table.name] = sorted((tuple(row) for row in rows), key=str)
    session.remove()
    return found


def test_signing_out_leaves_nothing_on_a_shared_phone(scene: Scene) -> None:
    with forgotten():
        answer = scene.clients["learner"].post("/sign-out")
    assert {'"cache"', '"cookies"', '"storage"'} <= set(
        answer.headers["Clear-Site-Data"].replace(" ", "").split(",")
    )
    assert scene.clients["learner"].get("/account/").headers["Location"].startswith("/sign-in")


def test_methods_that_nobody_needs_are_refused(scene: Scene) -> None:
    for method in ("TRACE", "TRACK", "CONNECT", "PUT", "DELETE"):
        assert scene.clients["administrator"].open("/", method=method).status_code == 405


@pytest.mark.parametrize(
    "address", ["/console", "/static/", "/static/css/", "/.git/config", "/var/"]
)
def test_nothing_is_behind_addresses_that_scanners_try(scene: Scene, address: str) -> None:
    assert scene.clients["administrator"].get(address).status_code == 404


def test_a_path_out_of_the_static_folder_is_not_found(scene: Scene) -> None:
    for path in ("../academy/config.py", "..%2f..%2fvar/secret-key", "%2e%2e/pyproject.toml"):
        assert scene.clients["anonymous"].get(f"/static/{path}").status_code == 404
