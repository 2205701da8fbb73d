"""The page of whoever hosts a listening point: asked plainly, changed, taken back, never lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.attendance.models import Attendance, ListeningPoint
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.cast import Cast

HERE = "/listening-points/may-1/"
HALL = {"place": "Balai Desa Sukamaju", "country": "ID", "version": "0"}
ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def host(live_session: LiveSession, siti: Person, client_of: ClientOf) -> FlaskClient:
    """Return the browser of Siti, who hosts a room in a live session that goes on now."""
    with transaction():
        live_session.starts_at = now() - timedelta(minutes=30)
    return client_of(siti)


def _point() -> ListeningPoint:
    session.expire_all()
    return session.scalars(select(ListeningPoint)).one()


def test_the_page_of_the_live_session_leads_there(host: FlaskClient) -> None:
    assert HERE in host.get("/live-sessions/may-1/").text
    assert "Are several people with you on this device?" in host.get(HERE).text


def test_a_host_tells_numbers_and_names_in_one_form(
    host: FlaskClient, siti: Person, budi: Person
) -> None:
    answer = host.post(
        HERE, data={**HALL, "women": "12", "men": "3", "names": "Budi Hartono\n\n  Ibu  Ani "},
        follow_redirects=True,
    )  # fmt: skip
    point = _point()
    assert (point.women, point.men, point.others, point.hosted_by) == (12, 3, 0, siti.id)
    assert [one.typed for one in point.named] == ["Budi Hartono", "Ibu Ani"]
    assert "18 people at “Balai Desa Sukamaju”, yourself among them" in answer.text
    came = set(session.scalars(select(Attendance.person_id)))
    assert came == {siti.id, budi.id, None}


def test_what_was_told_stands_in_the_form_and_can_be_changed(host: FlaskClient) -> None:
    host.post(HERE, data={**HALL, "women": "12"})
    page = host.get(HERE).text
    assert 'value="12"' in page
    assert "Take it back" in page
    host.post(HERE, data={**HALL, "women": "14", "version": "1"})
    assert (_point().women, _point().version) == (14, 2)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("women", "-1", "Write a number between 0 and 500."),
        ("women", "9" * 40, "Write a number between 0 and 500."),
        ("women", "501", "Write a number between 0 and 500."),
        ("women", "many", "Write a whole number, such as 12."),
        ("men", "2.5", "Write a whole number, such as 12."),
        ("women", "", "Say how many people are with you, by number or by name."),
        ("place", "   ", "Write the name of the place."),
        ("names", "a@example.org b@example.org", "is no single person"),
        ("until_minute", "999", "These minutes do not lie within the live session."),
    ],
)
def test_what_cannot_be_is_said_at_its_question_and_what_was_typed_is_kept(
    host: FlaskClient, field: str, value: str, words: str
) -> None:
    data = {**HALL, "women": "" if field in {"women", "men"} else "4", field: value}
    answer = host.post(HERE, data=data)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert session.scalars(select(ListeningPoint)).all() == []
    assert not value.strip() or value in answer.text


def test_a_number_in_the_digits_of_another_script_is_a_number(host: FlaskClient) -> None:
    host.post(HERE, data={**HALL, "women": "१२"})
    assert _point().women == 12


def test_who_changes_what_an_organiser_changed_meanwhile_is_told_and_keeps_her_words(
    host: FlaskClient, cast: Cast
) -> None:
    host.post(HERE, data={**HALL, "women": "12"})
    desk = service.Actor(cast.organiser.id, at_desk=True)
    facts = PointFacts("Balai Desa", women=9)
    service.change_point(_point(), facts, _point().hosted_by, seen=1, actor=desk)
    answer = host.post(HERE, data={**HALL, "women": "15", "version": "1"})
    assert (answer.status_code, _point().women) == (409, 9)
    assert "Somebody changed this while you were writing" in answer.text
    assert 'value="15"' in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text


def test_a_button_that_is_pressed_twice_stores_one_point(host: FlaskClient) -> None:
    for _ in range(2):
        assert host.post(HERE, data={**HALL, "women": "12"}).status_code == 302
    assert (_point().women, _point().version) == (12, 1)


def test_it_is_taken_back_and_brought_back(host: FlaskClient, siti: Person) -> None:
    host.post(HERE, data={**HALL, "women": "12"})
    page = host.post(HERE + "withdrawal", follow_redirects=True).text
    assert "Bring it back" in page
    assert session.scalars(select(Attendance)).all() == []
    host.post(HERE + "withdrawal/undo")
    assert _point().withdrawn_at is None
    assert session.scalars(select(Attendance.person_id)).all() == [siti.id]


@pytest.mark.parametrize(
    ("minutes", "words"), [(-60, "once the door opens"), (60 * 24 * 3, "until two days after")]
)
def test_outside_its_time_the_page_says_so_and_stores_nothing(
    host: FlaskClient, live_session: LiveSession, minutes: int, words: str
) -> None:
    with transaction():
        held = session.get_one(LiveSession, live_session.id)
        held.starts_at = now() - timedelta(minutes=minutes)
    assert words in host.get(HERE).text
    assert host.post(HERE, data={**HALL, "women": "12"}).status_code == 422
    assert session.scalars(select(ListeningPoint)).all() == []
    assert HERE not in host.get("/live-sessions/may-1/").text


def test_no_list_of_people_can_be_drawn_from_it(host: FlaskClient, budi: Person) -> None:
    known = host.post(HERE, data={**HALL, "names": "budi@example.org"}, follow_redirects=True).text
    assert budi.name not in known
    token = 'name="csrf_token"'
    data = {**HALL, "names": "nobody@example.org", "version": "1"}
    unknown = host.post(HERE, data=data, follow_redirects=True).text
    assert known.replace("budi@", "nobody@").count(token) == unknown.count(token)
    assert len(known.replace("budi@", "nobody@")) == len(unknown)


def test_only_the_registered_host(
    host: FlaskClient, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    assert "/sign-in" in client.get(HERE).headers["Location"]
    assert client_of(cast.learner).get(HERE).status_code == 404
    assert host.get("/listening-points/none/").status_code == 404
    assert host.get(HERE + "withdrawal").status_code == 405


def test_what_was_typed_is_never_run(host: FlaskClient) -> None:
    data = {**HALL, "place": "<script>alert(1)</script>", "names": "<b>=cmd()</b>"}
    page = host.post(HERE, data=data, follow_redirects=True).text
    assert "<script>alert" not in page
    assert "<b>=cmd" not in page
