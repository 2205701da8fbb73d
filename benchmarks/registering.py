"""People who register: signed in, each with the cookie and the form's token of a browser."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from academy import db
from academy.people.models import SignIn
from academy.people.service import create_person
from academy.programme.models import Series
from academy.programme.service import create_series
from academy.security.tokens import hash_token, make_token

FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Browser:
    """What one person's browser would send."""

    cookie: str
    body: str


def plan_series(slug: str, *, weeks: int, capacity: int | None = None) -> Series:
    """Return a published series that begins in a week."""
    day = (datetime.now(UTC) + timedelta(days=7)).replace(tzinfo=None, microsecond=0)
    return create_series(
        slug, "Measured", zone="Asia/Kuala_Lumpur", first_start=day, minutes=90, weeks=weeks,
        capacity=capacity,
    )  # fmt: skip


def open_browsers(app: Flask, number: int, prefix: str) -> Sequence[Browser]:
    """Return the browsers of so many new people, all signed in."""
    with app.test_request_context():
        token = generate_csrf()
        kept = {"csrf_token": session["csrf_token"], "_fresh": True, "_permanent": True}
    sign = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    body = urlencode({"csrf_token": token, "recording": "y"})
    name = app.config["SESSION_COOKIE_NAME"]
    return [
        Browser(f"{name}={sign.dumps({**kept, '_user_id': secret})}", body)
        for secret in _sign_in(number, prefix)
    ]


def _sign_in(number: int, prefix: str) -> list[str]:
    secrets = [make_token() for _each in range(number)]
    with db.transaction() as current:
        for at, secret in enumerate(secrets):
            address = f"{prefix}{at}@example.org"
            person = create_person(f"Person {at}", address, country="MY", is_verified=True)
            current.flush()
            current.add(SignIn(person_id=person.id, token_hash=hash_token(secret)))
    db.session.remove()
    return secrets


def post(connection: http.client.HTTPConnection, path: str, browser: Browser) -> int:
    """Send the form and return the status."""
    headers = {"Cookie": browser.cookie, "Content-Type": FORM_TYPE}
    connection.request("POST", path, body=browser.body, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
