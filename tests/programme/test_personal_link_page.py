"""The page of a personal link: every state of the door, going in, and what never happens."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.attendance.models import Evidence, Identity
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import Registration, Series
from academy.programme.personal_links import link_path
from academy.programme.service import (
    cancel_live_session,
    cancel_registration,
    register,
    renew_link,
    say_no,
)
from tests.cast import Cast
from tests.programme.doors import QUARTER, ROOM, START, a_day_of_weaving, change, path_of
from tests.programme.scenes import a_series
from tests.statements import counted

Traveller = time_machine.Traveller
EVENING_BEFORE = START - timedelta(hours=20)


@pytest.fixture
def clock(app: object) -> Iterator[Traveller]:
    """Stand on the evening before the first live session; tests move on from there."""
    with time_machine.travel(EVENING_BEFORE, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def place(clock: object, cast: Cast) -> tuple[Series, Registration]:
    return a_day_of_weaving(cast.learner)


@pytest.fixture
def series(place: tuple[Series, Registration]) -> Series:
    return place[0]


@pytest.fixture
def registration(place: tuple[Series, Registration]) -> Registration:
    return place[1]


def the_page(client: FlaskClient, registration: Registration) -> str:
    answer = client.get(path_of(registration))
    assert answer.status_code == 200
    return answer.text


def go_in(client: FlaskClient, registration: Registration) -> str | None:
    answer = client.post(path_of(registration), data={"live_session": "weaving-1"})
    assert answer.status_code == 303
    return answer.location


def opened_doors() -> list[tuple[str, datetime | None]]:
    return [(one.source, one.joined_at) for one in session.query(Evidence).all()]


def test_before_the_door_opens_it_says_when_on_the_clock_of_whose_link_it_is(
    client: FlaskClient, registration: Registration
) -> None:
    answer = client.get(path_of(registration))
    assert "Refresh" not in answer.headers
    page = answer.text
    assert "Saturday 3 May 2031, 13:00 in Phnom Penh" in page
    assert page.index("13:00 in Phnom Penh") < page.index("14:00 in Kuala Lumpur")
    assert "12:45 on Saturday" in page
    assert "Go in" not in page


def test_the_clock_of_the_phone_comes_before_that_of_the_account(
    client: FlaskClient, registration: Registration
) -> None:
    client.set_cookie("zone", "Asia/Kathmandu")
    assert "11:45 in Kathmandu" in the_page(client, registration)


@pytest.mark.parametrize(("before", "seconds"), [(50, 300), (19, 241), (15.2, 20)])
def test_who_waits_sees_the_page_load_again_at_the_door_and_at_most_every_five_minutes(
    client: FlaskClient, registration: Registration, clock: Traveller,
    before: float, seconds: int,
) -> None:  # fmt: skip
    clock.move_to(START - timedelta(minutes=before))
    page = client.get(path_of(registration))
    # The clock goes on while the page is made: on a busy machine by a second or two.
    assert seconds - 5 < int(page.headers["Refresh"]) <= seconds + 9
    assert "it looks again by itself" in page.text
    still = client.get(path_of(registration) + "?still")
    assert "Refresh" not in still.headers
    assert "by itself" not in still.text


@pytest.mark.parametrize("after_start", [-QUARTER, timedelta(0), timedelta(minutes=149)])
def test_an_open_door_leads_in_and_leaves_evidence(
    client: FlaskClient, registration: Registration, clock: Traveller,
    after_start: timedelta,
) -> None:  # fmt: skip
    clock.move_to(START + after_start)
    assert "Go in" in the_page(client, registration)
    assert go_in(client, registration) == ROOM
    assert opened_doors() == [("link", START + after_start)]
    assert session.query(Identity).one().key == f"person:{registration.person_id}"


@pytest.mark.parametrize("after_start", [timedelta(minutes=-16), timedelta(minutes=150)])
def test_a_closed_door_lets_nobody_in(
    client: FlaskClient, registration: Registration, clock: Traveller,
    after_start: timedelta,
) -> None:  # fmt: skip
    clock.move_to(START + after_start)
    assert go_in(client, registration) == path_of(registration)
    assert opened_doors() == []


def test_looking_changes_nothing_so_programs_that_scan_mail_may(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    clock.move_to(START)
    for _look in range(3):
        client.get(path_of(registration))
        client.head(path_of(registration))
    assert opened_doors() == []


def test_whoever_presses_all_the_time_gets_in_each_time_and_is_noted_a_dozen_times(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    clock.move_to(START)
    assert {go_in(client, registration) for _press in range(20)} == {ROOM}
    assert len(opened_doors()) == 12


def test_the_series_says_how_early_its_doors_open(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    change(series, door_minutes=30)
    clock.move_to(START - timedelta(minutes=29))
    assert go_in(client, registration) == ROOM


def test_the_room_may_change_an_hour_before_and_every_link_leads_to_the_new_one(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    path = path_of(registration)
    clock.move_to(START - timedelta(hours=1))
    change(series.live_sessions[0], room_url="https://meet.example.org/new")
    clock.move_to(START)
    answer = client.post(path, data={"live_session": "weaving-1"})
    assert answer.location == "https://meet.example.org/new"


def test_without_a_room_the_page_says_so_and_looks_again(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    change(series.live_sessions[0], room_url="")
    clock.move_to(START)
    page = the_page(client, registration)
    assert "the room is not ready yet" in page
    assert "it looks again by itself" in page
    assert go_in(client, registration) == path_of(registration)


@pytest.mark.parametrize("room", ["javascript:alert(1)", "//evil.example", "https://a b.example"])
def test_a_room_that_is_no_address_of_the_web_is_never_followed(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller, room: str,
) -> None:  # fmt: skip
    change(series.live_sessions[0], room_url=room)
    clock.move_to(START)
    assert go_in(client, registration) == path_of(registration)


def test_who_waits_for_a_place_is_told_so_and_does_not_get_in(
    client: FlaskClient, clock: Traveller, cast: Cast
) -> None:
    series, _first = a_day_of_weaving(cast.other_learner, capacity=1)
    waiting = register(cast.learner, series, source="api")
    clock.move_to(START)
    assert "Waiting, number 1" in the_page(client, waiting)
    assert go_in(client, waiting) == path_of(waiting)


def test_who_said_no_is_reminded_of_it_and_does_not_get_in(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    say_no(registration, series.live_sessions[0])
    clock.move_to(START)
    page = the_page(client, registration)
    assert "You said that you cannot come" in page
    assert go_in(client, registration) == path_of(registration)


def test_after_the_end_stands_the_recording_with_what_it_costs(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    first = series.live_sessions[0]
    clock.move_to(START + timedelta(hours=3))
    assert "“Live session 1” is over" in the_page(client, registration)
    change(first, recording_url="https://video.example.org/1",
           recording_megabytes=210)  # fmt: skip
    page = the_page(client, registration)
    assert "210\N{NO-BREAK SPACE}MB" in page
    assert 'href="https://video.example.org/1"' in page
    assert "Live session 2" in page


def test_a_live_session_that_is_called_off_is_named_before_the_next_one(
    client: FlaskClient, series: Series, registration: Registration
) -> None:
    cancel_live_session(series.live_sessions[0])
    page = the_page(client, registration)
    assert page.index("“Live session 1” does not take place") < page.index("The door opens at")
    assert "Saturday 10 May 2031" in page


def test_a_series_that_is_over_says_so(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    clock.move_to(START + timedelta(days=30))
    assert "This series is over" in the_page(client, registration)


def test_a_registration_that_was_taken_back_opens_nothing(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    cancel_registration(registration)
    clock.move_to(START)
    assert "You took your registration back" in the_page(client, registration)
    assert go_in(client, registration) == path_of(registration)


def test_a_series_that_is_called_off_or_not_shown_says_no_more_than_that(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    clock.move_to(START)
    change(series, status="draft")
    assert "Not open at the moment" in the_page(client, registration)
    assert go_in(client, registration) == path_of(registration)
    change(series, status="cancelled")
    assert "This series is called off" in the_page(client, registration)


def test_two_doors_that_are_open_at_once_both_lead_in(
    client: FlaskClient, series: Series, registration: Registration,
    clock: Traveller,
) -> None:  # fmt: skip
    change(series.live_sessions[1], starts_at=START + timedelta(minutes=10),
           room_url="https://rooms.example.net/two")  # fmt: skip
    clock.move_to(START)
    page = the_page(client, registration)
    assert page.count('name="live_session"') == 2
    answer = client.post(path_of(registration), data={"live_session": "weaving-2"})
    assert answer.location == "https://rooms.example.net/two"


def test_a_link_that_was_replaced_says_so_and_how_to_get_the_new_one(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    old = path_of(registration)
    renew_link(registration)
    clock.move_to(START)
    answer = client.get(old)
    assert answer.status_code == 410
    assert "This link was replaced" in answer.text
    assert "/series/weaving/link" in answer.text
    assert path_of(registration) not in answer.text
    assert client.post(old, data={"live_session": "weaving-1"}).status_code == 410
    assert opened_doors() == []
    assert go_in(client, registration) == ROOM


def test_a_link_of_somebody_who_was_shut_out_leads_nowhere(
    client: FlaskClient, registration: Registration, cast: Cast
) -> None:
    with transaction():
        session.get_one(Person, cast.learner.id).disabled_at = START
    assert client.get(path_of(registration)).status_code == 404


def test_a_wrong_link_is_a_page_that_helps_and_guessing_is_slowed_down(
    client: FlaskClient, registration: Registration
) -> None:
    path = path_of(registration)
    answer = client.get(path[:-3])
    assert answer.status_code == 404
    assert "A letter may be missing" in answer.text
    tries = [client.get(f"{path}0").status_code for _try in range(40)]
    assert tries == [404] * 29 + [429] * 11
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["{}", "{}x", "{}/card"])
def test_nobody_learns_the_address_of_the_page(
    client: FlaskClient, registration: Registration, path: str
) -> None:
    answer = client.get(path.format(path_of(registration)))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_page_loads_nothing_from_anywhere_else_and_is_light(
    client: FlaskClient, registration: Registration, clock: Traveller
) -> None:
    clock.move_to(START)
    page = the_page(client, registration)
    assert "http" not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert ROOM.split("?")[0] not in page
    assert len(page.encode()) < 8_000


def test_a_form_of_this_page_may_end_at_a_room_and_no_other_page_s_may(
    client: FlaskClient, registration: Registration
) -> None:
    policy = client.get(path_of(registration)).headers["Content-Security-Policy"]
    assert "form-action 'self' https: http:;" in policy
    policy = client.get("/series/weaving/").headers["Content-Security-Policy"]
    assert "form-action 'self';" in policy


def test_no_other_method_is_answered(client: FlaskClient, registration: Registration) -> None:
    assert client.delete(path_of(registration)).status_code == 405
    assert client.post(f"{path_of(registration)}/card").status_code == 405


def test_the_card_shows_picture_letters_dates_and_the_calendar(
    client: FlaskClient, registration: Registration
) -> None:
    page = client.get(f"{path_of(registration)}/card").text
    assert "<svg" in page
    assert "/calendar/" in page
    assert page.count("May 2031, 13:00") == 2


def test_going_in_asks_for_no_form_token_and_for_no_sign_in(
    client: FlaskClient, registration: Registration, clock: Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", True)
    clock.move_to(START)
    assert go_in(client, registration) == ROOM


def test_it_costs_three_statements_however_many_weeks_there_are(
    client: FlaskClient, engine: Engine, cast: Cast
) -> None:
    costs = []
    for weeks in (1, 30):
        series = a_series(weeks=weeks)
        path = link_path(register(cast.learner, series, source="api"))
        client.get(path)
        with counted(engine) as statements:
            client.get(path)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 3
