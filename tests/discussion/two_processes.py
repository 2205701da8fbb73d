"""Two web processes of one academy, with a Redis between them, and browsers at both."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from academy.config import ROOT, Settings
from academy.lib.processes import (
    find_free_port,
    is_listening,
    start_child,
    stop_children,
    wait_until,
)
from academy.people.models import Person
from tests.cast import sign_in_to

SERVER = ("--worker-class", "gthread", "--threads", "64", "--no-control-socket",
          "--graceful-timeout", "1", "--log-level", "warning")  # fmt: skip


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
        phone.set_default_timeout(10_000)
        if person is not None:
            cookie = sign_in_to(self.app.test_client(), person).get_cookie("academy")
            assert cookie is not None
            url = self.urls[process]
            phone.add_cookies([{"name": "academy", "value": cookie.value, "url": url}])
        return phone

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
        listen = wait_until(lambda: all(map(is_listening, ports)), seconds=60)
        assert listen, [_log(settings, port).read_text() for port in ports]
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
