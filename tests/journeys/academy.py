"""A running academy for journeys: its processes, its demonstration, and browsers in it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from academy.lib.processes import find_free_port, wait_until

PASSWORD = "thirteen looms at dawn"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Academy:
    """Where it answers, and who can sign in."""

    url: str
    environment: dict[str, str]
    accounts: dict[str, tuple[str, str]]

    def command(self, *words: str, told: str = "") -> str:
        """Run `academy …` on the same data; return what it printed."""
        line = [sys.executable, "-m", "academy", *words]
        done = subprocess.run(
            line, env=self.environment, input=told, capture_output=True, text=True, check=True
        )
        return done.stdout


@contextlib.contextmanager
def running_academy(var: Path) -> Iterator[Academy]:
    """Run `academy up` with the demonstration until the block ends."""
    port = find_free_port()
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ACADEMY_")}
    environment = {**kept, "ACADEMY_VAR": str(var)}
    command = [sys.executable, "-m", "academy", "up", "--port", str(port)]
    log = (var / "up.log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    try:
        known = var / "demo-accounts.json"
        assert wait_until(known.exists, seconds=60, pause=0.1), (var / "up.log").read_text()
        accounts = {
            one["role"]: (one["email"], one["password"])
            for one in json.loads(known.read_text())["accounts"]
        }
        academy = Academy(f"http://127.0.0.1:{port}", environment, accounts)
        _create_administrator(academy)
        yield academy
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        log.close()


def _create_administrator(academy: Academy) -> None:
    address = "administrator@example.org"
    options = ("--name", "Tenzin", "--country", "BT", "--role", "administrator")
    academy.command("people", "create", address, *options, "--password-stdin", told=PASSWORD)
    academy.accounts["administrator"] = (address, PASSWORD)


@dataclass
class Reader:
    """One browser, and everything that must not happen in it."""

    academy: Academy
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page of the academy; return its status."""
        answer = self.page.goto(self.academy.url + path, wait_until="load")
        assert answer is not None
        return answer.status

    def press(self, words: str) -> None:
        """Press the first button whose name begins with these words."""
        begins = re.compile(f"^{re.escape(words)}")
        self.page.get_by_role("button", name=begins).first.click()

    def fill(self, **values: str) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def sign_in(self, role: str) -> None:
        """Sign in with a password; staff leave the second factor for later."""
        address, password = self.academy.accounts[role]
        self.open("/sign-in")
        self.fill(email=address, password=password)
        self.page.locator("main form button[type=submit]").first.click()
        if "/second-factor" in self.page.url:
            self.press("Not now")

    def upload(self, name: str, data: bytes, press: str) -> None:
        """Choose a file by the chooser and send the form."""
        self.choose(name, data)
        self.press(press)

    def choose(self, name: str, data: bytes) -> None:
        """Choose a file by the chooser; a page with a drop zone sends it at once."""
        file: Any = {"name": name, "mimeType": "text/csv", "buffer": data}
        self.page.locator("input[type=file]").set_input_files(file)

    def wait_for(self, words: str) -> None:
        """Wait until the page says so, through progress bars and reloads."""
        self.page.get_by_text(words).first.wait_for(timeout=20_000)

    @property
    def words(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()


@contextlib.contextmanager
def visiting(
    browser: Browser,
    academy: Academy,
    *,
    width: int = 1280,
    script: bool = True,
    is_dark: bool = False,
) -> Iterator[Reader]:
    """Give a reader with an empty cookie jar; fail at the end if her browser complained."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script, locale="en-GB",
        color_scheme="dark" if is_dark else "light",
        timezone_id="Asia/Kathmandu",
    )  # fmt: skip
    context.set_default_timeout(10_000)
    reader = Reader(academy, context.new_page())
    page = reader.page
    page.on("console", lambda said: _note(reader, said.type, said.text))
    page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    page.on("dialog", lambda dialog: _refuse(reader, dialog))
    yield reader
    context.close()
    assert reader.complaints == []


def _note(reader: Reader, kind: str, text: str) -> None:
    if kind in {"error", "warning"} and "status of 4" not in text:
        reader.complaints.append(text)


def _refuse(reader: Reader, dialog: Any) -> None:
    reader.complaints.append(f"a dialog said {dialog.message}")
    dialog.dismiss()
