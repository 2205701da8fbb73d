"""The pages of curating for every eye and ear, on a phone in the dark."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from academy.db import now, transaction
from academy.discussion import service
from academy.discussion.models import Selection
from academy.discussion.service import selecting
from academy.discussion.weeks import week_of
from academy.library.featured import find_feature
from academy.library.queries import find_case
from academy.library.service import load_cases
from academy.library.service.featuring import feature
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to
from tests.library.conftest import BANK, FOREST

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


@pytest.fixture
def thread(app: Flask, cast: Cast) -> str:
    """Return the address of a thread with all that moderators put on top, and fill the lists."""
    load_cases([FOREST, BANK])
    thread, first = service.start_thread(cast.moderator, "How do you dry fish?", "No sun in July.")
    service.summarise(thread.id, cast.moderator, "Use a *kiln*.", version=0, covers=1)
    service.summarise(thread.id, cast.moderator, "Use a warm *kiln*.", version=1, covers=1)
    service.recommend(first.post, cast.moderator)
    for slug in ("forest", "bank"):
        case = find_case(slug, None)
        assert case is not None
        feature(case, cast.organiser, "Its season is now.", from_on=now().date())
    assert find_feature("forest") is not None
    for address in (f"/threads/{thread.id}/", f"/threads/{thread.id}/posts/1/", "/cases/forest/"):
        selecting.choose(address, cast.moderator, {"en": "Why.", "id": "Mengapa."})
    with transaction() as current:
        current.add(Selection(year=2026, week=1, published_at=now()))
    return f"/threads/{thread.id}/"


def test_what_moderators_put_in_front_is_for_every_eye_and_ear(
    app: Flask, browser: Browser, cast: Cast, thread: str
) -> None:
    week = f"/moderation/selection/{week_of(now())}"
    pages = [
        thread, f"{thread}summary", f"{thread}summary/history", "/desk/featured-cases/",
        "/moderation/selection/", f"{week}/preview", "/threads/selection/",
        "/threads/selection/2026-01/", "/cases/",
    ]  # fmt: skip
    with visit(browser, sign_in_to(app.test_client(), cast.moderator), 360, "dark") as reader:
        assert [(page, faults) for page in pages if (faults := reader.find_faults(page))] == []
