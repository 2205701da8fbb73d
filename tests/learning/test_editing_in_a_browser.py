"""The page of a course's file in a browser: what only a script does, and what axe says of it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from academy.db import session
from academy.learning.models import CourseDraft
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to
from tests.learning.writing import load_course

pytestmark = pytest.mark.browser

SOON = 30_000
PATH = "/desk/courses/weaving/files/first/weft.en.md"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


class Line:
    """The line between a browser and the academy, which a test can cut."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        page.route("**/desk/courses/**", self._pass_on)

    def _pass_on(self, route: Route) -> None:
        if self.is_cut:
            route.abort("internetdisconnected")
        else:
            route.fallback()


def test_a_file_is_saved_checked_and_led_through_while_somebody_types(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    load_course()
    client = sign_in_to(app.test_client(), cast.organiser)
    with visit(browser, client, 360, "light") as editor:
        page, line = editor.page, Line(editor.page)
        assert editor.find_faults(PATH) == []
        box, saving = page.locator("#text"), page.locator("[data-saving]")
        box.press("Control+End")
        page.locator("[data-insert]").first.click()
        expect(box).to_have_value(re.compile("::: callout tip What to remember"), timeout=SOON)
        expect(saving).to_have_attribute("data-state", "saved", timeout=SOON)
        expect(page.locator(".badge", has_text="Draft")).to_be_visible(timeout=SOON)
        box.fill("No head\n")
        wrong = page.locator(".editing__line--wrong")
        expect(wrong).to_have_attribute("data-number", "1", timeout=SOON)
        page.locator("[data-go-to]").first.click()
        chosen = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
        assert box.evaluate(chosen) == "No head"
        line.is_cut = True
        box.fill("Kept here.")
        expect(saving).to_have_attribute("data-state", "lost", timeout=SOON)
        line.is_cut = False
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(saving).to_have_attribute("data-state", "saved", timeout=SOON)
    assert session.scalars(select(CourseDraft.data)).one() == b"Kept here."


def test_the_pages_of_editing_have_no_faults_light_or_dark(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    load_course()
    client = sign_in_to(app.test_client(), cast.organiser)
    desk = "/desk/courses/weaving"
    client.post(f"{desk}/files/first/weft.en.md", data={"body": "No head"})
    with visit(browser, client, 360, "dark") as editor:
        for path in ("files/", "check", "new", "figures", "versions/first/weft.en.md",
                     "preview/first/warp/", "lessons/weaving-weft/name"):  # fmt: skip
            assert editor.find_faults(f"{desk}/{path}") == [], path
