"""Writing a case in a browser: saved while one types, kept without a line, rows, two writers."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from academy.db import transaction
from academy.library.draft_queries import read_contents
from academy.library.models import CaseStudy
from academy.library.service import save_section
from tests.browser import HOME, real_browser, visit
from tests.cast import Cast, sign_in_to
from tests.library.cases import a_draft, a_submission

pytestmark = pytest.mark.browser

SOON = 15_000
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


class Line:
    """The line between a browser and the academy, which a test can cut."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        page.route("**/cases/write/**", self._pass_on)

    def _pass_on(self, route: Route) -> None:
        if self.is_cut and route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.fallback()


def _say(page: Page, words: str) -> None:
    expect(page.locator("[data-saving]")).to_contain_text(words, timeout=SOON)


def _told(case: CaseStudy, section: str) -> dict[str, Any]:
    return read_contents(case.id)[section]


def test_what_is_typed_without_a_line_is_kept_and_saved_when_it_is_back(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    case = a_draft(cast.learner)
    client = sign_in_to(app.test_client(), cast.learner)
    with visit(browser, client, 360, "light") as reader:
        page, line = reader.page, Line(reader.page)
        reader.open(f"/cases/write/{case.id}/need/")
        page.locator("#approach").fill("In turns.")
        _say(page, "Saved at")
        assert _told(case, "need")["approach"] == "In turns."
        line.is_cut = True
        page.locator("#approach").fill("In turns, at low tide.")
        _say(page, "no connection")
        assert page.evaluate(KEPT) == 1
        # A reload loses nothing either: what was kept is sent by the page that comes.
        line.is_cut = False
        reader.open(f"/cases/write/{case.id}/need/")
        expect(page.locator("#approach")).to_have_value("In turns, at low tide.", timeout=SOON)
        page.wait_for_function(f"{KEPT} === 0", timeout=SOON)
        assert _told(case, "need")["approach"] == "In turns, at low tide."
        line.is_cut = True
        page.locator("#technology").fill("Rope")
        _say(page, "no connection")
        line.is_cut = False
        page.evaluate("dispatchEvent(new Event('online'))")
        _say(page, "Saved at")
        assert _told(case, "need")["technology"] == "Rope"
        # A link waits for what was typed a moment ago; without a line the last page says so.
        page.locator("#innovation").fill("Turns")
        page.locator("nav.steps a", has_text="How it was shared").click()
        page.wait_for_url("**/sharing/")
        assert _told(case, "need")["innovation"] == "Turns"
        line.is_cut = True
        page.locator("#shared_within_country").fill("By the school")
        page.locator("nav.steps a", has_text="Look it over").click()
        page.wait_for_url("**/check/")
        kept = page.locator("[data-kept-of]")
        expect(kept).to_contain_text("How it was shared", timeout=SOON)
        expect(kept).not_to_contain_text("The need", timeout=SOON)


def test_rows_come_and_go_and_the_second_writer_sees_both_texts(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    case = a_draft(cast.learner)
    client = sign_in_to(app.test_client(), cast.learner)
    with visit(browser, client, 1280, "dark") as reader:
        page = reader.page
        reader.open(f"/cases/write/{case.id}/lessons/")
        page.locator("textarea").first.fill("One")
        page.locator("[data-add-row]").click()
        page.locator("textarea").nth(1).fill("Two")
        page.locator("[data-remove-row]").first.click()
        _say(page, "Saved at")
        assert _told(case, "lessons")["lessons"] == ["Two"]
        page.get_by_role("button", name="Put it back").click()
        page.locator("button[value=next]:visible").click()
        page.wait_for_url("**/dimensions/")
        assert _told(case, "lessons")["lessons"] == ["One", "Two"]
        reader.open(f"/cases/write/{case.id}/sharing/")
        words = {"shared_within_country": "By the school."}
        with transaction() as current:
            standing = current.get_one(CaseStudy, case.id)
            save_section(standing, "sharing", cast.other_learner, words)
        page.locator("#shared_within_country").fill("By neighbours.")
        _say(page, "somebody else changed the same words")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".writing__theirs")).to_contain_text("By the school.", timeout=SOON)
        expect(page.locator("#shared_within_country")).to_have_value("By neighbours.")
        assert page.url == f"{HOME}/cases/write/{case.id}/sharing/"
        page.locator("#shared_within_country").fill("By both.")
        _say(page, "Saved at")
        assert _told(case, "sharing")["shared_within_country"] == "By both."


def test_the_pages_of_writing_are_light_and_for_every_eye_and_ear(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    case, _submission = a_submission(cast.learner)
    write = f"/cases/write/{case.id}/"
    paths = ["/cases/write/", write, f"{write}place/", f"{write}features/", f"{write}check/",
             f"/cases/review/{case.id}/"]  # fmt: skip
    with visit(browser, sign_in_to(app.test_client(), cast.learner), 360, "dark") as reader:
        assert {path: found for path in paths if (found := reader.find_faults(path))} == {}
        assert max(reader.weights[path] for path in paths) <= 15_000
