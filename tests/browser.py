"""A real browser for tests: pages come straight from the app, without a server between."""

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
ADVICE = "No browser was found. `make browser` installs one; CHROMIUM=/path/to/chromium names one."
AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
HOME = "http://127.0.0.1:8000"


@contextmanager
def real_browser() -> Iterator[Browser]:
    """Start the browser of this machine; one at a time, for Playwright runs no second one."""
    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def find_browser() -> str:
    """Return the path of a browser; skip the test where there is none, unless one is demanded."""
    path = next((found for name in _names() if (found := shutil.which(name))), None)
    if path is not None:
        return path
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(ADVICE)
    pytest.skip(ADVICE)


def _names() -> tuple[str, ...]:
    named = os.environ.get("CHROMIUM")
    return (named, *NAMES) if named else NAMES


@dataclass
class Visit:
    """One reader at one screen: what she loaded, and what her browser complained about."""

    page: Page
    #: What each address weighs over the wire, in bytes.
    weights: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page of the academy; return its status."""
        answer = self.page.goto(HOME + path, wait_until="load")
        assert answer is not None
        return answer.status

    def find_faults(self, path: str) -> list[str]:
        """Say what is wrong with a page: axe's findings, complaints, wider than its screen."""
        self.complaints.clear()
        status = self.open(path)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]
        faults += self.complaints
        if self.is_wider_than_its_screen:
            faults.append("wider than its screen")
        return faults if status in {200, 404} else [f"status {status}"]

    @property
    def is_wider_than_its_screen(self) -> bool:
        """Whether the page has to be moved sideways to be read."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"),
        )


@contextmanager
def visit(
    browser: Browser, client: FlaskClient, width: int, scheme: str, *, scripts: bool = True
) -> Iterator[Visit]:
    """Give a reader whose requests `client` answers, on a screen of `width`, light or dark."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        timezone_id="Asia/Kathmandu",
        service_workers="block",
        java_script_enabled=scripts,
    )
    reader = Visit(context.new_page())
    reader.page.on("console", lambda said: _note(reader, said.type, said.text))
    reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    reader.page.route("**/*", lambda route: _answer(route, client, reader))
    yield reader
    context.close()


def _note(reader: Visit, kind: str, text: str) -> None:
    # Pages come straight from the app here: there is no server for a socket or a worker to call.
    words = ("status of 404", "/socket.io/", "blocked by Playwright")
    expected = any(each in text for each in words)
    if kind in {"error", "warning"} and not expected:
        reader.complaints.append(text)


def _answer(route: Route, client: FlaskClient, reader: Visit) -> None:
    """Let the app answer what the browser asks, with the same headers that a server would send."""
    asked = urlsplit(route.request.url)
    address = f"{asked.path}?{asked.query}" if asked.query else asked.path
    answer = client.open(
        address,
        method=route.request.method,
        follow_redirects=True,
        data=route.request.post_data_buffer,
        headers={key: value for key, value in route.request.headers.items() if key != "cookie"},
    )
    reader.weights[asked.path] = len(gzip.compress(answer.data))
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)
    answer.close()
