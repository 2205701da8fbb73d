"""An open page while moderators merge its thread: it leads on, and what was typed goes along."""

import pytest
from playwright.sync_api import Page, expect

from academy.db import session
from academy.discussion import service
from tests.cast import Cast
from tests.discussion.two_processes import Academy, academy, browser, cast, path, wait_for_line

__all__ = ["academy", "browser", "cast", "path"]
pytestmark = pytest.mark.browser

#: A machine that is busy takes its time.
PATIENT = 20_000


def _merge(page: Page, into: int) -> None:
    page.locator("[name=into]").fill(str(into))
    page.locator("[name=reason]").select_option("repeated")
    page.get_by_role("button", name="Look at what will happen").click()
    page.get_by_role("button", name="Do it").click()
    page.wait_for_url(f"**/threads/{into}/**", timeout=PATIENT)


def test_what_is_typed_goes_along_when_a_thread_is_merged(
    academy: Academy, cast: Cast, path: str
) -> None:
    other, _ = service.start_thread(cast.organiser, "Smoke", "Elsewhere")
    other_id = other.id
    session.remove()
    page = academy.open(path, 0, cast.learner)
    academy.open(path, 0, cast.other_learner)
    wait_for_line(page)
    page.locator("#answer textarea").press_sequentially("Half a thought")
    _merge(academy.open(f"/moderation{path}merge", 1, cast.moderator), other_id)
    # Nothing of what one reads or types is taken away.
    expect(page.locator("[data-thread-live]")).to_contain_text("merged", timeout=PATIENT)
    expect(page.locator("#answer textarea")).to_have_value("Half a thought")
    page.locator("[data-thread-live] a").click()
    page.wait_for_url(f"**/threads/{other_id}/?merged=*", timeout=PATIENT)
    expect(page.locator("#answer textarea")).to_have_value("Half a thought", timeout=PATIENT)
    page.locator("#answer button[type=submit]").click()
    expect(page.locator("ol.thread")).to_contain_text("Half a thought", timeout=PATIENT)
