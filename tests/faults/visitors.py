"""Signed-in people who register on the pages of production, each with a browser's cookie."""

import http.client
import time
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from itertools import count
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from academy import db
from academy.people.models import SignIn
from academy.people.service import create_person
from academy.programme.models import Registration
from academy.programme.personal_links import link_path
from academy.programme.service import create_series
from academy.security.tokens import hash_token, make_token
from tests.operations.processes import SECRET

_numbers = count(1)
SITE = "academy.example.org"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, and how long that took."""

    status: int
    seconds: float


def open_series(slug: str) -> None:
    """Publish a series that takes registrations."""
    in_a_week = db.now() + timedelta(days=7)
    first = in_a_week.replace(tzinfo=None, microsecond=0)
    create_series(slug, "Open", zone="UTC", first_start=first, minutes=60, weeks=1)


def sign_in_new() -> tuple[int, str]:
    """Return a new person and the secret of their sign-in."""
    secret = make_token()
    with db.transaction() as current:
        address = f"visitor{next(_numbers)}@example.org"
        person = create_person("Visitor", address, country="MY", is_verified=True)
        current.flush()
        current.add(SignIn(person_id=person.id, token_hash=hash_token(secret)))
    return person.id, secret


def post_registration(port: int, secret: str, slug: str) -> Answer:
    """Send the form as a browser behind nginx does."""
    cookie, token = _cookie_and_token(secret)
    form = {"csrf_token": token, "recording": "y"}
    return post(port, f"/series/{slug}/register", form, Cookie=f"__Host-academy={cookie}")


def post(port: int, path: str, form: dict[str, str], **more: str) -> Answer:
    """Send a form as nginx passes it on."""
    headers = {
        "Host": SITE, "X-Forwarded-Proto": "https", "Referer": f"https://{SITE}/",
        "Content-Type": "application/x-www-form-urlencoded", **more,
    }  # fmt: skip
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, body=urlencode(form), headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return Answer(answer.status, time.monotonic() - begin)


def _cookie_and_token(secret: str) -> tuple[str, str]:
    """Sign as the server does, with the key that it was given."""
    signer = Flask("signer")
    signer.config["SECRET_KEY"] = SECRET
    with signer.test_request_context():
        token = generate_csrf()
        kept = {"csrf_token": session["csrf_token"], "_fresh": True, "_user_id": secret}
    sign = signer.session_interface.get_signing_serializer(signer)  # type: ignore[attr-defined]
    return sign.dumps(kept | {"_permanent": True}), token


def ways_in(series_id: int) -> list[str]:
    """Return the personal links of everybody registered (sign with the server's key before)."""
    whose = select(Registration).where(Registration.series_id == series_id)
    return [link_path(one) for one in db.session.scalars(whose)]


def is_well(answer: Answer) -> bool:
    """Whether the form was taken: the browser is sent to the series."""
    return answer.status == HTTPStatus.FOUND


def registered() -> set[int]:
    """Return who has a registration."""
    db.session.remove()
    return set(db.session.scalars(select(Registration.person_id)))
