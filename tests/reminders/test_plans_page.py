"""The desk page of a series' messages: moments, switches, figures, texts, previews, readers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from academy.attendance.service import record_presence
from academy.db import session, transaction
from academy.messaging.choosing import choices_path
from academy.messaging.models import Message
from academy.messaging.service import deliver_due
from academy.people.models import EmailAddress, Person
from academy.programme.models import Series
from academy.programme.personal_links import link_path
from academy.programme.service import register
from academy.reminders.service import plan_reminders
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody
from tests.statements import counted

HERE = "/desk/series/threads/reminders/"
ONE_DAY = f"{HERE}reminder_one_day/"


@pytest.fixture
def series(cast: Cast) -> Series:
    """Return a series in a week with three registrants, one of them of Nepal."""
    series = a_series("threads")
    for person in (cast.learner, somebody("Maya Gurung", "NP"), somebody("Ana", "BR")):
        register(person, series)
    return series


@pytest.fixture
def desk(client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _reminded(series: Series, before: timedelta) -> None:
    with time_machine.travel(series.live_sessions[0].starts_at - before, tick=False):
        plan_reminders()
        deliver_due()


def test_every_kind_stands_with_its_next_moment_on_the_series_clock(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    for words in ("Three days before", "One hour before", "come in", "We missed you"):
        assert words in page
    assert "13:00 in Kuala Lumpur" in page
    assert "14:05 in Kuala Lumpur" in page


def test_what_has_left_for_the_next_live_session_is_not_told_as_to_come(
    client_of: Callable[[Person], FlaskClient], cast: Cast
) -> None:
    series = a_series("soon", in_days=7, weeks=2)
    moments = [one.starts_at - timedelta(days=3) for one in series.live_sessions]
    with time_machine.travel(moments[0] + timedelta(hours=1), tick=False):
        page = client_of(cast.organiser).get("/desk/series/soon/reminders/").text
    row = page.split("Three days before</b>")[1].split("</tr>")[0]
    assert moments[0].isoformat() not in row
    assert moments[1].isoformat() in row


def test_the_series_page_leads_there(desk: FlaskClient) -> None:
    assert f'href="{HERE}"' in desk.get("/desk/series/threads/").text


def test_a_series_without_anything_to_come_says_so(
    client_of: Callable[[Person], FlaskClient], cast: Cast
) -> None:
    a_series("past", in_days=-20)
    page = client_of(cast.organiser).get("/desk/series/past/reminders/").text
    assert "There is no live session to come" in page
    readers = client_of(cast.organiser).get("/desk/series/past/reminders/reminder_one_day/readers")
    assert "Nobody yet" in readers.text


def test_what_is_switched_off_stays_away_though_it_is_planned(
    desk: FlaskClient, series: Series
) -> None:
    _reminded(series, timedelta(days=3, hours=20))
    answer = desk.post(f"{ONE_DAY}switch", data={"to": "off"}, follow_redirects=True)
    assert "What is planned already stays away, too" in answer.text
    _reminded(series, timedelta(hours=2))
    found = session.execute(
        select(Message.state, Message.reason).where(Message.kind == "reminder_one_day")
    )
    assert set(found) == {("suppressed", "the organisers switched these reminders off")}


def test_a_switch_is_noted_once_and_goes_back(desk: FlaskClient, series: Series) -> None:
    for to in ("off", "off", "on"):
        assert desk.post(f"{ONE_DAY}switch", data={"to": to}).status_code == 303
    noted = select(AuditEntry.facts).where(AuditEntry.action == "reminders.switched")
    assert [facts["is_on"] for facts in session.scalars(noted)] == [False, True]


def test_figures_say_who_opened_the_door_after_it(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    live_session = series.live_sessions[0]
    _reminded(series, timedelta(days=1))
    with time_machine.travel(live_session.starts_at, tick=False):
        record_presence(live_session, cast.learner.id, "link", joined_at=live_session.starts_at)
    row = desk.get(HERE).text.split("One day before</b>")[1].split("</tr>")[0]
    numbers = [part.split("<")[0] for part in row.split('class="table__number">')[1:]]
    assert numbers == ["3", "1"]


def test_the_page_costs_the_same_however_many_were_written_to(
    desk: FlaskClient, series: Series, engine: Engine
) -> None:
    _reminded(series, timedelta(days=3))
    with counted(engine) as statements:
        desk.get(HERE)
    assert len(statements) <= 10


def test_a_kind_that_is_none_is_not_found(desk: FlaskClient) -> None:
    assert desk.get(f"{HERE}reminder_yesterday/preview").status_code == 404
    assert desk.get(f"{ONE_DAY}text/tlh").status_code == 404
    assert desk.post(f"{HERE}sign_in_link/switch", data={"to": "off"}).status_code == 404


def test_a_preview_is_in_the_readers_language_and_time_without_their_secrets(
    desk: FlaskClient, series: Series
) -> None:
    ana = session.scalars(select(Person).where(Person.name == "Ana")).one()
    with transaction():
        ana.zone, ana.language = "America/Sao_Paulo", "id"
    found = desk.get(f"{ONE_DAY}preview?q=an").text
    assert f"person={ana.id}" in found
    page = desk.get(f"{ONE_DAY}preview?person={ana.id}").text
    assert "Halo Ana," in page
    assert "03.00 di Sao Paulo" in page
    assert "/j/…" in page
    assert "/mail/…" in page
    assert "/mail/" not in page.replace("/mail/…", "").split("phone__text")[1].split("</div>")[0]


def test_the_frame_shows_the_mail_runs_nothing_and_hides_the_same_secrets(
    desk: FlaskClient, series: Series
) -> None:
    ana = session.scalars(select(Person).where(Person.name == "Ana")).one()
    assert f"preview/html?person={ana.id}" in desk.get(f"{ONE_DAY}preview?person={ana.id}").text
    frame = desk.get(f"{ONE_DAY}preview/html?person={ana.id}")
    assert "Hello Ana," in frame.text
    assert "/j/…" in frame.text
    assert choices_path(ana.id) not in frame.text
    assert "default-src 'none'" in frame.headers["Content-Security-Policy"]
    assert "script" not in frame.headers["Content-Security-Policy"]


def test_a_focal_point_previews_and_lists_people_of_their_countries_only(
    client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series
) -> None:
    nepal = client_of(cast.focal_point)
    page = nepal.get(f"{ONE_DAY}readers").text
    assert "Maya Gurung" in page
    assert "Ana" not in page
    for page in ("preview", "preview/html"):
        assert nepal.get(f"{ONE_DAY}{page}?person={cast.learner.id}").status_code == 404
    assert "Switch off" not in nepal.get(HERE).text
    assert nepal.post(f"{ONE_DAY}trial").status_code == 403


def test_the_list_tells_each_readers_own_hour_and_why_some_get_none(
    desk: FlaskClient, series: Series
) -> None:
    ana = session.scalars(select(Person).where(Person.name == "Ana")).one()
    with transaction():
        ana.zone = "America/Sao_Paulo"
    page = desk.get(f"{HERE}reminder_one_hour/readers").text
    assert "21:00 in Sao Paulo" in page
    assert "12:00 in Phnom Penh" in page
    started = desk.get(f"{HERE}reminder_started/readers").text
    assert "quiet hours, and it cannot move" in started


@pytest.mark.parametrize("is_planned", [False, True], ids=("not yet", "planned"))
def test_the_list_names_who_wants_no_reminders_whether_planned_or_not(
    desk: FlaskClient, series: Series, cast: Cast, *, is_planned: bool
) -> None:
    register(cast.learner, series, consents={"mail_reminders": False})
    if is_planned:
        with time_machine.travel(series.live_sessions[0].starts_at - timedelta(days=2)):
            plan_reminders()
    page = desk.get(f"{HERE}reminder_one_hour/readers").text
    assert page.count("wants no reminders") == 1
    register(cast.learner, series, consents={"mail_reminders": True})
    assert "wants no reminders" not in desk.get(f"{HERE}reminder_one_hour/readers").text


def test_a_test_goes_to_oneself_marked_and_with_nobodys_link(
    desk: FlaskClient, cast: Cast, series: Series
) -> None:
    answer = desk.post(f"{ONE_DAY}trial", follow_redirects=True)
    assert "A test is on its way to aisyah@example.org" in answer.text
    message = session.scalars(select(Message).where(Message.kind == "trial_message")).one()
    assert message.subject.startswith("[Test] ")
    assert message.text.startswith("[Test]\n\nHello Aisyah")
    assert "/j/" not in message.text
    assert choices_path(cast.organiser.id) in message.text
    deliver_due()
    assert session.scalar(select(Message.state).where(Message.id == message.id)) == "sent"


def test_tests_are_few_an_hour_and_go_to_proved_addresses_only(
    desk: FlaskClient, cast: Cast, series: Series
) -> None:
    for _each in range(6):
        desk.post(f"{ONE_DAY}trial")
    assert "Enough tests" in desk.post(f"{ONE_DAY}trial", follow_redirects=True).text
    with transaction() as current:
        current.execute(update(EmailAddress).values(verified_at=None))
    session.expire_all()
    assert "Prove your mail address" in desk.post(f"{ONE_DAY}trial", follow_redirects=True).text


def test_a_personal_link_stays_its_readers(desk: FlaskClient, series: Series, cast: Cast) -> None:
    registration = register(somebody("Lin"), series)
    page = desk.get(f"{ONE_DAY}preview?person={registration.person_id}").text
    assert link_path(registration) not in page
