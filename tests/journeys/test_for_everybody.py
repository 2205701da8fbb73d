"""Pages for people with a keyboard, on paper, from right to left, without motion or script."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import ROOT, Academy, Reader, visiting

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PUBLIC = (
    "/", "/series/", "/series/sse-academy-2020/", "/live-sessions/sse-academy-next-1/",
    "/figures/sse-academy-2020/", "/sign-in", "/sign-up", "/privacy", "/api/v1/docs",
)  # fmt: skip
DESK = (
    "/desk/series/", "/desk/series/new", "/desk/series/sse-academy-2020/",
    "/desk/series/sse-academy-2020/registrants/",
    "/desk/series/sse-academy-next/registrations/import",
    "/desk/live-sessions/sse-academy-2020-1/attendance/", "/desk/objections/",
    "/desk/live-sessions/sse-academy-2020-1/attendance/review/", "/desk/people/", "/desk/tokens/",
    "/desk/messages/",
)  # fmt: skip
ENTRY = ("/sign-in/link", "/reset-password", "/sign-in/mail-sent", "/sign-in/link/spent")
OWN = (
    "/account/", "/account/addresses", "/account/consents", "/account/password",
    "/account/sign-ins", "/account/second-factor", "/my/live-sessions/",
    "/attendance/", "/attendance/sse-academy-2020-1/",
    "/series/sse-academy-next/", "/series/sse-academy-next/register", "/nothing-here",
)  # fmt: skip
#: The widest that something reaches beyond the page, and what it is.
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > wide + 1
                    || each.getBoundingClientRect().left < -1)
    .slice(0, 5).map(each => each.outerHTML.slice(0, 90));
}"""
HAS_OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.mark.parametrize(("width", "is_dark"), [(360, True), (1280, False)])
def test_a_learners_own_pages_are_for_every_eye_and_ear(
    browser: Browser, academy: Academy, width: int, *, is_dark: bool
) -> None:
    with visiting(browser, academy, width=width, is_dark=is_dark) as reader:
        assert {path: found for path in ENTRY if (found := _faults(reader, path))} == {}
        reader.sign_in("learner")
        assert {path: found for path in OWN if (found := _faults(reader, path))} == {}


def _faults(reader: Reader, path: str) -> list[str]:
    reader.open(path)
    reader.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = reader.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    faults = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]
    return faults + list(reader.page.evaluate(OVERFLOW))


def test_the_keyboard_skips_to_the_content_and_always_shows_where_it_is(
    browser: Browser, academy: Academy
) -> None:
    with visiting(browser, academy) as reader:
        reader.open("/series/sse-academy-2020/")
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate("document.activeElement.className") == "skip-link"
        reader.page.keyboard.press("Enter")
        assert reader.page.evaluate("document.activeElement.id") == "main"
        for _step in range(6):
            reader.page.keyboard.press("Tab")
            assert reader.page.evaluate(HAS_OUTLINE), reader.page.evaluate(
                "document.activeElement.outerHTML"
            )


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_read_from_the_right_fit_their_screen(
    browser: Browser, academy: Academy, width: int
) -> None:
    with visiting(browser, academy, width=width) as reader:
        reader.sign_in("organiser")
        assert {
            path: found for path in (*PUBLIC, *DESK) if (found := _mirrored(reader, path))
        } == {}


def _mirrored(reader: Reader, path: str) -> list[str]:
    reader.open(path)
    reader.page.evaluate("document.documentElement.dir = 'rtl'")
    found: list[str] = reader.page.evaluate(OVERFLOW)
    return found


def test_every_page_opens_without_script(browser: Browser, academy: Academy) -> None:
    with visiting(browser, academy, width=360, script=False) as reader:
        reader.sign_in("organiser")
        assert {path: reader.open(path) for path in (*PUBLIC, *DESK)} == dict.fromkeys(
            (*PUBLIC, *DESK), 200
        )
        assert reader.page.locator("main h1").count() == 1


def test_nothing_moves_for_who_asks_for_stillness(browser: Browser, academy: Academy) -> None:
    with visiting(browser, academy) as reader:
        reader.page.emulate_media(reduced_motion="reduce")
        reader.open("/")
        moving = reader.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(each => {
              const style = getComputedStyle(each);
              const longest = Math.max(...style.transitionDuration.split(",").map(parseFloat),
                                       ...style.animationDuration.split(",").map(parseFloat));
              return longest > 0.01;
            }).length"""
        )
        assert moving == 0


def test_paper_shows_no_navigation(browser: Browser, academy: Academy) -> None:
    with visiting(browser, academy) as reader:
        reader.sign_in("organiser")
        for path in ("/series/sse-academy-2020/", "/figures/sse-academy-2020/", DESK[2]):
            reader.open(path)
            reader.page.emulate_media(media="print")
            assert reader.page.locator("nav:visible, .button:visible").count() == 0, path
            assert reader.page.get_by_text(f"{academy.url}{path}").is_visible()
            reader.page.emulate_media(media="screen")
