"""/dev/mail: the mail of an academy on one machine, for browsers of that machine only."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.messaging import post_office, service
from academy.messaging.channels import FolderChannel
from academy.messaging.models import Message
from academy.messaging.post_office import PostOffice
from academy.programme.service import register
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole
from tests.programme.scenes import a_series

VALUES = {"path": "/sign-in/secret", "minutes": 15}


@pytest.fixture
def message_id(cast: Cast, pigeonhole: Pigeonhole) -> int:
    return service.post(cast.learner.id, "sreymom@example.org", "sign_in_link", "token:1", VALUES)


def test_an_empty_house_says_how_the_first_mail_comes(client: FlaskClient) -> None:
    assert "No mail yet" in client.get("/dev/mail").text


def test_every_mail_is_listed_with_its_state(client: FlaskClient, message_id: int) -> None:
    page = client.get("/dev/mail").text
    assert "Your way into the SSE Academy" in page
    assert "sreymom@example.org" in page
    assert "on its way" in page


def test_a_mail_is_shown_as_a_phone_shows_it_with_its_link(
    client: FlaskClient, message_id: int
) -> None:
    page = client.get(f"/dev/mail/{message_id}").text
    assert '<a href="https://academy.example.org/sign-in/secret"' in page
    assert "Hello ស្រីមុំ" in page
    assert "Message-ID: &lt;" in page


def test_a_mail_that_left_is_shown_with_all_that_went_with_it(
    client: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, tmp_path: Path
) -> None:
    folder = FolderChannel(tmp_path)
    post_office.use(PostOffice("SSE Academy <academy@example.org>", "https://a.example", folder))
    register(cast.learner, a_series("threads"))
    message = session.scalars(select(Message).where(Message.kind == "registered")).one()
    assert "METHOD:REQUEST" not in client.get(f"/dev/mail/{message.id}").text
    service.deliver_due()
    page = client.get(f"/dev/mail/{message.id}").text
    assert "METHOD:REQUEST" in page
    assert "BEGIN:VTIMEZONE" in page


def test_markup_in_a_name_is_shown_as_text(
    client: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    values = {"path": "/series/x/", "series": "<script>alert(1)</script>"}
    message = service.post(cast.learner.id, "a@example.org", "registered", "registration:1", values)
    assert "<script>alert" not in client.get(f"/dev/mail/{message}").text


def test_a_mail_that_is_not_there_is_404(client: FlaskClient) -> None:
    assert client.get("/dev/mail/4711").status_code == 404


def test_another_machine_sees_nothing(client: FlaskClient, message_id: int) -> None:
    from_afar = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/dev/mail", environ_base=from_afar).status_code == 404
    address = f"/dev/mail/{message_id}"
    assert client.get(address, environ_base=from_afar).status_code == 404


def test_a_name_of_the_internet_that_points_here_sees_nothing(client: FlaskClient) -> None:
    assert client.get("/dev/mail", headers={"Host": "evil.example"}).status_code == 404


def test_behind_a_proxy_nobody_sees_it(client: FlaskClient) -> None:
    answer = client.get("/dev/mail", headers={"X-Forwarded-For": "127.0.0.1"})
    assert answer.status_code == 404


def test_production_has_no_such_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = replace(app.config["ACADEMY"], environment="production")
    monkeypatch.setitem(app.config, "ACADEMY", production)
    assert client.get("/dev/mail").status_code == 404


def test_it_is_read_only(client: FlaskClient) -> None:
    assert client.post("/dev/mail").status_code == 405
