"""The queue in a browser: walked through and decided by keys, for every eye and ear."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Post
from academy.moderation.models import Waiting
from academy.people.service import create_person
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to
from tests.moderation.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


@pytest.fixture
def held(desk: Desk) -> list[Waiting]:
    """Let three first posts wait, the oldest first."""
    people = [create_person(f"Writer {each}", f"w{each}@example.org") for each in range(3)]
    return [desk.hold(one, f"Words {n}", days=9 - n) for n, one in enumerate(people)]


def test_keys_walk_choose_show_and_take_back_and_never_while_typing(
    app: Flask, browser: Browser, cast: Cast, held: list[Waiting]
) -> None:
    first, second, _third = held
    with visit(browser, sign_in_to(app.test_client(), cast.moderator), 1280, "light") as reader:
        reader.open("/moderation/")
        page = reader.page
        expect(page.locator(f"#post-{first.id}")).to_be_focused()
        page.keyboard.press("?")
        expect(page.locator(".queue__keys dl")).to_be_visible()
        page.keyboard.press("x")
        expect(page.locator("[data-bulk-count]")).to_have_text("1 chosen")
        page.keyboard.press("x")
        page.locator("#order").focus()
        page.keyboard.press("a")
        expect(page.locator("li.queue__item")).to_have_count(3)
        page.locator(f"#post-{first.id}").focus()
        page.keyboard.press("j")
        expect(page.locator(f"#post-{second.id}")).to_be_focused()
        page.keyboard.press("a")
        expect(page.locator("[data-toast]").first).to_contain_text("The post was shown")
        assert _state(second) == "visible"
        expect(page.locator("[data-review=keys]")).to_be_attached()
        page.keyboard.press("u")
        expect(page.locator("[data-toast]").first).to_contain_text("Taken back.")
        assert _state(second) == "held"
        expect(page.locator("[data-review=keys]")).to_be_attached()
        page.locator(f"#post-{first.id}").focus()
        page.keyboard.press("o")
        expect(page.locator("h2#decide")).to_be_visible()
        expect(page.locator("[data-review=keys]")).to_be_attached()
        page.keyboard.press("c")
        expect(page.locator("main")).to_contain_text("You took it")
        # The form has a field named "action": what looks where it is sent must not trip over it.
        page.evaluate(_SEND)
        assert page.evaluate("document.title") != ""
        assert [one for one in reader.complaints if "URL" in one] == []


#: What a submit says to the page, without leaving it.
_SEND = """() => document.querySelector("form:has([name=action])")
    .dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }))"""


def _state(waiting: Waiting) -> str:
    session.remove()
    return session.scalars(select(Post.state).where(Post.id == waiting.post_id)).one()


@pytest.mark.parametrize("screen", [(360, "dark"), (1280, "light")])
def test_the_desk_is_for_every_eye_and_ear(
    app: Flask, browser: Browser, cast: Cast, held: list[Waiting], screen: tuple[int, str]
) -> None:
    author = session.get_one(Post, held[0].post_id).author_id
    with visit(browser, sign_in_to(app.test_client(), cast.moderator), *screen) as reader:
        assert reader.find_faults("/moderation/") == []
        assert reader.find_faults(f"/moderation/queue/{held[0].id}/?action=hide") == []
        assert reader.find_faults(f"/moderation/persons/{author}/") == []
        assert reader.find_faults("/moderation/reasons/spam/") == []
        assert reader.find_faults("/moderation/own") == []
