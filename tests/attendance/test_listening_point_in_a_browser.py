"""The form of a listening point on a small phone: for everybody, by large buttons, or by keys."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import select

from academy.attendance.models import ListeningPoint
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.browser import real_browser, visit

pytestmark = pytest.mark.browser
HERE = "/listening-points/may-1/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for all of these pages."""
    with real_browser() as started:
        yield started


@pytest.fixture
def host(
    live_session: LiveSession, siti: Person, client_of: Callable[[Person], FlaskClient]
) -> FlaskClient:
    """Return the client of Siti, who hosts a room in a live session that goes on now."""
    with transaction():
        live_session.starts_at = now() - timedelta(minutes=30)
    return client_of(siti)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_it_is_for_every_eye_and_ear(
    host: FlaskClient, browser: Browser, width: int, scheme: str
) -> None:
    with visit(browser, host, width, scheme) as reader:
        assert reader.find_faults(HERE) == []
        host.post(HERE, data={"place": "Hall", "country": "ID", "women": "3"})
        assert reader.find_faults(HERE) == []
        assert sum(reader.weights.values()) < 60_000


def test_large_buttons_count_and_stop_at_nought(host: FlaskClient, browser: Browser) -> None:
    with visit(browser, host, 360, "light") as reader:
        reader.open(HERE)
        fewer = reader.page.get_by_role("button", name="Women: One fewer")
        more = reader.page.get_by_role("button", name="Women: One more")
        assert fewer.is_disabled()
        for _ in range(3):
            more.click()
        fewer.click()
        assert reader.page.get_by_label("Women", exact=True).input_value() == "2"
        box = more.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_without_a_script_the_same_form_is_sent(host: FlaskClient, browser: Browser) -> None:
    with visit(browser, host, 360, "light", scripts=False) as reader:
        reader.open(HERE)
        assert reader.page.locator(".stepper__button").count() == 0
        reader.page.fill("#place", "Balai Desa Sukamaju")
        reader.page.fill("#women", "12")
        reader.page.fill("#names", "Ibu Ani")
        reader.page.get_by_role("button", name="Tell the organisers").click()
        assert "14 people at “Balai Desa Sukamaju”" in reader.page.content()
    session.expire_all()
    assert session.scalars(select(ListeningPoint.women)).all() == [12]
