"""Many people at the same time, over real connections: no place is ever given twice."""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.people.models import Person
from academy.programme.errors import NotRegisteredError
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.service import (
    LiveSessionFacts,
    add_live_sessions,
    cancel_registration,
    change_live_session,
    register,
    say_no,
    say_yes,
)
from academy.programme.weekly import to_local
from tests.cast import sign_in_to
from tests.programme.scenes import a_series, check_counts, people

AT_A_TIME = 40


def _all_at_once(deed: Callable[[int], object], facts: Iterable[int]) -> None:
    def alone(fact: int) -> None:
        try:
            deed(fact)
        finally:
            session.remove()

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        list(threads.map(alone, facts))


def _register(person_id: int, series_id: int) -> None:
    register(session.get_one(Person, person_id), session.get_one(Series, series_id))


def test_ten_places_and_a_thousand_requests_make_exactly_ten_going(own_database: Flask) -> None:
    series = a_series(capacity=10)
    everybody = people(1000)
    _all_at_once(lambda who: _register(who, series.id), everybody)
    places = session.execute(select(Place.state, Place.queue_number).order_by(Place.id)).all()
    assert [state for state, _number in places].count("going") == 10
    # Who waits, waits in the order of coming, without a gap and without a tie.
    assert [number for state, number in places if state == "waiting"] == list(range(1, 991))
    check_counts(session.get_one(LiveSession, series.live_sessions[0].id))


def test_a_crowd_at_the_address_fills_ten_places_and_queues_up(own_database: Flask) -> None:
    series = a_series("weaving", capacity=10)
    crowd = [session.get_one(Person, who) for who in people(100)]
    browsers = [sign_in_to(own_database.test_client(), person) for person in crowd]
    answers: list[int] = []
    _all_at_once(lambda n: answers.append(_click(browsers[n])), range(100))
    assert set(answers) == {302}
    waiting = session.query(Place).filter_by(state="waiting").order_by(Place.queue_number)
    assert [place.queue_number for place in waiting] == list(range(1, 91))
    check_counts(session.get_one(LiveSession, series.live_sessions[0].id))


def _click(browser: FlaskClient) -> int:
    return browser.post("/series/weaving/register", data={"recording": "y"}).status_code


def test_one_person_who_clicks_forty_times_is_registered_once(own_database: Flask) -> None:
    series = a_series(weeks=3, capacity=10)
    (who,) = people(1)
    _all_at_once(lambda _click: _register(who, series.id), range(AT_A_TIME))
    assert session.query(Registration).count() == 1
    assert session.query(Place).count() == 3
    check_counts(session.get_one(LiveSession, series.live_sessions[0].id))


def test_a_storm_of_all_changes_leaves_every_place_counted(own_database: Flask) -> None:
    series = a_series(weeks=2, capacity=5)
    everybody = people(60)
    _all_at_once(lambda who: _register(who, series.id), everybody)
    chance = random.Random(2020)
    storm = [(chance.choice(("no", "yes", "leave", "back")), who) for who in everybody * 5]
    storm += [("more", 0), ("room", 0)]
    chance.shuffle(storm)
    _all_at_once(lambda number: _change(*storm[number], series.id), range(len(storm)))
    session.expire_all()
    live_sessions = session.get_one(Series, series.id).live_sessions
    assert len(live_sessions) == 3
    for each in live_sessions:
        check_counts(each)
        assert _nobody_waits_with_the_same_number(each)


def _change(what: str, who: int, series_id: int) -> None:
    series = session.get_one(Series, series_id)
    first = series.live_sessions[0]
    if what == "more":
        add_live_sessions(series, 1)
    elif what == "room":
        start = to_local(first.starts_at, first.zone)
        change_live_session(
            first, LiveSessionFacts(title="More", start=start, minutes=60, capacity=9)
        )
    elif what == "back":
        _register(who, series_id)
    else:
        _change_place(what, who, first)


def _change_place(what: str, who: int, first: LiveSession) -> None:
    registration = session.query(Registration).filter_by(person_id=who).one()
    if what == "leave":
        cancel_registration(registration)
    elif registration.cancelled_at is None:
        try:
            (say_no if what == "no" else say_yes)(registration, first)
        except NotRegisteredError:
            session.rollback()  # somebody else's click took it back a moment ago


def _nobody_waits_with_the_same_number(live_session: LiveSession) -> bool:
    waiting = select(Place.queue_number).filter_by(live_session_id=live_session.id, state="waiting")
    numbers = list(session.scalars(waiting))
    return None not in numbers and len(numbers) == len(set(numbers))
