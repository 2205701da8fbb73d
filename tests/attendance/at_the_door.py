"""A running academy with a live session, and phones at its door that tick the roll."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select
from werkzeug.serving import make_server

from academy.attendance.models import Attendance, Evidence
from academy.db import transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.attendance.conftest import register
from tests.browser import real_browser
from tests.cast import Cast, sign_in_to

ROLL = "/desk/live-sessions/may-1/attendance/roll/"
SECONDS = 1000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


class Line:
    """The line between the phones and the academy, which may be cut while ticks are on it.

    In the server, for a browser's own switch is passed by where a service worker is at hand.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        #: "ticks": they do not arrive; "answers": they do, and the phone does not hear of it.
        self.loses = ""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Hand a request to the academy, unless it is lost."""
        if not self.loses or not environ["PATH_INFO"].endswith("/roll/marks"):
            return self.app(environ, start)
        if self.loses == "answers":
            b"".join(self.app(environ, start))
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError


@dataclass
class Door:
    """A running academy with a live session, and phones at its door."""

    app: Flask
    browser: Browser
    url: str
    cast: Cast
    live_session_id: int
    line: "Line"

    def open_phone(self, person: Person) -> BrowserContext:
        """Return a phone on which the person is signed in."""
        phone = self.browser.new_context(viewport={"width": 360, "height": 740})
        phone.set_default_timeout(15 * SECONDS)
        self.sign_in(phone, person)
        return phone

    def sign_in(self, phone: BrowserContext, person: Person) -> None:
        """Put the cookie of a new sign-in into the phone."""
        cookie = sign_in_to(self.app.test_client(), person).get_cookie("academy")
        assert cookie is not None
        phone.clear_cookies()
        phone.add_cookies([{"name": "academy", "value": cookie.value, "url": self.url}])

    def open_roll(self, phone: BrowserContext) -> Page:
        """Open the roll on the phone."""
        return self.open(phone, ROLL)

    def open(self, phone: BrowserContext, path: str) -> Page:
        """Open a page of the academy on the phone."""
        page = phone.new_page()
        page.goto(self.url + path)
        return page

    def came(self) -> list[str]:
        """Return who came; no transaction stays open, for the server writes, too."""
        with transaction() as current:
            statement = select(Person.name).join(Attendance, Attendance.person_id == Person.id)
            return sorted(current.scalars(statement))

    def count_evidence(self) -> int:
        """Return how many ticks are on record."""
        with transaction() as current:
            return current.scalar(select(func.count(Evidence.id))) or 0


@pytest.fixture
def door(own_database: Flask, browser: Browser) -> Iterator[Door]:
    with transaction() as current:
        series = Series(slug="may", title="May", zone="Asia/Kuala_Lumpur", status="published")
        series.live_sessions.append(LiveSession(
            slug="may-1", number=1, title="Principles", zone="Asia/Kuala_Lumpur", minutes=150,
            starts_at=datetime(2020, 5, 2, 6, tzinfo=UTC), status="published",
        ))  # fmt: skip
        current.add(series)
    for name in ("Budi", "Maya", "Siti"):
        register(series, name, f"{name.lower()}@example.org")
    line = Line(own_database)
    with _serving(own_database, line) as url:
        yield Door(own_database, browser, url, Cast(), series.live_sessions[0].id, line)


@contextmanager
def _serving(app: Flask, line: Line) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, line, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    app.config["WTF_CSRF_ENABLED"] = True
    yield f"http://127.0.0.1:{server.server_port}"
    app.config["WTF_CSRF_ENABLED"] = False
    server.shutdown()
    thread.join()
    server.server_close()


def tick(page: Page, *names: str) -> None:
    """Touch the boxes of these people."""
    for name in names:
        page.locator(".tick__target", has_text=name).click()


def expect_words(page: Page, words: str) -> None:
    """Wait until the roll says so."""
    expect(page.locator("[data-roll-words]")).to_contain_text(words, timeout=15 * SECONDS)


def wait_for_all(page: Page) -> None:
    """Wait until the phone holds the whole roll."""
    expect(page.locator("[data-roll-pages]")).to_have_count(0)
