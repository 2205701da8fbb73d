"""Whatever is sent to whichever address: an answer, never a fault of ours (SECURITY.md 3.11, 3.12).

The names of fields are read from the forms of the academy itself; each gets values that broke
systems of this kind, as a scalar, twice, as a list and as JSON.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person, RoleGrant
from academy.security.limits import limiter
from tests.cast import Cast
from tests.security.addresses import addresses, forgotten
from tests.security.scene import Scene

NAME = re.compile(r"""<(?:input|select|textarea|button)[^>]*\bname="([^"]+)""")
EVIL = (
    "", "a" * 10_000, "99999999999999999999", "-1", "NaN", "2027-99-99", "2027-02-30T25:61",
    "{{7*7}}%s%n{0}", "../../../etc/passwd", "\u202e\u0000\ud7ff\U0010ffff", "' OR 1=1 --",
    "\r\nBcc: all@example.org", "[]", "=cmd|' /C calc'!A0",
)  # fmt: skip
#: What would make somebody more than they are, if any form took it.
POWERS = {
    "role": "administrator", "roles": "administrator", "is_admin": "1", "is_staff": "true",
    "id": "1", "person_id": "1", "user_id": "1", "confirmed": "1", "verified_at": "2026-01-01",
    "is_primary": "1", "disabled_at": "", "totp_confirmed_at": "2026-01-01", "country": "MY",
}  # fmt: skip


@pytest.fixture
def scene(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(limiter, "enabled", False)
    return Scene(app, cast)


@pytest.fixture
def fields(scene: Scene) -> list[str]:
    """Return the name of every field of every form that an administrator sees."""
    pages = (_page(scene.clients["administrator"], a) for a in addresses(scene, "GET"))
    return sorted({name for page in pages for name in NAME.findall(page)} | {"email", "token"})


def _page(client: FlaskClient, address: str) -> str:
    answer = client.get(address, buffered=True)
    return answer.text if answer.mimetype == "text/html" else ""


@pytest.mark.parametrize("role", ["learner", "administrator"])
def test_no_value_of_a_field_is_a_fault_of_ours(scene: Scene, fields: list[str], role: str) -> None:
    for value in EVIL:
        for address in addresses(scene, "POST"):
            with forgotten():
                values = dict.fromkeys(fields, value)
                answer = scene.clients[role].post(address, data=values, buffered=True)
            assert answer.status_code < 500, f"{value[:20]!r} at {address}"


def test_no_value_in_an_address_is_a_fault_of_ours(scene: Scene, fields: list[str]) -> None:
    client = scene.clients["administrator"]
    names = [*fields, "page", "before", "after", "show", "search", "q"]
    for value in EVIL:
        asked = dict.fromkeys(names, value[:200])
        for address in addresses(scene, "GET"):
            answer = client.get(address, query_string=asked, buffered=True)
            known = answer.status_code < 500 or address == "/readyz"
            assert known, f"{value[:20]!r} at {address}"


def shapes(fields: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    twice = [(name, text) for name in fields for text in ("a@example.org", "b@example.org")]
    yield "twice", {"data": "&".join(f"{name}={text}" for name, text in twice),
                    "content_type": "application/x-www-form-urlencoded"}  # fmt: skip
    yield "lists", {"data": {f"{name}[]": ["a", "b"] for name in fields}}
    yield "objects", {"data": {f"{name}[$ne]": "a" for name in fields}}
    yield "json", {"json": {name: [{"$gt": ""}] for name in fields}}
    yield "text", {"data": b"a=b", "content_type": "text/plain"}
    yield (
        "broken parts",
        {"data": b"--x\r\nnothing", "content_type": "multipart/form-data; boundary=x"},
    )
    yield "no boundary", {"data": b"--x\r\n", "content_type": "multipart/form-data"}
    yield "not utf-8", {"data": b"name=%ff%fe&email=\xff\xfe",
                        "content_type": "application/x-www-form-urlencoded"}  # fmt: skip


@pytest.mark.parametrize("role", ["learner", "administrator"])
def test_no_shape_of_a_form_is_a_fault_of_ours(scene: Scene, fields: list[str], role: str) -> None:
    for name, shape in shapes(fields):
        for address in addresses(scene, "POST"):
            with forgotten():
                answer = scene.clients[role].post(address, buffered=True, **shape)
            assert answer.status_code < 500, f"{name} at {address}"


def test_files_where_none_belong_are_no_fault_of_ours(scene: Scene, fields: list[str]) -> None:
    for address in addresses(scene, "POST"):
        files = {name: (BytesIO(b"\x00\xff"), "../../a\r\nb.csv") for name in fields}
        with forgotten():
            answer = scene.clients["administrator"].post(address, data=files, buffered=True)
        assert answer.status_code < 500, address


def test_a_form_of_ten_thousand_parts_is_refused(scene: Scene) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    answer = scene.clients["anonymous"].post(
        "/sign-in", data=part * 10_000 + b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )  # fmt: skip
    assert answer.status_code == 413


@pytest.mark.parametrize("mimetype", ["application/json", "text/plain", "application/xml"])
def test_a_page_takes_forms_only(scene: Scene, mimetype: str) -> None:
    pages = [one for one in addresses(scene, "POST") if not one.startswith("/hooks/")]
    for address in pages:
        answer = scene.clients["administrator"].post(address, data=b"{}", content_type=mimetype)
        assert answer.status_code == 415, address


def test_no_field_gives_a_learner_powers(scene: Scene, fields: list[str]) -> None:
    before, learner_id = session.query(RoleGrant).count(), scene.cast.learner.id
    values = dict.fromkeys(fields, "x") | {"name": "Sreymom", "language": "en"} | POWERS
    for address in addresses(scene, "POST"):
        if address != "/sign-out":
            scene.clients["learner"].post(address, data=values, buffered=True)
    session.expire_all()
    assert session.query(RoleGrant).count() == before
    learner = session.get_one(Person, learner_id)
    assert (learner.id, learner.holds_staff_role, learner.disabled_at) == (learner_id, False, None)
    assert learner.totp_confirmed_at is None
