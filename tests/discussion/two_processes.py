"""Two web processes of one academy, with a Redis between them, and browsers at both."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from academy.config import ROOT, Settings
from academy.db import session
from academy.discussion import service
from academy.lib.broker import open_broker
from academy.lib.processes import (
    find_free_port,
    says_yes,
    start_child,
    stop_children,
    wait_until,
)
from academy.people.models import Person
from tests.browser import real_browser
from tests.cast import Cast, sign_in_to

SERVER = ("--worker-class", "gthread", "--threads", "64", "--no-control-socket",
          "--graceful-timeout", "1", "--log-level", "warning")  # fmt: skip


#: So soon, in milliseconds, the other has to see it.
SOON = 15_000


@dataclass
class Academy:
    """The addresses of two processes, and a browser to visit them with."""

    app: Flask
    browser: Browser
    urls: tuple[str, str]

    def visit(self, process: int, person: Person | None, *, scripts: bool = True) -> BrowserContext:
        """Return a phone at one of the processes, on which `person` is signed in."""
        phone = self.browser.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=scripts
        )
        phone.set_default_timeout(40_000)
        if person is not None:
            self.sign_in(phone, process, person)
        return phone

    def sign_in(self, phone: BrowserContext, process: int, person: Person) -> None:
        """Put the cookie of a new sign-in into a phone."""
        cookie = sign_in_to(self.app.test_client(), person).get_cookie("academy")
        assert cookie is not None
        url = self.urls[process]
        phone.add_cookies([{"name": "academy", "value": cookie.value, "url": url}])

    def open(self, path: str, process: int, person: Person | None, *, scripts: bool = True) -> Page:
        """Open a page on a new phone."""
        page = self.visit(process, person, scripts=scripts).new_page()
        page.goto(self.urls[process] + path)
        return page


@contextlib.contextmanager
def two_processes(settings: Settings, database: str, redis_url: str) -> Iterator[tuple[str, str]]:
    """Run the web server twice on one database; yield both addresses."""
    ports = (find_free_port(), find_free_port())
    urls = (f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}")
    children = [
        start_child(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER,
             "academy.wsgi:app"],
            environment=_environment(settings, database, redis_url, url), folder=ROOT,
            log=_log(settings, port),
        )
        for port, url in zip(ports, urls, strict=True)
    ]  # fmt: skip
    try:
        # They listen before they have read their code: a first page may wait for half a minute.
        answer = wait_until(lambda: all(map(says_yes, ports)), seconds=90)
        assert answer, [_log(settings, port).read_text() for port in ports]
        yield urls
    finally:
        stop_children(children, seconds=5)


def _log(settings: Settings, port: int) -> Path:
    return settings.var / f"web-{port}.log"


def _environment(settings: Settings, database: str, redis_url: str, url: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")},
        "ACADEMY_VAR": str(settings.var),
        "ACADEMY_SECRET_KEY": settings.secret_key,
        "ACADEMY_DATABASE_URL": database,
        "ACADEMY_REDIS_URL": redis_url,
        "ACADEMY_BASE_URL": url,
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


@pytest.fixture
def academy(
    own_database: Flask, own_migrated_url: str, settings: Settings, redis_url: str, browser: Browser
) -> Iterator[Academy]:
    with open_broker(redis_url) as broker:
        broker.flushdb()  # whom earlier tests let read
    with two_processes(settings, own_migrated_url, redis_url) as urls:
        yield Academy(own_database, browser, urls)
        for phone in browser.contexts:
            phone.close()


@pytest.fixture
def cast(own_database: Flask) -> Cast:
    return Cast()


@pytest.fixture
def path(own_database: Flask, cast: Cast) -> str:
    """Return the address of a thread with a question and twelve answers.

    Both learners have written before, so the gate of the processes lets them write.
    """
    service.start_thread(cast.other_learner, "Elsewhere", "My first words.")
    thread, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun in July.")
    for number in range(12):
        service.reply(thread.id, cast.organiser, f"Answer {number}.\n\n" + "Long words. " * 40)
    session.remove()
    return f"/threads/{thread.id}/"


def write(page: Page, words: str) -> None:
    """Write an answer and send it."""
    page.locator("#answer textarea").fill(words)
    page.locator("#answer button[type=submit]").click()


def wait_for_line(page: Page) -> None:
    """Wait until the page has entered its room: it says how many read there."""
    expect(page.locator("[data-thread-now]")).to_contain_text("2 are reading", timeout=SOON)
