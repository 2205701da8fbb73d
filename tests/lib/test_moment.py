"""What is the same for everybody is made once for those who ask at once, and for nobody else."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from academy.lib import moment
from academy.lib.moment import KeptForAMoment

SHARED = [("Cache-Control", "public, max-age=2")]


class Counting:
    """A server that says how often it was asked."""

    def __init__(self, headers: list[tuple[str, str]], status: str = "200 OK") -> None:
        self.headers, self.status, self.asked = headers, status, 0

    def __call__(self, _environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer with the number of this question."""
        self.asked += 1
        start_response(self.status, self.headers)
        return [str(self.asked).encode()]


def test_many_who_ask_at_once_get_one_answer() -> None:
    browser = Client(KeptForAMoment(Counting(SHARED)), use_cookies=False)
    assert [browser.get("/a").text for _each in range(3)] == ["1", "1", "1"]
    assert browser.get("/a").headers["Cache-Control"] == "public, max-age=2"
    assert [browser.get(path).text for path in ("/b", "/a?at=2", "/a?at=3", "/a")] == [*"234", "1"]


def test_after_a_moment_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(moment, "monotonic", lambda: clock[0])
    browser = Client(KeptForAMoment(Counting(SHARED)), use_cookies=False)
    browser.get("/a")
    clock[0] += 2.1
    assert browser.get("/a").text == "2"


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "POST"},
        {"method": "HEAD"},
        {"headers": {"Cookie": "academy=x"}},
        {"headers": {"Authorization": "Bearer x"}},
    ],
)
def test_who_can_be_somebody_asks_the_server_itself(asked: dict[str, Any]) -> None:
    server = Counting(SHARED)
    browser = Client(KeptForAMoment(server), use_cookies=False)
    for _each in range(2):
        browser.get("/a")
        browser.open("/a", **asked)
    assert server.asked == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], "200 OK"),
        ([("Cache-Control", "private, no-cache")], "200 OK"),
        ([("Cache-Control", "no-store")], "200 OK"),
        ([("Cache-Control", "public, max-age=31536000")], "200 OK"),
        ([*SHARED, ("Set-Cookie", "a=b")], "200 OK"),
        (SHARED, "404 NOT FOUND"),
    ],
)
def test_what_does_not_say_that_it_is_everybodys_is_not_kept(
    headers: list[tuple[str, str]], status: str
) -> None:
    browser = Client(KeptForAMoment(Counting(headers, status)), use_cookies=False)
    assert [browser.get("/a").text for _each in range(2)] == ["1", "2"]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "MOST_KEPT", 2)
    server = Counting(SHARED)
    browser = Client(KeptForAMoment(server), use_cookies=False)
    for path in ("/a", "/b", "/c", "/a"):
        browser.get(path)
    assert server.asked == 4
