"""Cases in a real browser: on paper a handout, on the map circles for hand, key and ear."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from academy.library.content import CaseFile
from academy.library.service import load_cases
from tests.browser import real_browser, visit
from tests.library.conftest import BANK, FOREST, RIVER, record

pytestmark = pytest.mark.browser
SOURCE = {"key": "book", "title": "A book", "address": "https://books.example/a"}
#: What is on paper and what is not, as selectors.
ON_PAPER = ("h1", ".case__card", "#sources", ".case__citation", ".case__citation .print-only")
NOT_ON_PAPER = (
    ".header__sections", ".header__reader", "[data-print]", "#threads", "#related",
    ".footer__tools", "#citation ~ .no-print",
)  # fmt: skip


FIRST_VISIT, NEXT_PAGE = 60_000, 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for these pages."""
    with real_browser() as started:
        yield started


def _shown(page: Page) -> Callable[[str], bool]:
    return lambda selector: page.locator(selector).first.is_visible()


def test_a_case_is_printed_without_what_can_only_be_clicked(app: Flask, browser: Browser) -> None:
    told = CaseFile("forest", record(sources=[SOURCE]))
    load_cases([told, RIVER, BANK])
    with visit(browser, app.test_client(), 1280, "dark") as reader:
        reader.open(f"/cases/{FOREST.slug}/")
        page = reader.page
        assert page.locator("[data-print]").is_visible()
        page.emulate_media(media="print")
        shown = _shown(page)
        assert {part: shown(part) for part in ON_PAPER} == dict.fromkeys(ON_PAPER, True)
        assert {part: shown(part) for part in NOT_ON_PAPER} == dict.fromkeys(NOT_ON_PAPER, False)
        behind = "link => getComputedStyle(link, '::after').content"
        source = page.locator("#source-book + dd a").evaluate(behind)
        assert "https://books.example/a" in source
        inner = page.locator(".case__card a").first
        assert inner.evaluate(behind) == "none"
        assert inner.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"
        paper = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
        assert paper == "light only"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_map_is_for_every_eye_hand_and_ear_and_light(
    app: Flask, library: None, browser: Browser, width: int, scheme: str
) -> None:
    with visit(browser, app.test_client(), width, scheme) as reader:
        faults = {
            path: reader.find_faults(path) for path in ("/cases/map/?view=world", "/cases/map/")
        }
        assert faults == {path: [] for path in faults}
        reader.page.locator(".world-map__way").first.focus()
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url("**/cases/?country=*")


def test_the_map_is_light_and_works_without_scripts(
    app: Flask, library: None, browser: Browser
) -> None:
    with visit(browser, app.test_client(), 360, "light", scripts=False) as reader:
        reader.open("/cases/map/")
        assert sum(reader.weights.values()) <= FIRST_VISIT
        assert reader.weights["/cases/map/"] <= NEXT_PAGE
        reader.page.locator(".places__name a").first.click()
        reader.page.wait_for_url("**/cases/?country=*")
