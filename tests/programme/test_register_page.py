"""Registering, saying no and leaving in the browser."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.messaging.service.choices import refuse
from academy.people.models import Person
from academy.programme.models import Registration
from academy.programme.service import register, withdraw_series
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody, states

ClientOf = Callable[[Person], FlaskClient]


def test_one_click_registers_with_the_consents_that_were_given(
    client_of: ClientOf, cast: Cast
) -> None:
    series = a_series("weaving")
    answer = client_of(cast.learner).post("/series/weaving/register", data={"recording": "y"})
    assert (answer.status_code, answer.location) == (302, "/series/weaving/")
    assert states(series.live_sessions[0]) == {cast.learner.name: "going"}
    registration = session.query(Registration).one()
    assert registration.consents == {"recording": True, "mail_reminders": False}


def test_a_stranger_signs_in_first_and_comes_back(client: FlaskClient) -> None:
    a_series("weaving")
    answer = client.get("/series/weaving/register")
    assert answer.status_code == 302
    assert answer.location.endswith("next=/series/weaving/register")


@pytest.mark.parametrize(
    "address", ["/series/weaving/leave", "/my/live-sessions/", "/series/weaving/register"]
)
def test_a_stranger_is_sent_to_sign_in(address: str, client: FlaskClient) -> None:
    a_series("weaving")
    assert "/sign-in" in client.get(address).location


def test_a_draft_cannot_be_registered_for(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving", published=False)
    learner = client_of(cast.learner)
    assert learner.get("/series/weaving/register").status_code == 404
    assert learner.post("/series/weaving/register").status_code == 404


def test_a_series_that_is_over_registers_nobody(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", in_days=-3)
    learner = client_of(cast.learner)
    assert learner.get("/series/weaving/register").location == "/series/weaving/"
    learner.post("/series/weaving/register")
    assert states(series.live_sessions[0]) == {}


def test_the_form_keeps_what_was_too_long(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    page = client_of(cast.learner).post("/series/weaving/register", data={"hope": "x" * 2001})
    assert (page.status_code, "x" * 2001 in page.text) == (400, True)


def test_a_learner_says_no_and_yes_again(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    register(cast.learner, series)
    learner, there = client_of(cast.learner), "/live-sessions/weaving-1/place"
    assert learner.post(there, data={"coming": "no"}).status_code == 302
    assert states(series.live_sessions[0]) == {cast.learner.name: "not_going"}
    answer = learner.post(there, data={"coming": "yes", "back": "/my/live-sessions/"})
    assert answer.location == "/my/live-sessions/"
    assert states(series.live_sessions[0]) == {cast.learner.name: "going"}


def test_the_way_back_stays_on_this_site(client_of: ClientOf, cast: Cast) -> None:
    register(cast.learner, a_series("weaving"))
    data = {"coming": "no", "back": "https://elsewhere.example/"}
    answer = client_of(cast.learner).post("/live-sessions/weaving-1/place", data=data)
    assert answer.location == "/live-sessions/weaving-1/"


def test_nobody_changes_a_place_that_is_not_theirs(
    client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    series = a_series("weaving")
    register(cast.learner, series)
    there = "/live-sessions/weaving-1/place"
    assert "/sign-in" in client.post(there, data={"coming": "no"}).location
    assert client_of(cast.other_learner).post(there, data={"coming": "no"}).status_code == 404
    assert states(series.live_sessions[0]) == {cast.learner.name: "going"}


def test_a_place_is_changed_by_a_post_that_says_how(client_of: ClientOf, cast: Cast) -> None:
    register(cast.learner, a_series("weaving"))
    learner = client_of(cast.learner)
    assert learner.get("/live-sessions/weaving-1/place").status_code == 405
    assert learner.post("/live-sessions/weaving-1/place").status_code == 400


def test_a_no_to_reminders_is_taken_back_on_the_page_of_the_series(
    client_of: ClientOf, cast: Cast
) -> None:
    consents = {"recording": True, "mail_reminders": False}
    register(cast.learner, a_series("weaving"), consents=consents)
    learner, there = client_of(cast.learner), "/series/weaving/reminders"
    assert "You said no to reminders" in learner.get("/series/weaving/").text
    page = learner.post(there, data={"wanted": "yes"}, follow_redirects=True).text
    assert "You get reminders of this series by mail." in page
    assert "You said no to reminders" not in page
    assert session.scalars(select(Registration.consents)).one() == {
        "recording": True, "mail_reminders": True,
    }  # fmt: skip
    learner.post(there, data={"wanted": "no"})
    assert session.scalars(select(Registration.consents)).one()["mail_reminders"] is False
    assert learner.post(there).status_code == 400


def test_a_yes_to_one_series_says_that_a_no_to_all_stands(client_of: ClientOf, cast: Cast) -> None:
    register(cast.learner, a_series("weaving"), consents={"mail_reminders": False})
    refuse(cast.learner.id, "reminders")
    learner = client_of(cast.learner)
    learner.post("/series/weaving/reminders", data={"wanted": "yes"})
    assert "you said no to all reminders" in learner.get("/series/weaving/").text


def test_whoever_is_not_registered_has_no_reminders_to_choose(
    client_of: ClientOf, cast: Cast
) -> None:
    a_series("weaving")
    answer = client_of(cast.learner).post("/series/weaving/reminders", data={"wanted": "yes"})
    assert answer.location == "/series/weaving/"
    assert session.query(Registration).count() == 0


def test_leaving_asks_first(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=1)
    register(cast.learner, series)
    register(somebody("Next"), series)
    learner = client_of(cast.learner)
    assert learner.get("/series/weaving/leave").status_code == 200
    assert learner.post("/series/weaving/leave").status_code == 302
    assert states(series.live_sessions[0]) == {"Next": "going"}
    assert learner.get("/series/weaving/leave").location == "/series/weaving/"


def test_my_live_sessions_are_mine_alone(client_of: ClientOf, cast: Cast) -> None:
    register(cast.learner, a_series("weaving", title="Weaving together"))
    assert "Weaving together" in client_of(cast.learner).get("/my/live-sessions/").text
    assert "Weaving together" not in client_of(cast.other_learner).get("/my/live-sessions/").text


def test_a_withdrawn_series_is_not_among_my_live_sessions(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", title="Weaving together")
    register(cast.learner, series)
    withdraw_series(series)
    assert "Weaving together" not in client_of(cast.learner).get("/my/live-sessions/").text
