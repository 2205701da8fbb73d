"""The matrix in a real browser: walked by the arrows, one stop for Tab, a list on a phone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.attendance.matrix_scene import MatrixScene
from tests.browser import Visit, real_browser, visit
from tests.cast import Cast, sign_in_to

pytestmark = pytest.mark.browser
HERE = "/desk/series/weave/attendance/"
FOCUSED = "document.activeElement.getAttribute('href')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for these tests."""
    with real_browser() as started:
        yield started


@pytest.fixture
def scene(app: Flask) -> MatrixScene:
    return MatrixScene()


def _press(reader: Visit, *keys: str) -> str:
    for key in keys:
        reader.page.keyboard.press(key)
    return str(reader.page.evaluate(FOCUSED))


def test_arrows_walk_from_cell_to_cell_and_enter_opens_one(
    app: Flask, browser: Browser, cast: Cast, scene: MatrixScene
) -> None:
    desk = sign_in_to(app.test_client(), cast.organiser)
    ana, bina = scene.id_of("Ana"), scene.id_of("Bina")
    with visit(browser, desk, 1280, "light") as reader:
        reader.open(HERE)
        reader.page.locator("tbody a").first.focus()
        assert _press(reader, "ArrowRight") == f"{ana}/1/"
        assert _press(reader, "ArrowDown") == f"{bina}/1/"
        assert _press(reader, "End") == f"{bina}/3/"
        assert _press(reader, "ArrowRight") == f"{bina}/3/"
        assert _press(reader, "Home") == f"{bina}/"
        assert _press(reader, "ArrowUp", "ArrowUp") == f"{ana}/"
        assert reader.page.locator("tbody a[tabindex='0']").count() == 1
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url(f"**/attendance/{ana}/")
        assert reader.complaints == []


def test_one_press_of_tab_leaves_the_cells(
    app: Flask, browser: Browser, cast: Cast, scene: MatrixScene
) -> None:
    desk = sign_in_to(app.test_client(), cast.organiser)
    with visit(browser, desk, 1280, "light") as reader:
        reader.open(HERE)
        reader.page.locator("tbody a").first.focus()
        assert "/review/" in _press(reader, "Tab")


def test_a_phone_shows_strips_and_no_table(
    app: Flask, browser: Browser, cast: Cast, scene: MatrixScene
) -> None:
    desk = sign_in_to(app.test_client(), cast.organiser)
    with visit(browser, desk, 360, "dark") as reader:
        reader.open(HERE)
        assert not reader.page.locator("table.loom").is_visible()
        assert reader.page.locator(".strip").first.is_visible()
        assert not reader.is_wider_than_its_screen
