"""The desk on a phone: its bar at the foot covers nothing that one reads, reaches or follows."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.attendance.matrix_scene import MatrixScene
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to

pytestmark = pytest.mark.browser
PAGES = (
    "/desk/series/weave/attendance/",
    "/desk/live-sessions/weave-1/attendance/",
    "/desk/live-sessions/weave-1/attendance/review/",
    "/desk/live-sessions/weave-1/attendance/roll",
    "/desk/series/weave/attendance/import",
    "/desk/series/weave/rules",
)
#: What of the page, scrolled to its end, lies under the bar.
AT_THE_END = """() => {
  scrollTo({top: 1e6, behavior: "instant"});
  const bar = document.querySelector(".workbench__sections").getBoundingClientRect();
  return [...document.querySelectorAll("main *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.height && box.bottom > bar.top + 1;
  }).map((one) => one.outerHTML.slice(0, 80));
}"""
#: Which controls lie under the bar when somebody walks to them with the keyboard.
ON_THE_WAY = """() => {
  scrollTo({top: 0, behavior: "instant"});
  document.documentElement.style.scrollBehavior = "auto";
  const bar = document.querySelector(".workbench__sections").getBoundingClientRect();
  const all = "main a[href], main button, main input, main select, main summary";
  return [...document.querySelectorAll(all)].filter((one) => {
    one.focus();
    const box = one.getBoundingClientRect();
    const isThere = document.activeElement === one && box.height && box.height < 300;
    return isThere && box.bottom > bar.top;
  }).map((one) => one.outerHTML.slice(0, 80));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for these tests."""
    with real_browser() as started:
        yield started


#: Whether what is marked as the one at hand lies inside its line.
AT_HAND = """() => [...document.querySelectorAll(":is(.tabs__tab, .header__link)[aria-current]")]
  .map((one) => [one.getBoundingClientRect(), one.closest("ul, nav").getBoundingClientRect()])
  .map(([one, line]) => one.left >= line.left - 1 && one.right <= line.right + 1)"""


def test_the_section_and_the_tab_at_hand_are_seen(app: Flask, browser: Browser, cast: Cast) -> None:
    MatrixScene()
    desk = sign_in_to(app.test_client(), cast.organiser)
    with visit(browser, desk, 360, "light") as reader:
        reader.open("/desk/live-sessions/weave-1/attendance/?show=excluded")
        assert reader.page.evaluate(AT_HAND) == [True, True]
        reader.open("/account/data")
        assert reader.page.evaluate(AT_HAND) == [True]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_lies_under_the_bar(app: Flask, browser: Browser, cast: Cast, path: str) -> None:
    MatrixScene()
    desk = sign_in_to(app.test_client(), cast.organiser)
    with visit(browser, desk, 360, "light") as reader:
        assert reader.open(path) == 200
        assert reader.page.locator(".workbench__handle").is_visible()
        assert reader.page.evaluate(AT_THE_END) == []
        assert reader.page.evaluate(ON_THE_WAY) == []
