"""Who may do what: every role at every address, with own things and those of others.

The expected verdicts stand in tests/security/matrix.py, one line an address; an address that
stands in no line fails (SECURITY.md 3.47).
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from academy.db import session
from tests.cast import Cast
from tests.security.matrix import CHAPTERS, LINES, Line
from tests.security.scene import BODIES, ROLES, Scene

#: 503 is what /readyz says without a broker.
FAULTS = frozenset(range(500, 600)) - {503}


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Scene:
    return Scene(app, cast)


def test_every_address_stands_in_the_matrix_and_nothing_else(app: Flask) -> None:
    answered = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    listed = {(line.method, line.rule) for line in LINES}
    assert sorted(answered - listed) == []
    assert sorted(listed - answered) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_role_gets_the_verdict_of_the_matrix(scene: Scene, chapter: str) -> None:
    lines = [line for line in LINES if line.chapter == chapter]
    expected = {str(line): dict(zip(ROLES, line.verdicts, strict=True)) for line in lines}
    assert {str(line): dict(_verdicts(scene, line)) for line in lines} == expected


def _verdicts(scene: Scene, line: Line) -> Iterator[tuple[str, str]]:
    address = scene.fill_in(line.rule, line.case)
    for role in ROLES:
        # What one role does must not change what the next one finds.
        session.remove()
        savepoint = _connection().begin_nested()
        answer = scene.clients[role].open(
            address, method=line.method, headers=_headers(scene, line, role),
            json=BODIES.get(f"{line.method} {line.rule}"), buffered=True,
        )  # fmt: skip
        session.remove()
        savepoint.rollback()
        yield role, _verdict(answer)


def _connection() -> Connection:
    bind = session.get_bind()
    assert isinstance(bind, Connection)
    return bind


def _headers(scene: Scene, line: Line, role: str) -> dict[str, str]:
    if not line.rule.startswith("/api/v1/") or role == "anonymous":
        return {}
    return {"Authorization": f"Bearer {scene.secrets[role]}"}


def _verdict(answer: TestResponse) -> str:
    """Return "yes" where the request was heard, whatever it lacked; else why it was not."""
    assert answer.status_code not in FAULTS, answer.text
    if answer.headers.get("Location", "").startswith("/sign-in?next="):
        return "in"
    return str(answer.status_code) if answer.status_code in {401, 403, 404, 405} else "yes"
