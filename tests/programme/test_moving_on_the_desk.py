"""Moving a live session on the desk: the page says what follows; links renewed move entries."""

from collections.abc import Callable
from datetime import timedelta

import icalendar
import pytest
from flask.testing import FlaskClient

from academy.db import session, transaction
from academy.messaging.service import deliver_due
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.personal_links import link_path
from academy.programme.service import register
from academy.programme.service.links import renew_link
from academy.programme.weekly import to_local
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, pigeonhole
from tests.programme.scenes import a_series, somebody

__all__ = ["pigeonhole"]  # the post office of messaging's tests


@pytest.fixture
def series(cast: Cast) -> Series:
    """Return a series in a week, with one in Cambodia and one in Brazil."""
    series = a_series("threads")
    for person, zone in ((cast.learner, "Asia/Phnom_Penh"), (somebody("Ana"), "America/Sao_Paulo")):
        with transaction():
            session.merge(person).zone = zone
        register(session.merge(person), series)
    return series


def move(desk: FlaskClient, live_session: LiveSession, by: timedelta) -> str:
    """Save another start, as the form has it; return the page that follows."""
    start = to_local(live_session.starts_at, live_session.zone) + by
    fields = {"title": live_session.title, "starts": f"{start:%Y-%m-%dT%H:%M}", "minutes": "150"}
    path = f"/desk/live-sessions/{live_session.slug}/edit"
    return desk.post(path, data=fields, follow_redirects=True).text


@pytest.fixture
def desk(client_of: Callable[[Person], FlaskClient], cast: Cast) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def test_moved_into_somebodys_night_the_page_says_for_how_many(
    desk: FlaskClient, series: Series
) -> None:
    page = move(desk, series.live_sessions[0], timedelta(hours=1))
    assert "2 people are told the new time" in page
    assert "For 1 of them it begins in their quiet hours" in page
    assert "quiet hours" not in move(desk, series.live_sessions[0], timedelta(hours=6))


def test_moved_to_yesterday_the_page_says_that_nobody_is_told(
    desk: FlaskClient, series: Series, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    pigeonhole.mails.clear()
    assert "This time is over: nobody was told" in move(
        desk, series.live_sessions[0], -timedelta(days=9)
    )
    assert deliver_due() == 0


def test_other_words_alone_tell_nobody(desk: FlaskClient, series: Series) -> None:
    page = move(desk, series.live_sessions[0], timedelta())
    assert "Saved." in page
    assert "told the new time" not in page


def test_a_renewed_link_is_the_new_place_of_the_same_entry(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    registration = register(cast.learner, a_series("threads"))
    deliver_due()
    renew_link(registration)
    deliver_due()
    before, after = (_entry_of(mail) for mail in pigeonhole.mails)
    assert before["UID"] == after["UID"]
    assert after.sequence > before.sequence
    assert str(after["LOCATION"]).endswith(link_path(registration))
    assert before["LOCATION"] != after["LOCATION"]


def _entry_of(mail: object) -> icalendar.Event:
    parts = [one for one in mail.walk() if one.get_content_subtype() == "calendar"]  # type: ignore[attr-defined]
    (event,) = icalendar.Calendar.from_ical(parts[0].get_content()).events
    return event
