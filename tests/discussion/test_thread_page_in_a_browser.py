"""A thread page for every eye and ear, on a phone, and light."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from academy.discussion import service
from academy.discussion.service import finding
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to

pytestmark = pytest.mark.browser

FIRST_VISIT, NEXT_PAGE = 60_000, 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


@pytest.fixture
def path(app: Flask, cast: Cast) -> str:
    """Return the address of a thread with fifty-one posts: a page of fifty, and one more."""
    thread, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun in July.")
    for number in range(50):
        service.reply(thread.id, cast.organiser, f"Answer {number}. " + "On *bamboo*. " * 20)
    return f"/threads/{thread.id}/"


@pytest.mark.parametrize("screen", [(360, "dark"), (1280, "light")])
def test_a_thread_is_for_every_eye_and_ear(
    app: Flask, browser: Browser, cast: Cast, path: str, screen: tuple[int, str]
) -> None:
    with visit(browser, sign_in_to(app.test_client(), cast.learner), *screen) as reader:
        assert reader.find_faults(path) == []
        assert reader.find_faults(f"{path}posts/1/edit") == []
        assert reader.find_faults("/threads/new") == []
        finding.find_posts()
        assert reader.find_faults("/threads/?words=bamboo") == []
        assert reader.find_faults("/search/?words=fish") == []


def test_a_thread_of_fifty_posts_is_light(app: Flask, browser: Browser, path: str) -> None:
    with visit(browser, app.test_client(), 360, "light") as reader:
        reader.open(path)
        pages = {name for name in reader.weights if not name.startswith("/socket.io/")}
        assert sum(reader.weights[name] for name in pages) <= FIRST_VISIT
        assert reader.weights[path] <= NEXT_PAGE
