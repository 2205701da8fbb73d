"""What moderators and administrators see and may not see."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import Academy, visiting

pytestmark = pytest.mark.browser


def test_an_administrator_gives_a_role_and_finds_it_in_the_log(
    browser: Browser, academy: Academy
) -> None:
    address = academy.accounts["learner"][0]
    with visiting(browser, academy) as reader:
        reader.sign_in("administrator")
        reader.open("/desk/roles/")
        reader.fill(email=address)
        reader.page.locator("[name=role]").select_option("focal_point")
        reader.page.locator("[name=country]").select_option("MY")
        reader.press("Give the role")
        reader.open("/desk/log?action=role.")
        assert "role.g" in reader.words
        reader.open("/desk/roles/")
        reader.page.locator("tr", has_text="Jelani").get_by_role("button").click()


def test_a_moderator_sees_no_desk_of_organisers(browser: Browser, academy: Academy) -> None:
    with visiting(browser, academy) as reader:
        reader.sign_in("moderator")
        assert reader.open("/desk/series/") == 403
        assert reader.open("/desk/log") == 403
