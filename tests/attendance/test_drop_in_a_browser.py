"""The drop zone as people see it: for every eye and ear, by keyboard, sent file by file."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from sqlalchemy import select, update

from academy.attendance.models import AttendanceImport, OfferedFile
from academy.attendance.service import begin_import, offer_file
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import account_file, zoom_file
from tests.browser import real_browser, visit
from tests.cast import Cast

pytestmark = pytest.mark.browser
HERE = "/desk/series/may/attendance/import"
SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "16:20:00")
IN_BERLIN = zoom_file([(*SITI[:2], "08:00:00", "10:20:00")])
BROKEN = b"Budi,,05/02/2020 02:00:61 PM,05/02/2020 03:00:00 PM,60,Yes\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for all of these pages."""
    with real_browser() as started:
        yield started


@pytest.fixture
def organiser(
    live_session: LiveSession, client_of: Callable[[Person], FlaskClient], cast: Cast
) -> FlaskClient:
    """Return the client of an organiser before whom one file of every kind waits."""
    two_meetings = account_file(("1", "05/02/2020"), ("2", "05/02/2020"))
    for data in (zoom_file([SITI]) + BROKEN, IN_BERLIN, two_meetings, b"Dear all,\n"):
        offer_file(live_session.series, data, "a rather long name of a file.csv")
    return client_of(cast.organiser)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_waiting_files_and_their_questions_are_for_every_eye_and_ear(
    organiser: FlaskClient, browser: Browser, width: int, scheme: str
) -> None:
    with visit(browser, organiser, width, scheme) as reader:
        assert reader.find_faults(HERE) == []


def test_a_question_is_answered_by_keyboard_alone(organiser: FlaskClient, browser: Browser) -> None:
    with visit(browser, organiser, 1280, "light") as reader:
        reader.open(HERE)
        reader.page.get_by_label("Berlin: then it goes from 14:00").focus()
        reader.page.keyboard.press("Space")
        reader.page.keyboard.press("Enter")
        reader.page.get_by_text("Berlin, as you said").wait_for()
    session.expire_all()
    states = session.scalars(select(OfferedFile.state).order_by(OfferedFile.id)).all()
    assert states == ["ready", "ready", "asked", "refused"]


def test_the_zone_is_reached_by_the_first_tabs_and_says_what_it_takes(
    organiser: FlaskClient, browser: Browser
) -> None:
    with visit(browser, organiser, 1280, "light") as reader:
        reader.open(HERE)
        field = reader.page.get_by_label("Drop attendance files here, or choose them")
        field.focus()
        assert field.get_attribute("multiple") is not None
        assert "Microsoft Teams" in (reader.page.locator("#files-hint").inner_text())
        assert not reader.page.get_by_role("button", name="Look at the files").is_visible()


def test_how_far_an_import_is_moves_before_ones_eyes(
    organiser: FlaskClient, live_session: LiveSession, browser: Browser
) -> None:
    number = begin_import(live_session, zoom_file([SITI]), "large.csv", zone="UTC").id
    with visit(browser, organiser, 360, "light") as reader:
        for path, place in ((HERE, ".badge"), (f"/desk/attendance-imports/{number}/", "main")):
            _set(number, state="waiting", rows_done=0, rows_total=0)
            reader.open(path)
            words = reader.page.locator(place)
            expect(words.filter(has_text="Waits for its turn")).to_be_visible()
            _set(number, state="working", rows_done=420, rows_total=1000)
            expect(words.filter(has_text="Being read, 42%")).to_be_visible(timeout=15_000)
            expect(words.filter(has_text="Waits for its turn")).to_have_count(0)


def _set(import_id: int, **values: object) -> None:
    """Let a worker have come so far."""
    with transaction() as current:
        statement = update(AttendanceImport).where(AttendanceImport.id == import_id)
        current.execute(statement.values(**values))
