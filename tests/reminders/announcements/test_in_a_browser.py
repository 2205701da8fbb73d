"""The pages of announcements as people see them: for every eye and ear, with and without script."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import update

from academy.db import session, transaction
from academy.messaging.models import Message
from academy.people.models import Person
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import save_when
from tests.browser import real_browser, visit
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.reminders.announcements.drafts import HALO, HELLO, a_draft, joined, messages, send

pytestmark = pytest.mark.browser
HERE = "/desk/series/threads/announcements/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for all of these pages."""
    with real_browser() as started:
        yield started


@pytest.fixture
def drafts(cast: Cast) -> tuple[Announcement, Announcement]:
    """Return a draft, and one that is half sent."""
    series = a_series("threads", title="A series whose title is rather long for a telephone")
    for number in range(4):
        joined(series, f"Person {number}", "Asia/Kathmandu", country="NP", language="ne")
    sent = a_draft(series, cast.organiser)
    send(sent, cast.organiser)
    with transaction() as current:
        some = [message.id for message in list(messages(sent).values())[:2]]
        current.execute(update(Message).where(Message.id.in_(some)).values(state="sent"))
    draft = a_draft(series, cast.organiser, Segment(who=("going",)), en=HELLO, id=HALO)
    return draft, sent


@pytest.fixture
def organiser(
    drafts: object, client_of: Callable[[Person], FlaskClient], cast: Cast
) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_is_for_every_eye_and_ear(
    organiser: FlaskClient, drafts: tuple[Announcement, Announcement], browser: Browser,
    width: int, scheme: str,
) -> None:  # fmt: skip
    draft, sent = drafts
    pages = ["", *(f"{draft.id}{page}" for page in (
        "", "/who", "/recipients", "/recipients?show=left_out", "/text/en", "/preview", "/when",
        "/confirm",
    )), f"{sent.id}"]  # fmt: skip
    with visit(browser, organiser, width, scheme) as reader:
        found = {page: faults for page in pages if (faults := reader.find_faults(HERE + page))}
    assert found == {}


def test_without_a_script_it_is_written_confirmed_and_stopped(
    organiser: FlaskClient, drafts: tuple[Announcement, Announcement], browser: Browser, cast: Cast
) -> None:
    draft, _sent = drafts
    save_when(draft.id, cast.organiser, "", None)
    with visit(browser, organiser, 360, "light", scripts=False) as reader:
        reader.open(f"{HERE}{draft.id}/confirm")
        reader.page.get_by_role("button", name="Send to 4 people").click()
        reader.page.get_by_text("it goes to 4 people").wait_for()
        reader.page.get_by_role("button", name="Stop it").click()
        reader.page.get_by_text("4 people do not get it").wait_for()
    session.expire_all()
    assert {message.state for message in messages(draft).values()} == {"suppressed"}


def test_the_list_follows_as_the_figures_do_and_what_is_typed_above_it_stays(
    organiser: FlaskClient, drafts: tuple[Announcement, Announcement], browser: Browser
) -> None:
    _draft, sent = drafts
    with visit(browser, organiser, 1280, "light") as reader:
        reader.open(f"{HERE}{sent.id}")
        rows = reader.page.locator("[data-live-url$='#list'] tbody tr")
        assert rows.filter(has_text="planned").count() == 2
        reader.page.locator("[name=q]").fill("Pers")
        with transaction() as current:
            left = [one.id for one in messages(sent).values() if one.state == "planned"]
            current.execute(update(Message).where(Message.id == left[0]).values(state="sent"))
        rows.filter(has_text="planned").nth(1).wait_for(state="detached")
        assert rows.filter(has_text="planned").count() == 1
        assert reader.page.get_by_text("3 of 4 are settled").count() == 1
        assert reader.page.locator("[name=q]").input_value() == "Pers"
