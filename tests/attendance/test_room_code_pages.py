"""The code of a room: shown to all in it, entered by the registered, of no use to guessers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from academy.attendance.codes.room_codes import code_at, in_other_figures
from academy.attendance.models import Attendance, Evidence
from academy.attendance.service import withdraw_evidence
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import code_path
from academy.security.models import Attempts
from tests.attendance.conftest import change, register
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
DESK = "/desk/live-sessions/may-1/attendance/code/"
HERE = "/codes/may-1"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let the whole test happen at the edge of a minute, so that no code changes under it."""
    edge = now().replace(second=0, microsecond=0)
    for module in ("codes.views", "service.entering"):
        monkeypatch.setattr(f"academy.attendance.{module}.now", lambda: edge)
    return edge


@pytest.fixture
def on_air(live_session: LiveSession) -> LiveSession:
    """Return the live session, which began ten minutes ago."""
    change(live_session, starts_at=now() - 10 * MINUTE)
    return live_session


@pytest.fixture
def learner(client_of: ClientOf, on_air: LiveSession, siti: Person) -> FlaskClient:
    """Return the browser of Siti, who is registered and in the room."""
    return client_of(siti)


@pytest.fixture
def code(app: Flask, on_air: LiveSession, moment: datetime) -> str:
    return _code(app, on_air, moment)


def _code(app: Flask, live_session: LiveSession, at: datetime) -> str:
    return code_at(app.config["SECRET_KEY"], live_session.id, at)


def _wrong(app: Flask, live_session: LiveSession) -> str:
    right = {_code(app, live_session, now() + n * MINUTE) for n in range(-3, 4)}
    return next(f"{n:05}" for n in range(100) if f"{n:05}" not in right)


def _enter(browser: FlaskClient, code: str, address: str = "10.1.1.1") -> TestResponse:
    return browser.post(
        HERE, data={"code": code}, follow_redirects=True, environ_base={"REMOTE_ADDR": address}
    )


def _came() -> list[int | None]:
    return list(session.scalars(select(Attendance.person_id)))


def test_the_code_shown_is_the_code_accepted(
    learner: FlaskClient, client_of: ClientOf, cast: Cast, code: str, siti: Person
) -> None:
    desk = client_of(cast.organiser)
    assert code in desk.get(DESK).text
    assert "You are noted as here" in _enter(learner, code).text
    assert "<b>1</b> have entered it" in desk.get(DESK + "now").text
    assert _came() == [siti.id]


def test_a_code_entered_is_evidence_with_its_moment_and_unknown_minutes(
    learner: FlaskClient, code: str, siti: Person
) -> None:
    _enter(learner, code)
    fact = session.scalars(select(Evidence)).one()
    assert (fact.source, fact.recorded_by) == ("code", siti.id)
    assert now() - fact.recorded_at < 2 * MINUTE
    assert session.scalars(select(Attendance.minutes)).one() is None


def test_whoever_enters_it_twice_is_noted_once(learner: FlaskClient, code: str) -> None:
    _enter(learner, code)
    assert "You are noted as here" in _enter(learner, "nonsense").text
    assert len(session.scalars(select(Evidence)).all()) == 1


@pytest.mark.parametrize("age", [0, 1])
def test_the_code_of_this_minute_and_of_the_last_one_are_taken(
    app: Flask, learner: FlaskClient, on_air: LiveSession, age: int, moment: datetime
) -> None:
    code = _code(app, on_air, moment - age * MINUTE)
    assert "You are noted as here" in _enter(learner, code).text


@pytest.mark.parametrize("age", [-1, 2])
def test_a_code_from_before_or_after_them_is_not(
    app: Flask, learner: FlaskClient, on_air: LiveSession, age: int, moment: datetime
) -> None:
    assert _enter(learner, _code(app, on_air, moment - age * MINUTE)).status_code == 422


def test_a_code_may_be_typed_in_ones_own_figures(learner: FlaskClient, code: str) -> None:
    (khmer,) = in_other_figures(code, {"KH"})
    assert "You are noted as here" in _enter(learner, f" {khmer[:2]} {khmer[2:]} ").text


def test_a_wrong_code_is_refused_and_stays_in_the_field(
    app: Flask, learner: FlaskClient, on_air: LiveSession
) -> None:
    wrong = _wrong(app, on_air)
    answer = _enter(learner, wrong)
    assert (answer.status_code, _came()) == (422, [])
    assert "This is not the code of this minute" in answer.text
    assert f'value="{wrong}"' in answer.text


def test_guessing_ends_after_five_tries_even_with_the_right_code(
    app: Flask, learner: FlaskClient, on_air: LiveSession, code: str
) -> None:
    wrong = _wrong(app, on_air)
    assert [_enter(learner, wrong).status_code for _ in range(6)] == [422] * 5 + [429]
    assert _enter(learner, code).status_code == 429
    assert _came() == []


def test_a_patient_guesser_has_twenty_tries_in_all(
    app: Flask, learner: FlaskClient, on_air: LiveSession, code: str
) -> None:
    wrong, tried = _wrong(app, on_air), 0
    for _ in range(10):
        tried += sum(_enter(learner, wrong).status_code == 422 for _ in range(6))
        _let_time_pass(6 * MINUTE)
    assert tried == 20
    assert _enter(learner, code).status_code == 429


def _let_time_pass(time: timedelta) -> None:
    """Make every counter older, as if so much time had passed."""
    with transaction() as current:
        for counter in current.scalars(select(Attempts)):
            counter.since -= time


def test_many_accounts_of_one_address_share_sixty_wrong_codes(
    app: Flask, client_of: ClientOf, on_air: LiveSession, code: str
) -> None:
    wrong = _wrong(app, on_air)
    people = [register(on_air.series, f"G{n}", f"g{n}@example.org") for n in range(14)]
    browsers = [client_of(one) for one in people]
    assert {_enter(one, wrong).status_code for one in browsers[:12] for _ in range(5)} == {422}
    assert _enter(browsers[12], code).status_code == 429
    assert _enter(browsers[13], code, address="10.9.9.9").status_code == 200


def test_a_room_behind_one_address_is_not_locked_out_by_right_codes(
    client_of: ClientOf, on_air: LiveSession, code: str
) -> None:
    people = [register(on_air.series, f"G{n}", f"g{n}@example.org") for n in range(70)]
    assert {_enter(client_of(one), code).status_code for one in people} == {200}
    assert len(_came()) == 70


@pytest.mark.parametrize("minutes", [14, -149])
def test_codes_are_taken_from_the_opening_of_the_door_until_the_end(
    learner: FlaskClient, on_air: LiveSession, code: str, minutes: int
) -> None:
    change(on_air, starts_at=now() + minutes * MINUTE)
    assert (_enter(learner, code).status_code, len(_came())) == (200, 1)


@pytest.mark.parametrize("minutes", [16, -151])
def test_codes_are_not_taken_before_or_after_that(
    learner: FlaskClient, on_air: LiveSession, code: str, minutes: int
) -> None:
    change(on_air, starts_at=now() + minutes * MINUTE)
    assert (_enter(learner, code).status_code, len(_came())) == (422, 0)


def test_outside_that_time_no_code_is_shown(
    client_of: ClientOf, cast: Cast, on_air: LiveSession, code: str
) -> None:
    desk = client_of(cast.organiser)
    change(on_air, starts_at=now() + timedelta(hours=2))
    early = desk.get(DESK).text
    assert (code in early, "The code will stand here when the door opens" in early) == (False, True)
    change(on_air, status="cancelled")
    assert code not in desk.get(DESK).text


def test_only_registered_people_can_enter_it(
    client_of: ClientOf, cast: Cast, on_air: LiveSession, siti: Person, code: str
) -> None:
    stranger = client_of(cast.other_learner)
    assert "Only those who are registered" in stranger.get(HERE).text
    assert _enter(stranger, code).status_code == 403
    with transaction() as current:
        registration = current.scalars(select(Registration).filter_by(person_id=siti.id)).one()
        registration.cancelled_at = now()
    assert _enter(client_of(siti), code).status_code == 403
    assert _came() == []


def test_evidence_that_was_withdrawn_can_be_given_again(
    learner: FlaskClient, code: str, cast: Cast
) -> None:
    _enter(learner, code)
    withdraw_evidence(session.scalars(select(Evidence.id)).one(), cast.organiser.id)
    assert "You are noted as here" not in learner.get(HERE).text
    _enter(learner, code)
    assert len(_came()) == 1


def _link_of(person: Person) -> str:
    statement = select(Registration).where(Registration.person_id == person.id)
    return code_path(session.scalars(statement).one(), "may-1")


def test_the_holder_of_a_personal_link_enters_it_signed_out(
    client: FlaskClient, on_air: LiveSession, siti: Person, code: str
) -> None:
    link = _link_of(siti)
    page = client.get(link)
    assert "notes that Siti Aminah is here" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    done = client.post(link, data={"code": code}, follow_redirects=True)
    assert ("You are noted as here" in done.text, _came()) == (True, [siti.id])


def test_guesses_by_the_link_and_signed_in_are_the_same_persons(
    app: Flask, client: FlaskClient, learner: FlaskClient, on_air: LiveSession, siti: Person
) -> None:
    link, wrong = _link_of(siti), _wrong(app, on_air)
    statuses = [client.post(link, data={"code": wrong}).status_code for _ in range(4)]
    statuses += [_enter(learner, wrong).status_code for _ in range(2)]
    assert statuses == [422] * 5 + [429]


def test_a_link_that_was_replaced_or_taken_back_enters_nothing(
    client: FlaskClient, on_air: LiveSession, siti: Person, code: str
) -> None:
    link = _link_of(siti)
    with transaction() as current:
        current.execute(update(Registration).values(link_version=2))
    assert client.post(link, data={"code": code}).headers["Location"].startswith("/j/")
    link = _link_of(siti)
    with transaction() as current:
        current.execute(update(Registration).values(cancelled_at=now()))
    assert client.post(link, data={"code": code}).status_code == 403
    assert _came() == []


def test_a_link_of_one_series_enters_nothing_in_another(
    client: FlaskClient, on_air: LiveSession, siti: Person
) -> None:
    token = _link_of(siti).rpartition("/")[2]
    with transaction() as current:
        series = Series(slug="june", title="June", zone="Asia/Manila", status="published")
        series.live_sessions.append(LiveSession(
            slug="june-1", number=1, title="June", starts_at=now(), minutes=90,
            zone="Asia/Manila", status="published",
        ))  # fmt: skip
        current.add(series)
    assert client.get(f"/codes/june-1/{token}").status_code == 404
    assert client.get(f"/codes/may-1/{token[:-1]}").status_code == 404


def test_the_door_of_the_link_leads_to_it_while_it_can_be_used(
    client: FlaskClient, on_air: LiveSession, siti: Person
) -> None:
    link = _link_of(siti)
    door = "/j/" + link.rpartition("/")[2]
    with transaction() as current:
        registration = current.scalars(select(Registration)).one()
        place = {"registration_id": registration.id, "live_session_id": on_air.id}
        current.add(Place(**place, state="going"))
    assert f'href="{link}"' in client.get(door).text
    change(on_air, starts_at=now() + timedelta(hours=2))
    assert f'href="{link}"' not in client.get(door).text


def test_a_stranger_signs_in_and_comes_back(client: FlaskClient, on_air: LiveSession) -> None:
    assert client.get(HERE).headers["Location"] == "/sign-in?next=/codes/may-1"


def test_a_draft_is_not_found(learner: FlaskClient, on_air: LiveSession, code: str) -> None:
    change(on_air, status="draft")
    assert learner.get(HERE).status_code == 404
    assert _enter(learner, code).status_code == 404


def test_the_live_session_leads_to_it_only_while_it_can_be_used(
    learner: FlaskClient, client_of: ClientOf, cast: Cast, on_air: LiveSession
) -> None:
    page = "/live-sessions/may-1/"
    assert f'href="{HERE}"' in learner.get(page).text
    assert f'href="{HERE}"' not in client_of(cast.other_learner).get(page).text
    change(on_air, starts_at=now() + timedelta(hours=2))
    assert f'href="{HERE}"' not in learner.get(page).text


def test_the_wall_says_where_to_enter_it_and_works_without_a_script(
    client_of: ClientOf, cast: Cast, on_air: LiveSession, code: str
) -> None:
    register(on_air.series, "Maya", "maya@example.org", "NP")
    page = client_of(cast.organiser).get(DESK).text
    assert "127.0.0.1:8000/codes/may-1" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    (nepali,) = in_other_figures(code, {"NP"})
    assert nepali in page


def test_a_learner_is_not_shown_the_code(learner: FlaskClient, code: str) -> None:
    assert learner.get(DESK).status_code == 403
    assert learner.get(DESK + "now").status_code == 403
    assert code not in learner.get(HERE).text
