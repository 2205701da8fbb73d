"""Pages as people see them, in a real browser: for every eye and ear, on a phone, and light."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine

from academy import db
from academy.site.demo.loading import load_demo
from tests.browser import real_browser, visit
from tests.cast import Cast, sign_in_to

pytestmark = pytest.mark.browser

FIRST_VISIT, NEXT_PAGE = 60_000, 15_000
SCREENS = ((360, "dark"), (1280, "light"))
PUBLIC = (
    "/",
    "/series/",
    "/series/sse-academy-2020/",
    "/series/sse-academy-next/",
    "/series/sse-academy-next/register",
    "/live-sessions/sse-academy-2020-1/",
    "/live-sessions/sse-academy-next-1/",
    "/figures/sse-academy-2020/",
    "/sign-in",
    "/sign-up",
    "/privacy",
    "/nothing-here",
)
OWN = (
    "/account/",
    "/my/live-sessions/",
    "/desk/series/",
    "/desk/series/new",
    "/desk/series/sse-academy-2020/",
    "/desk/series/sse-academy-2020/registrants/",
    "/desk/series/sse-academy-2020/attendance/",
    "/desk/series/sse-academy-2020/attendance/?status=missed&sort=n2",
    "/desk/live-sessions/sse-academy-2020-1/attendance/",
    "/desk/live-sessions/sse-academy-2020-1/attendance/import",
    "/desk/series/sse-academy-2020/attendance/import",
    "/desk/live-sessions/sse-academy-2020-1/attendance/review/",
    "/desk/jobs/",
    "/desk/objections/",
    "/attendance/",
    "/desk/live-sessions/sse-academy-2020-2/listening-points/",
    "/desk/live-sessions/sse-academy-2020-2/listening-points/new",
    "/desk/live-sessions/sse-academy-2020-1/attendance/roll/",
    "/desk/live-sessions/sse-academy-2020-1/attendance/roll/walk-in",
    "/desk/live-sessions/sse-academy-next-1/attendance/code/",
    "/codes/sse-academy-next-1",
    "/desk/people/",
    "/desk/tokens/",
    "/desk/series/sse-academy-next/weeks",
    "/desk/series/sse-academy-next/registrations/import",
    "/desk/live-sessions/sse-academy-next-1/",
    "/account/second-factor",
    "/account/sign-ins",
    "/dev/mail",
    "/api/v1/docs",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for all of these pages."""
    with real_browser() as started:
        yield started


@pytest.fixture(scope="module")
def academy(
    whole_app: Flask, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Load the academy of May 2020; these tests only read it."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        load_demo(tmp_path_factory.mktemp("demo"))
        yield whole_app
        db.session.remove()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
        outer.rollback()


@pytest.fixture(scope="module")
def organiser(academy: Flask) -> FlaskClient:
    """Return the browser of an organiser."""
    return sign_in_to(academy.test_client(), Cast().organiser)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_public_pages_are_for_every_eye_and_ear(
    academy: Flask, browser: Browser, width: int, scheme: str
) -> None:
    with visit(browser, academy.test_client(), width, scheme) as reader:
        assert {path: found for path in PUBLIC if (found := reader.find_faults(path))} == {}


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_desk_is_for_every_eye_and_ear(
    organiser: FlaskClient, browser: Browser, width: int, scheme: str
) -> None:
    with visit(browser, organiser, width, scheme) as reader:
        assert {path: found for path in OWN if (found := reader.find_faults(path))} == {}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_learner_page_is_light_at_the_first_visit_and_lighter_at_the_next(
    academy: Flask, browser: Browser, path: str
) -> None:
    with visit(browser, academy.test_client(), 360, "light") as reader:
        reader.open(path)
        assert sum(reader.weights.values()) <= FIRST_VISIT
        assert reader.weights[path] <= NEXT_PAGE


def test_a_phone_in_kathmandu_reads_its_own_time_first(academy: Flask, browser: Browser) -> None:
    with visit(browser, academy.test_client(), 360, "light") as reader:
        reader.open("/live-sessions/sse-academy-2020-1/")
        told = reader.page.locator(".moment").first.inner_text()
    assert told.startswith("Saturday 2 May 2020, 11:45 in Kathmandu")
    assert "14:00 in Kuala Lumpur" in told


def test_dark_colours_stay_chosen_on_the_next_page(academy: Flask, browser: Browser) -> None:
    with visit(browser, academy.test_client(), 360, "light") as reader:
        reader.open("/series/")
        reader.page.get_by_role("button", name="Dark colours").click()
        cookies = {
            cookie.get("name"): cookie.get("value") for cookie in reader.page.context.cookies()
        }
    assert cookies["theme"] == "dark"


def test_a_table_of_the_desk_is_sorted_by_a_press_on_its_heading(
    organiser: FlaskClient, browser: Browser
) -> None:
    with visit(browser, organiser, 1280, "light") as reader:
        reader.open("/desk/live-sessions/sse-academy-2020-1/attendance/")
        reader.page.get_by_role("button", name="Minutes").click()
        told = reader.page.locator("tbody td.table__number").all_inner_texts()
    assert [int(words) for words in told] == sorted(int(words) for words in told)


def test_a_password_can_be_shown_and_hidden(academy: Flask, browser: Browser) -> None:
    with visit(browser, academy.test_client(), 360, "light") as reader:
        reader.open("/sign-in")
        reader.page.get_by_role("button", name="Show").click()
        assert reader.page.locator("[name=password]").get_attribute("type") == "text"
        reader.page.get_by_role("button", name="Hide").click()
        assert reader.page.locator("[name=password]").get_attribute("type") == "password"


def test_a_chosen_file_says_how_large_it_is(organiser: FlaskClient, browser: Browser) -> None:
    with visit(browser, organiser, 1280, "light") as reader:
        reader.open("/desk/series/sse-academy-2020/registrations/import")
        report = {"name": "zoom.csv", "mimeType": "text/csv", "buffer": b"x" * 2048}
        reader.page.locator("input[type=file]").set_input_files(report)  # type: ignore[arg-type]
        assert reader.page.locator("[data-drop-words]").inner_text() == "2 kB, ready to be sent"


def test_the_sections_of_the_desk_unfold_from_the_bottom_of_a_phone(
    organiser: FlaskClient, browser: Browser
) -> None:
    with visit(browser, organiser, 360, "light") as reader:
        reader.open("/desk/series/")
        section = reader.page.get_by_role("link", name="API tokens")
        assert not section.is_visible()
        reader.page.locator("summary", has_text="Desk").click()
        assert section.is_visible()
