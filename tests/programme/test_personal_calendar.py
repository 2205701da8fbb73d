"""The calendar of a personal link, read by a parser that is not the one that wrote it."""

import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from flask.testing import FlaskClient
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from academy.db import session
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.personal_links import calendar_path, link_path
from academy.programme.service import (
    LiveSessionFacts,
    SeriesFacts,
    cancel_live_session,
    cancel_registration,
    cancel_series,
    change_live_session,
    change_series,
    create_series,
    register,
    say_no,
)
from tests.cast import Cast
from tests.programme.doors import START, a_day_of_weaving


@pytest.fixture
def registration(cast: Cast) -> Registration:
    return a_day_of_weaving(cast.learner, weeks=3)[1]


def fetch(client: FlaskClient, registration: Registration) -> str:
    answer = client.get(calendar_path(registration))
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return answer.get_data(as_text=True)


def events(client: FlaskClient, registration: Registration) -> list[Event]:
    parsed: Calendar = IcsCalendarStream.calendar_from_ics(fetch(client, registration))
    return list(parsed.events)


def first_of(registration: Registration, number: int = 1) -> LiveSession:
    series = registration.series_id
    return session.query(LiveSession).filter_by(series_id=series, number=number).one()


def facts(live_session: LiveSession, **changes: object) -> LiveSessionFacts:
    start = live_session.starts_at.astimezone(ZoneInfo(live_session.zone)).replace(tzinfo=None)
    as_it_is = {"title": live_session.title, "start": start, "minutes": live_session.minutes}
    return LiveSessionFacts(**(as_it_is | changes))  # type: ignore[arg-type]


def test_each_live_session_is_an_entry_with_the_personal_link_as_its_place(
    client: FlaskClient, registration: Registration
) -> None:
    found = events(client, registration)
    link = f"http://127.0.0.1:8000{link_path(registration)}"
    assert [one.dtstart for one in found] == [START + timedelta(weeks=week) for week in range(3)]
    assert found[0].dtend == START + timedelta(minutes=150)
    assert {(one.location, str(one.url)) for one in found} == {(link, link)}
    assert found[1].summary == "Weaving together, live session 2"


def test_uids_stay_and_sequence_rises_with_what_a_calendar_has_to_move(
    client: FlaskClient, registration: Registration
) -> None:
    before = events(client, registration)[0]
    live_session = first_of(registration)
    changes: tuple[dict[str, object], ...] = (
        {"title": "Dyes"}, {"minutes": 90}, {"start": datetime(2031, 5, 3, 15)},  # noqa: DTZ001
    )  # fmt: skip
    for number, change in enumerate(changes, start=1):
        change_live_session(live_session, facts(live_session, **change))
        after = events(client, registration)[0]
        live_session = first_of(registration)
        assert (after.uid, after.sequence) == (before.uid, number)
    assert (after.summary, after.dtstart) == ("Dyes", START + timedelta(hours=1))


def test_what_a_calendar_does_not_show_leaves_sequence_alone(registration: Registration) -> None:
    live_session = first_of(registration)
    room = "https://rooms.example.net/other"
    change_live_session(live_session, facts(live_session, room_url=room, hosts=("Aisyah",)))
    assert live_session.sequence == 0


def test_a_new_name_of_the_series_moves_every_entry(
    client: FlaskClient, registration: Registration
) -> None:
    series = registration.series
    change_series(series, SeriesFacts(title="Dyeing"), capacity=None, registration_closes_at=None)
    assert [one.sequence for one in events(client, registration)] == [1, 1, 1]


def test_what_is_called_off_stays_as_cancelled(
    client: FlaskClient, registration: Registration
) -> None:
    first, last = (first_of(registration, number) for number in (1, 3))
    cancel_live_session(first)
    found = [(one.status, one.sequence) for one in events(client, registration)]
    assert found == [("CANCELLED", 1), ("CONFIRMED", 0), ("CONFIRMED", 0)]
    cancel_series(session.get_one(Series, last.series_id))
    assert {one.status for one in events(client, registration)} == {"CANCELLED"}


def test_a_registration_that_was_taken_back_cancels_what_was_to_come(
    client: FlaskClient, registration: Registration
) -> None:
    cancel_registration(registration)
    assert [one.status for one in events(client, registration)] == ["CANCELLED"] * 3


def test_who_said_no_has_no_entry_and_who_waits_a_tentative_one(
    client: FlaskClient, cast: Cast
) -> None:
    series, going = a_day_of_weaving(cast.learner, weeks=2, capacity=1)
    waiting = register(cast.other_learner, series)
    say_no(going, series.live_sessions[1])
    assert [one.status for one in events(client, waiting)] == ["TENTATIVE", "CONFIRMED"]
    assert len(events(client, going)) == 1


@pytest.mark.parametrize(
    ("zone", "first"),
    [("Europe/Berlin", "2031-10-18T14:00"), ("America/New_York", "2031-03-01T09:00"),
     ("Asia/Kathmandu", "2031-05-03T14:00"), ("Australia/Lord_Howe", "2031-03-29T14:00")],
)  # fmt: skip
def test_the_zone_s_own_rules_give_the_same_moments_when_clocks_change(
    client: FlaskClient, cast: Cast, zone: str, first: str
) -> None:
    series = create_series("clocks", "Clocks", zone=zone, minutes=60, weeks=4,
                           first_start=datetime.fromisoformat(first))  # fmt: skip
    registration = register(cast.learner, series)
    moments = [one.starts_at for one in series.live_sessions]
    text = fetch(client, registration)
    read = tzical(_as_file(text)).get(zone)
    written = re.findall(rf"DTSTART;TZID={zone}:(\d+T\d+)", text)
    told = [datetime.strptime(one, "%Y%m%dT%H%M%S").replace(tzinfo=read) for one in written]
    assert [one.astimezone(UTC) for one in told] == moments


def _as_file(text: str) -> object:
    zones = text.replace("\r\n", "\n").split("BEGIN:VTIMEZONE")[1].split("END:VTIMEZONE")[0]
    return io.StringIO(f"BEGIN:VTIMEZONE{zones}END:VTIMEZONE\n")


def test_lines_end_as_the_standard_wants_and_none_is_too_long(
    client: FlaskClient, registration: Registration
) -> None:
    data = fetch(client, registration).encode()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_a_title_cannot_begin_a_line_of_its_own(client: FlaskClient, cast: Cast) -> None:
    registration = a_day_of_weaving(cast.learner, weeks=1)[1]
    live_session = first_of(registration)
    live_session.title = "Dyes\r\nATTENDEE:mailto:a@example.org;x,y\\"
    session.commit()
    assert "\nATTENDEE" not in fetch(client, registration)
    assert len(events(client, registration)) == 1


def test_neither_address_can_be_made_from_the_other(
    client: FlaskClient, registration: Registration
) -> None:
    calendar = calendar_path(registration).removeprefix("/calendar/").removesuffix(".ics")
    link = link_path(registration).removeprefix("/j/")
    assert client.get(f"/j/{calendar}").status_code == 404
    assert client.get(f"/calendar/{link}.ics").status_code == 404


def test_nobody_keeps_it_and_nobody_learns_its_address(
    client: FlaskClient, registration: Registration
) -> None:
    answer = client.get(calendar_path(registration))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.post(calendar_path(registration)).status_code == 405
