"""Who answers objections hears of new ones, an hour's together, and sees how many wait."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance import service
from academy.attendance.models import Objection
from academy.attendance.objections.news import find_open, tell_of_objections, write_news
from academy.attendance.service import Word
from academy.db import session, transaction
from academy.messaging.models import Notice
from academy.messaging.notices import Waiting
from academy.people.models import Person, RoleGrant
from academy.people.service import create_person
from academy.programme.models import LiveSession
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def said(recent: LiveSession, siti: Person, cast: Cast) -> Objection:
    """Return what Siti of Malaysia says."""
    _staff(cast)
    return service.object_to(recent, siti.id, Word("was_there"))


def _staff(cast: Cast) -> None:
    """Let the cast be in the database."""
    assert cast.organiser.id
    assert cast.administrator.id


def _focal_point(country: str) -> Person:
    with transaction() as current:
        person = create_person(f"Focal {country}", f"{country.lower()}@focal.example")
        current.add(RoleGrant(person_id=person.id, role="focal_point", country=country))
    return person


def _told() -> dict[int, str]:
    """Return the page that each was told of."""
    statement = select(Notice.person_id, Notice.path).where(Notice.kind == "objections")
    return {row[0]: row[1] for row in session.execute(statement)}


def test_organisers_hear_of_it_and_so_does_the_focal_point_of_that_country(
    said: Objection, cast: Cast
) -> None:
    malaysia, nepal = _focal_point("MY"), _focal_point("NP")
    tell_of_objections()
    told = _told()
    assert told[cast.organiser.id] == "/desk/live-sessions/may-1/attendance/review/?show=objections"
    assert told[malaysia.id] == "/desk/live-sessions/may-1/attendance/"
    assert nepal.id not in told
    assert cast.learner.id not in told


def test_the_hours_objections_are_one_piece_of_news_and_nothing_is_told_twice(
    said: Objection, recent: LiveSession, budi: Person, cast: Cast
) -> None:
    service.object_to(recent, budi.id, Word("not_me"))
    assert tell_of_objections() > 0
    assert tell_of_objections() == 0
    statement = select(Notice).where(Notice.person_id == cast.organiser.id)
    [notice] = session.scalars(statement).all()
    [words] = write_news([_waiting(notice)]).values()
    assert words.title == "2 people say that their attendance of Principles is not right"


def _waiting(notice: Notice, language: str = "en") -> Waiting:
    return Waiting(notice.id, notice.person_id, notice.occasion, language, notice.facts)


def test_what_somebody_says_later_is_told_of_again(
    said: Objection, recent: LiveSession, budi: Person
) -> None:
    tell_of_objections()
    service.object_to(recent, budi.id, Word("was_there"))
    assert tell_of_objections() > 0


def test_what_was_answered_meanwhile_is_not_told(said: Objection, cast: Cast) -> None:
    malaysia, nepal = _focal_point("MY"), _focal_point("NP")
    tell_of_objections()
    waiting = [_waiting(notice) for notice in session.scalars(select(Notice))]
    assert {one.person_id for one in waiting} == set(_told())
    assert find_open(waiting) == {one.id for one in waiting}
    stranger = Waiting(0, nepal.id, "", "en", waiting[0].facts)
    assert find_open([stranger]) == set()
    service.decline_objection(said, seen=said.version, actor_id=cast.organiser.id, reply="No.")
    assert find_open(waiting) == set()
    assert malaysia.id in _told()


def test_it_is_told_without_names_in_the_language_of_the_reader(said: Objection) -> None:
    tell_of_objections()
    notice = session.scalars(select(Notice)).first()
    assert notice is not None
    for language, word in (("en", "waits"), ("id", "jawaban"), ("th", "waits")):
        [words] = write_news([_waiting(notice, language)]).values()
        assert word in words.text
        assert "Siti" not in words.title + words.text


def test_what_was_said_long_ago_is_no_news(said: Objection) -> None:
    with transaction():
        said.changed_at -= timedelta(days=3)
    assert tell_of_objections() == 0


def test_the_pages_of_the_desk_say_how_many_wait(
    said: Objection, client_of: ClientOf, cast: Cast
) -> None:
    desk = client_of(cast.organiser)
    assert "1 waits for an answer" in desk.get("/desk/series/may/").text
    attendance = desk.get("/desk/live-sessions/may-1/attendance/").text
    assert "Answer objections (1)" in attendance
    assert "Siti Aminah" in desk.get("/desk/objections/?series=may").text
    assert desk.get("/desk/objections/?series=none").status_code == 404
    again = session.get_one(Objection, said.id)
    service.decline_objection(again, seen=again.version, actor_id=cast.organiser.id, reply="No.")
    assert "none waits for an answer" in desk.get("/desk/series/may/").text
    assert "Answer objections" not in desk.get("/desk/live-sessions/may-1/attendance/").text


def test_a_focal_point_is_shown_no_count_of_other_countries(
    said: Objection, client_of: ClientOf, cast: Cast
) -> None:
    page = client_of(cast.focal_point).get("/desk/live-sessions/may-1/attendance/").text
    assert "Answer objections" not in page
