"""The room of a live session on the desk: set, changed, missed in time, and seen by nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.programme.doors import ROOM, START, a_day_of_weaving

ClientOf = Callable[[Person], FlaskClient]
EDIT = "/desk/live-sessions/weaving-1/edit"


@pytest.fixture
def series(cast: Cast) -> Series:
    return a_day_of_weaving(cast.learner)[0]


def save(client: FlaskClient, **changes: str) -> tuple[int, str]:
    data = {"title": "Dyes", "starts": "2031-05-03T14:00", "minutes": "150", **changes}
    answer = client.post(EDIT, data=data)
    return answer.status_code, answer.text


def the_first() -> LiveSession:
    return session.query(LiveSession).filter_by(slug="weaving-1").populate_existing().one()


def test_an_organiser_gives_the_room_and_the_recording_with_its_size(
    client_of: ClientOf, cast: Cast, series: Series
) -> None:
    organiser = client_of(cast.organiser)
    assert ROOM.replace("&", "&amp;") in organiser.get(EDIT).text
    status, _page = save(
        organiser, room_url="https://meet.example.org/x?a=1",
        recording_url="https://video.example.org/1", recording_megabytes="210",
    )  # fmt: skip
    found = the_first()
    assert status == 302
    assert found.room_url == "https://meet.example.org/x?a=1"
    assert (found.recording_url, found.recording_megabytes) == ("https://video.example.org/1", 210)


def test_the_log_says_that_the_room_changed_and_never_where_it_is(
    client_of: ClientOf, cast: Cast, series: Series
) -> None:
    save(client_of(cast.organiser), room_url="https://meet.example.org/secret-room")
    entry = session.query(AuditEntry).filter_by(action="live_session.change").one()
    assert entry.facts == {"moved": False, "new_room": True}
    log = client_of(cast.administrator).get("/desk/log").text
    assert "secret-room" not in log


@pytest.mark.parametrize("field", ["room_url", "recording_url"])
@pytest.mark.parametrize(
    "address",
    ["javascript://example.org/%0aalert(1)", "ftp://example.org/", "//example.org", "example.org",
     "https://", "https://user:word@example.org/", "https://example.org/a b", "data:text/html,x",
     "https://example.org:99999/", "https://[::1", "https://example.org/\u202ex"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_taken(
    client_of: ClientOf, cast: Cast, series: Series, field: str, address: str
) -> None:
    status, page = save(client_of(cast.organiser), **{field: address})
    assert status == 400
    assert "Give a whole address that begins with https://" in page
    assert the_first().room_url == ROOM


@pytest.mark.parametrize("size", ["0", "-1", "100001", "99999999999999999999"])
def test_no_recording_has_such_a_size(
    client_of: ClientOf, cast: Cast, series: Series, size: str
) -> None:
    status, page = save(client_of(cast.organiser), recording_megabytes=size)
    assert (status, "a whole number of megabytes" in page) == (400, True)


@pytest.mark.parametrize(("hours", "warned"), [(49, False), (47, True), (1, True), (-3, False)])
def test_a_room_that_is_missing_is_told_two_days_before(
    client_of: ClientOf, cast: Cast, hours: int, *, warned: bool
) -> None:
    a_day_of_weaving(cast.learner, weeks=1, room="")
    with time_machine.travel(START - timedelta(hours=hours), tick=False):
        page = client_of(cast.organiser).get("/desk/series/weaving/").text
    assert ("has no room yet" in page) == warned
    assert (f"{EDIT}#room_url" in page) == warned


def test_with_a_room_nothing_is_missing(client_of: ClientOf, cast: Cast, series: Series) -> None:
    with time_machine.travel(START - timedelta(hours=5), tick=False):
        page = client_of(cast.organiser).get("/desk/series/weaving/").text
    assert "has no room yet" not in page


def test_a_focal_point_is_told_that_there_is_a_room_and_not_where(
    client_of: ClientOf, cast: Cast, series: Series
) -> None:
    page = client_of(cast.focal_point).get("/desk/live-sessions/weaving-1/").text
    assert "is set" in page
    assert "rooms.example.net" not in page
