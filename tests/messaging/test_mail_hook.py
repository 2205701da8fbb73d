"""Mail that came back, posted by a mail server: signed, once, and never a traceback."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from academy.config import Settings, SettingsError
from academy.db import session
from academy.messaging import service
from academy.messaging.choosing import choices_path
from academy.messaging.models import Message
from academy.security.hook_signatures import sign
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole
from tests.messaging.test_bounces import report, tell

SECRET = "a secret of the mail server, 32 letters or more"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def hook(app: Flask, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return a program that may post to /hooks/mail, in an academy that expects it."""
    settings = replace(app.config["ACADEMY"], mail_hook_secret=SECRET)
    monkeypatch.setitem(app.config, "ACADEMY", settings)
    return app.test_client()


def post(
    hook: FlaskClient, body: bytes, kind: str = "message/rfc822", *, name: str = "msg-1",
    age: timedelta = timedelta(), secret: str = SECRET, at: datetime = NOON,
) -> TestResponse:  # fmt: skip
    with time_machine.travel(at, tick=False):
        seconds = int((at - age).timestamp())
        headers = {
            "webhook-id": name, "webhook-timestamp": str(seconds),
            "webhook-signature": sign(secret, name, seconds, body),
        }  # fmt: skip
        return hook.post("/hooks/mail", data=body, content_type=kind, headers=headers)


def cause_of(message: Message) -> str:
    session.expire_all()
    return session.get_one(Message, message.id).cause


def test_a_report_as_it_came_ends_the_mail_to_that_address(hook: FlaskClient, cast: Cast) -> None:
    first = tell(cast, "registration:1:1")
    answer = post(hook, report(first.message_id))
    assert answer.json == {"read": 1, "bounced": 1, "delayed": 0, "other": 0, "unknown": []}
    assert cause_of(first) == "bounced"
    assert tell(cast, "registration:2:1").cause == "returned"


def test_whoever_it_is_reads_on_their_page_that_their_mail_comes_back(
    hook: FlaskClient, cast: Cast
) -> None:
    first = tell(cast, "registration:1:1")
    path = choices_path(cast.learner.id)
    assert "comes back" not in hook.get(path).text
    post(hook, report(first.message_id))
    page = hook.get(path).text
    assert "Mail to sreymom@example.org comes back" in page
    assert "no such user here" in page


def test_the_parts_alone_with_the_boundary_in_the_header_are_read_too(
    hook: FlaskClient, cast: Cast
) -> None:
    first = tell(cast, "registration:1:1")
    body = report(first.message_id).partition(b"\n\n")[2]
    kind = 'multipart/report; report-type=delivery-status; boundary="x"'
    assert post(hook, body, kind).json["bounced"] == 1  # type: ignore[index]
    assert cause_of(first) == "bounced"


def test_a_forwarder_tells_the_same_in_json(hook: FlaskClient, cast: Cast) -> None:
    first, second = tell(cast, "registration:1:1"), tell(cast, "registration:2:1")
    body = json.dumps({"bounces": [
        {"message_id": first.message_id, "action": "failed", "status": "5.1.1",
         "diagnostic": "550 no such user\r\nBcc: x"},
        {"message_id": second.message_id, "action": "delayed", "status": "4.4.1"},
        {"message_id": "<of@others>", "action": "failed", "status": "5.1.1"},
    ]}).encode()  # fmt: skip
    answer = post(hook, body, "application/json")
    assert answer.json == {
        "read": 3, "bounced": 1, "delayed": 1, "other": 1, "unknown": ["<of@others>"],
    }  # fmt: skip
    assert [cause_of(first), cause_of(second)] == ["bounced", ""]
    assert session.get_one(Message, first.id).reason == "5.1.1 550 no such user Bcc: x"
    assert session.get_one(Message, second.id).reason == "4.4.1 4.4.1"


def test_a_forged_report_without_a_message_id_of_ours_changes_nothing(
    hook: FlaskClient, cast: Cast
) -> None:
    first = tell(cast, "registration:1:1")
    forged = report("<guess@example.org>")
    assert b"sreymom@example.org" in forged
    answer = post(hook, forged)
    assert answer.json is not None
    assert (answer.json["bounced"], answer.json["unknown"]) == (0, ["<guess@example.org>"])
    assert cause_of(first) == ""
    assert tell(cast, "registration:2:1").state == "sent"


def test_the_same_delivery_again_does_nothing_even_after_another_try(
    hook: FlaskClient, cast: Cast
) -> None:
    first = tell(cast, "registration:1:1")
    post(hook, report(first.message_id))
    service.resend_message(first.id, cast.organiser.id)
    service.deliver_due()
    again = post(hook, report(first.message_id), at=NOON + timedelta(minutes=4),
                 age=timedelta(minutes=4))  # fmt: skip
    assert again.json == {"repeated": True}
    assert cause_of(first) == ""


@pytest.mark.parametrize(
    "wrong",
    [{"secret": "another secret of 32 letters or more"}, {"age": timedelta(minutes=6)},
     {"age": -timedelta(minutes=6)}, {"name": ""}, {"name": "two words"}],
)  # fmt: skip
def test_what_is_not_signed_now_by_who_knows_the_secret_is_refused(
    hook: FlaskClient, cast: Cast, wrong: dict[str, object]
) -> None:
    first = tell(cast, "registration:1:1")
    answer = post(hook, report(first.message_id), **wrong)  # type: ignore[arg-type]
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert cause_of(first) == ""


def test_a_signature_of_another_body_and_none_at_all_are_refused(
    hook: FlaskClient, cast: Cast
) -> None:
    body = report(tell(cast, "registration:1:1").message_id)
    seconds = str(int(datetime.now(UTC).timestamp()))
    headers = {
        "webhook-id": "1", "webhook-timestamp": seconds,
        "webhook-signature": sign(SECRET, "1", int(seconds), b"another"),
    }  # fmt: skip
    for given in (headers, headers | {"webhook-signature": ""}, {}):
        answer = hook.post("/hooks/mail", data=body, content_type="message/rfc822", headers=given)
        assert answer.status_code == 401


def test_guessing_signatures_is_slowed_down(hook: FlaskClient) -> None:
    answers = [post(hook, b"x", secret="wrong" * 8).status_code for _time in range(32)]
    assert (answers[0], answers[-1]) == (401, 429)


def test_without_a_secret_there_is_no_such_address(client: FlaskClient) -> None:
    assert post(client, b"x").status_code == 404


def test_more_than_a_report_is_refused_however_it_is_sent(hook: FlaskClient) -> None:
    assert post(hook, b"x" * 1_000_001).status_code == 413
    chunked = hook.post(
        "/hooks/mail", data=b"x" * 1_000_001, content_type="message/rfc822",
        headers={"Transfer-Encoding": "chunked"}, environ_overrides={"wsgi.input_terminated": True},
    )  # fmt: skip
    assert chunked.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 422), (b"{", "application/json", 400),
        (b'{"bounces": [{"message_id": "x", "action": "failed", "status": "5.1.1"}]}',
         "application/json", 422),
        (b"name,address", "text/csv", 415), (b"", "message/rfc822", 200),
        (b"x", "multipart/report", 200), (b"x", 'multipart/report; boundary="', 200),
    ],
)  # fmt: skip
def test_what_is_no_report_gets_a_clear_answer(
    hook: FlaskClient, body: bytes, kind: str, status: int
) -> None:
    assert post(hook, body, kind).status_code == status


def test_damaged_twins_of_a_report_are_read_or_not_but_never_break(
    hook: FlaskClient, cast: Cast
) -> None:
    whole = report(tell(cast, "registration:1:1").message_id)
    chance = random.Random(4)
    for number in range(300):
        damaged = bytearray(whole)
        for _bite in range(chance.randrange(1, 12)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
        answer = post(hook, bytes(damaged[: chance.randrange(len(damaged) * 2)]), name=str(number))
        assert answer.status_code == 200, bytes(damaged)


@pytest.mark.parametrize(
    "head",
    [b"Content-Type: multipart/report; boundary=x; charset=nonsense",
     b"Content-Type: message/rfc822",
     b'Content-Type: multipart/report; boundary="\xff"', b"Content-Type: multipart/report"],
)  # fmt: skip
def test_strange_heads_break_nothing(hook: FlaskClient, cast: Cast, head: bytes) -> None:
    body = report(tell(cast, "registration:1:1").message_id).partition(b"\n\n")[2]
    strange = body.replace(b"text/rfc822-headers", b"text/rfc822-headers; charset=klingon")
    assert post(hook, head + b"\n\n" + strange).status_code == 200


def test_a_short_secret_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="ACADEMY_MAIL_HOOK_SECRET"):
        Settings.from_environment({"ACADEMY_MAIL_HOOK_SECRET": "short"})
