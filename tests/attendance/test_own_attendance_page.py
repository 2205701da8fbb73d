"""A learner's own attendance: what was noted, by which evidence and rule; nobody is accused."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.attendance import service
from academy.attendance.models import Evidence, Identity
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from tests.attendance.conftest import change, register
from tests.attendance.zoom_files import Row, zoom_file
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
HERE = "/attendance/"
ONE = "/attendance/may-1/"
SITI = ("Siti Aminah", "siti@example.org", "14:10:00", "15:31:00")
OTHER = ("Secret Neighbour", "", "14:00:00", "15:00:00")


@pytest.fixture
def reader(client_of: ClientOf, siti: Person) -> FlaskClient:
    """Return Siti's browser."""
    return client_of(siti)


def _import(live_session: LiveSession, *rows: Row) -> None:
    service.import_attendance(live_session, zoom_file(rows), "the-organisers-file.csv")


def test_she_sees_that_she_came_how_long_and_by_what(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    _import(live_session, SITI, OTHER)
    page = reader.get(ONE).text
    assert "You came" in page
    assert "14:10 to 15:31" in page
    assert re.search(r'number__value">81 <span class="number__of">of 150', page)
    assert "The list that the room gave of who was there" in page
    assert "it had your address" in page
    assert "What counts is the time in the room from 14:00 to 16:30." in page


def test_nothing_of_others_and_not_the_name_of_the_file_is_told(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    _import(live_session, SITI, OTHER)
    for address in (HERE, ONE):
        page = reader.get(address).text
        assert "Secret Neighbour" not in page
        assert "the-organisers-file" not in page


def test_an_opened_door_alone_is_called_so(
    reader: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    service.record_presence(live_session, siti.id, "link", joined_at=live_session.starts_at)
    page = reader.get(ONE).text
    assert "You opened the door; we have nothing that shows that you were in the room" in page
    assert "at 14:00" in page


def test_two_clicks_in_one_minute_are_told_once(
    reader: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    for second in (5, 40):
        at = live_session.starts_at + timedelta(minutes=18, seconds=second)
        service.record_presence(live_session, siti.id, "link", joined_at=at)
    assert session.scalar(select(func.count(Evidence.id))) == 2
    assert reader.get(ONE).text.count("at 14:18") == 1


def test_a_stay_of_seconds_has_one_hour(reader: FlaskClient, live_session: LiveSession) -> None:
    _import(live_session, SITI, (*SITI[:2], "15:40:05", "15:40:50"))
    page = reader.get(ONE).text
    assert "at 15:40" in page
    assert "15:40 to 15:40" not in page


def test_who_was_not_seen_is_accused_of_nothing(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    assert "Nobody has told us yet who came" in reader.get(ONE).text
    _import(live_session, OTHER)
    assert "We have nothing that shows that you were there" in reader.get(ONE).text


def test_while_it_goes_on_nobody_is_told_that_nothing_shows_them(
    reader: FlaskClient, live_session: LiveSession, budi: Person
) -> None:
    change(live_session, starts_at=now() - timedelta(minutes=20))
    service.record_presence(live_session, budi.id, "roll")
    assert "Nobody has told us yet who came" in reader.get(ONE).text
    change(live_session, starts_at=now() - timedelta(minutes=151))
    assert "Others have reached us with evidence of that day" in reader.get(ONE).text


def test_who_was_there_outside_the_time_only_is_told(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    _import(live_session, ("Siti Aminah", "siti@example.org", "13:30:00", "13:50:00"), OTHER)
    assert "We saw you, but not long enough in the time that counts" in reader.get(ONE).text


def test_a_tick_on_the_roll_gives_no_minutes(
    reader: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    service.record_presence(live_session, siti.id, "roll")
    page = reader.get(ONE).text
    assert "You were ticked on the roll" in page
    assert "Nothing says how long you stayed" in page


def test_the_rules_of_the_series_are_told_on_her_clock(
    reader: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    with transaction():
        series = session.get_one(Series, live_session.series_id)
        series.breaks, series.smallest_stay = [[60, 75]], 10
        session.get_one(Person, siti.id).zone = "Asia/Kathmandu"
    page = reader.get(ONE).text
    assert "from 11:45 to 14:15" in page
    assert "The break from 12:45 to 13:00 is left out." in page
    assert "Less than 10 minutes do not count." in page


def test_the_list_tells_of_how_many_she_was_seen_in(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    _import(live_session, SITI)
    page = reader.get(HERE).text
    assert "We saw you in 1 of 1 live sessions since you registered." in page
    assert f'href="{ONE}"' in page


def test_what_took_place_before_she_registered_is_no_miss(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    _import(live_session, OTHER)
    page = reader.get(HERE).text
    assert f'href="{ONE}"' in page
    assert "We saw you in" not in page
    with transaction():
        session.scalars(select(Registration)).one().registered_at = live_session.starts_at
    assert "We saw you in 0 of 1 live sessions since you registered." in reader.get(HERE).text


def test_it_is_linked_from_my_live_sessions_and_from_the_live_session(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    assert f'href="{ONE}"' in reader.get("/live-sessions/may-1/").text
    place_all(live_session.series_id)
    assert f'href="{HERE}"' in reader.get("/my/live-sessions/").text


def place_all(series_id: int) -> None:
    """Give everybody who is registered a place, as the registration page does."""
    with transaction() as current:
        for each in current.scalars(select(Registration).filter_by(series_id=series_id)):
            held = select(LiveSession.id).filter_by(series_id=series_id)
            for number in current.scalars(held):
                current.add(Place(registration_id=each.id, live_session_id=number, state="going"))


def test_what_has_not_begun_is_not_there_yet(
    reader: FlaskClient, live_session: LiveSession
) -> None:
    with transaction():
        session.get_one(LiveSession, live_session.id).starts_at += timedelta(days=40_000)
    assert "Nothing is noted of you yet" in reader.get(HERE).text
    assert reader.get(ONE).status_code == 404


def test_a_page_costs_five_statements_however_many_live_sessions(
    reader: FlaskClient, live_session: LiveSession, engine: Engine
) -> None:
    _import(live_session, SITI)
    reader.get(HERE)
    with counted(engine) as few:
        reader.get(HERE)
    for number in range(2, 9):
        _add(live_session, number)
    with counted(engine) as many:
        reader.get(HERE)
    assert len(few) == len(many) <= 5


def _add(live_session: LiveSession, number: int) -> None:
    with transaction() as current:
        current.add(LiveSession(
            series_id=live_session.series_id, slug=f"may-{number}", number=number, title="More",
            starts_at=live_session.starts_at + timedelta(days=7 * number), minutes=150,
            zone=live_session.zone, status="published",
        ))  # fmt: skip


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, live_session: LiveSession) -> None:
    for address in (HERE, ONE):
        assert client.get(address).headers["Location"].startswith("/sign-in")


def test_somebody_elses_live_session_is_not_found(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    assert client_of(cast.learner).get(ONE).status_code == 404
    assert client_of(cast.organiser).get(ONE).status_code == 404


def test_who_was_taken_for_somebody_may_look_even_without_a_registration(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    _import(live_session, OTHER)
    identity = session.scalars(select(Identity)).one()
    service.decide(identity, cast.learner.id, seen=None, actor_id=cast.organiser.id)
    assert "an organiser recognised you" in client_of(cast.learner).get(ONE).text


def test_several_devices_are_several_times_of_one_list(
    reader: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    register(live_session.series, "Maya Gurung", "maya@example.org", "NP")
    _import(live_session, SITI, ("Siti Aminah", "siti@example.org", "15:40:00", "16:00:00"))
    page = reader.get(ONE).text
    assert "You were there 14:10 to 15:31, 15:40 to 16:00." in page
