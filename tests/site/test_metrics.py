"""/metrics: numbers for Prometheus, for this machine or for whoever has the token."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.lib import signs

AFAR = {"REMOTE_ADDR": "192.0.2.7"}


def test_this_machine_reads_the_numbers(client: FlaskClient) -> None:
    client.get("/healthz")
    text = client.get("/metrics").text
    assert 'academy_requests_total{address="/healthz",method="GET",status="200"}' in text


def test_addresses_are_counted_by_pattern(client: FlaskClient) -> None:
    client.get("/series/a-secret-slug/")
    assert "a-secret-slug" not in client.get("/metrics").text


def test_another_machine_finds_nothing_there(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base=AFAR).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_the_token_of_the_settings_opens_it(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["ACADEMY"], metrics_token="a" * 40)
    monkeypatch.setitem(app.config, "ACADEMY", settings)
    for token, status in (("a" * 40, 200), ("b" * 40, 404), ("", 404)):
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.get("/metrics", headers=headers, environ_base=AFAR)
        assert answer.status_code == status


def test_mail_that_does_not_leave_can_be_seen(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    assert 'academy_messages{state="failed"} 0.0' in text
    assert 'academy_messages{state="planned"} 0.0' in text


def test_queues_and_the_last_beat_can_be_watched(
    app: Flask, client: FlaskClient, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["ACADEMY"], redis_url=redis_url)
    monkeypatch.setitem(app.config, "ACADEMY", settings)
    signs.say_alive(redis_url, signs.BEATS, "ship:8", role="asks")
    text = client.get("/metrics").text
    signs.say_goodbye(redis_url, signs.BEATS, "ship:8")
    assert 'academy_jobs_waiting{queue="urgent"} 0.0' in text
    assert 'academy_workers{queue="slow"} 0.0' in text
    assert re.search(r"^academy_beat_seen \d", text, re.MULTILINE)
    assert "academy_jobs_failed 0.0" in text


def test_without_redis_nothing_is_claimed_about_queues(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    assert "academy_jobs_waiting{" not in text
    assert "academy_beat_seen NaN" in text
