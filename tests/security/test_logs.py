"""What is written to the logs, and what never is (SECURITY.md 3.58, 3.60, 3.62)."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from academy.config import Settings
from academy.db import session, transaction
from academy.security import audit
from academy.security.logs import set_up_logs
from academy.security.models import AuditEntry
from academy.security.request_logs import follow_requests
from academy.security.tokens import make_token

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Return a function that gives what production wrote, as parsed JSON."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers = []
    set_up_logs(replace(settings, environment="production"))
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        "sreymom@example.org", "ស្រីមុំ@example.org", make_token("sse_"), make_token(),
        "tg0g300ehpja9hfrx7kj2qfec17y60g", "tg0g300ehpja9hfrx7kj2qfec17y60g.ics",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", "+60 12-345 6789", "203.0.113.77",
    ],
)  # fmt: skip
def test_no_address_and_no_secret_reaches_a_log(lines: Lines, secret: str) -> None:
    log = logging.getLogger("academy")
    log.warning("could not send to %s today", secret)
    log.error("fault", exc_info=ValueError(f"no: {secret}"))
    assert len(lines()) == 2
    assert secret not in json.dumps(lines(), ensure_ascii=False)


@pytest.mark.parametrize(
    "place",
    ["GET /j/{} HTTP", "/j/{}/card", "/calendar/{}.ics?x=1", "/mail/{}/no-reminders",
     "/codes/weaving-1/{}", "/listening-points/link/{}"],
)  # fmt: skip
def test_no_personal_link_reaches_a_log_however_it_was_typed(lines: Lines, place: str) -> None:
    logging.getLogger("werkzeug").warning("bad: %s", place.format("TG0G-300E-hpja"))
    assert "hpja" not in json.dumps(lines()).lower()
    assert "/" in str(lines()[0]["event"])


@pytest.mark.parametrize("name", ["password", "csrf_token", "Authorization", "cookie", "email"])
def test_values_under_telling_names_are_left_out(lines: Lines, name: str) -> None:
    structlog.get_logger("academy").info("form", **{name: "hunter2"}, route="/sign-in")
    assert lines()[0]["route"] == "/sign-in"
    assert "hunter2" not in json.dumps(lines())


def test_the_password_of_a_server_is_cut(lines: Lines) -> None:
    logging.getLogger("kombu").error("cannot reach redis://academy:hunter2@127.0.0.1:6379/0")
    assert "hunter2" not in json.dumps(lines())
    assert "127.0.0.1:6379" in json.dumps(lines())


def test_a_line_break_of_a_visitor_begins_no_second_line(lines: Lines) -> None:
    logging.getLogger("academy").warning("name %s", 'x\n{"event": "sign_in.succeeded"}')
    assert len(lines()) == 1


def test_production_writes_one_line_for_a_request_with_its_pattern(
    lines: Lines, settings: Settings
) -> None:
    app = Flask("small")
    follow_requests(app, replace(settings, environment="production"))
    app.add_url_rule("/sign-in/<secret>", "enter", lambda **_parts: "")
    answer = app.test_client().get("/sign-in/hunter2")
    line = lines()[0]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/sign-in/<secret>", 200)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "hunter2" not in json.dumps(lines())


def test_an_id_for_the_request_is_ours_not_the_visitors(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": "forged"})
    assert len(answer.headers["X-Request-ID"]) == 16


def test_the_log_of_deeds_keeps_a_line_a_line(app: Flask) -> None:
    with transaction():
        audit.note("series.create", "series:x", title="a\r\nseries.cancel")
    entry = session.query(AuditEntry).one()
    assert entry.facts == {"title": "a\\r\\nseries.cancel"}
    assert entry.at.utcoffset() is not None
