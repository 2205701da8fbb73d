"""A learner's way in: join, verify, register, say no once; with and without script."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import PASSWORD, Academy, Reader, visiting

pytestmark = pytest.mark.browser
SERIES = "/series/sse-academy-next/"


@pytest.mark.parametrize("script", [True, False])
def test_a_learner_joins_registers_and_says_no_once(
    browser: Browser, academy: Academy, *, script: bool
) -> None:
    address = f"sreymom{int(script)}@example.org"
    with visiting(browser, academy, width=360, script=script) as reader:
        reader.open(SERIES)
        reader.page.locator("main").get_by_role("link", name="Register").first.click()
        reader.page.get_by_role("link", name="Join the academy").click()
        _join(reader, address)
        _follow_mail(reader, address)
        reader.press("Yes, it is mine")
        assert SERIES in reader.page.url
        reader.press("Register")
        assert "You are registered" in reader.words
        reader.press("I cannot come to this one")
        assert reader.words.count("You cannot come") == 1
        reader.open("/my/live-sessions/")
        assert "You have a place" in reader.words


def _join(reader: Reader, address: str) -> None:
    reader.fill(name="ស្រីមុំ", email=address, password=PASSWORD)
    reader.page.locator("[name=country]").select_option("KH")
    reader.page.locator("[name=zone]").select_option("Asia/Phnom_Penh")
    reader.page.locator("[name=privacy]").check()
    reader.press("Join")


def _follow_mail(reader: Reader, address: str) -> None:
    reader.open("/dev/mail")
    reader.page.locator("li.row", has_text=address).get_by_role("link").first.click()
    reader.page.locator("a[href*='/verify-address/']").first.click()
