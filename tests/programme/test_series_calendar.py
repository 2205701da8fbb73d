"""The public calendar of a series, and the links by which programs subscribe."""

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from ical.calendar_stream import IcsCalendarStream

from academy.programme.models import Registration
from academy.programme.personal_links import link_path
from academy.programme.service import cancel_live_session
from tests.cast import Cast
from tests.programme.doors import ROOM, START, a_day_of_weaving

PATH = "/calendar/series/weaving.ics"
ADDRESS = f"http://127.0.0.1:8000{PATH}"


def weaving(cast: Cast) -> Registration:
    return a_day_of_weaving(cast.learner)[1]


def test_everybody_gets_the_dates_and_nobody_a_way_in(client: FlaskClient, cast: Cast) -> None:
    registration = weaving(cast)
    text = client.get(PATH).get_data(as_text=True)
    found = IcsCalendarStream.calendar_from_ics(text).events
    assert found[0].dtstart == START
    assert found[0].location == "http://127.0.0.1:8000/live-sessions/weaving-1/"
    assert link_path(registration) not in text.replace("\r\n ", "")
    assert ROOM not in text.replace("\r\n ", "")


def test_what_is_called_off_stays_as_cancelled(client: FlaskClient, cast: Cast) -> None:
    cancel_live_session(weaving(cast).series.live_sessions[0])
    found = IcsCalendarStream.calendar_from_ics(client.get(PATH).get_data(as_text=True)).events
    assert [(one.status, one.sequence) for one in found] == [("CANCELLED", 1), ("CONFIRMED", 0)]


def test_the_page_of_a_series_leads_to_the_common_programs(client: FlaskClient, cast: Cast) -> None:
    weaving(cast)
    page = client.get("/series/weaving/").text.replace("&amp;", "&")
    assert 'href="webcal://127.0.0.1:8000/calendar/series/weaving.ics"' in page
    outlook = page.partition("https://outlook.live.com/")[2].partition('"')[0]
    assert parse_qs(urlsplit(outlook).query) == {"url": [ADDRESS], "name": ["Weaving together"]}
    google = page.partition("https://calendar.google.com/")[2].partition('"')[0]
    assert parse_qs(urlsplit(google).query)["cid"] == ["webcal" + ADDRESS.removeprefix("http")]


def test_a_series_that_is_not_there_has_no_calendar(client: FlaskClient) -> None:
    assert client.get("/calendar/series/nothing.ics").status_code == 404
