"""What follows from the demonstration's six files, loaded once for all of these tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select

from academy import db
from academy.attendance.models import Attendance, Identity, ListeningPoint
from academy.db import session
from academy.figures.queries import find_head, read_ledger, report_attendance, report_registrations
from academy.people.queries import find_person_by_address
from academy.programme.models import Registration, Series
from academy.site.demo import next_round
from academy.site.demo.accounts import demo_learner
from academy.site.demo.facts import ATTENDED, HOST_NAME, SLUG, UNMATCHED
from academy.site.demo.loading import DemoReport, load_demo


@pytest.fixture(scope="module")
def loaded(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoReport]:
    """Load the demonstration into an empty academy; these tests only read it."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield load_demo(tmp_path_factory.mktemp("demo"))
        db.session.remove()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
        outer.rollback()


def test_who_registered_follows_from_the_file(loaded: DemoReport) -> None:
    head = find_head(SLUG)
    assert head is not None
    figures = report_registrations(read_ledger(head))
    assert (figures["registrants"], figures["countries"]) == (212, 32)
    assert figures["regions"]["asia"] == {"registrants": 195, "countries": 16}
    assert figures["regions"]["elsewhere"] == {"registrants": 17, "countries": 16}
    assert figures["regions"]["unknown"] == {"registrants": 0, "countries": 0}


def test_who_came_follows_from_the_files(loaded: DemoReport) -> None:
    head = find_head(SLUG)
    assert head is not None
    figures = report_attendance(read_ledger(head))
    assert [each["attended"] for each in figures["live_sessions"]] == list(ATTENDED)
    assert [each["unmatched"] for each in figures["live_sessions"]] == list(UNMATCHED)
    assert (figures["mean"], figures["largest"], figures["smallest"]) == (55.0, 74, 37)
    assert figures["attendances"] == 275
    assert 0 < figures["attended_all"] < figures["returning"] < figures["people"]


def test_two_halls_listened_besides_and_change_none_of_the_published_numbers(
    loaded: DemoReport,
) -> None:
    head = find_head(SLUG)
    assert head is not None
    figures = report_attendance(read_ledger(head))
    points = [each["listening_points"] for each in figures["live_sessions"]]
    assert [(each["points"], each["people"]) for each in points] == [
        (0, 0), (1, 5), (0, 0), (1, 12), (0, 0),
    ]  # fmt: skip
    assert figures["attendances_reached"] == 275 + 17
    assert figures["connections"] > figures["attendances_reached"]
    hall = session.scalars(select(ListeningPoint).order_by(ListeningPoint.id)).first()
    assert hall is not None
    assert hall.device is not None


def test_the_imports_refuse_no_row_and_leave_work_for_the_review_desk(loaded: DemoReport) -> None:
    assert loaded.registrations is not None
    assert (loaded.registrations.created, loaded.registrations.refused) == (212, ())
    assert [report.refused for report in loaded.attendance] == [[]] * 5
    assert all(report.suggested > 0 for report in loaded.attendance)


def test_hosts_bots_and_those_who_only_waited_are_no_attendees(loaded: DemoReport) -> None:
    statement = select(Identity.role, func.count()).where(Identity.excluded_because != "")
    rows = session.execute(statement.group_by(Identity.role).order_by(Identity.role))
    assert [tuple(row) for row in rows] == [("bot", 4), ("host", 10), ("waiting", 2)]


def test_every_page_of_it_can_say_that_it_is_illustrative(loaded: DemoReport) -> None:
    series = session.scalars(select(Series)).all()
    assert {each.slug for each in series} == {SLUG, next_round.SLUG}
    assert all("demonstration" in each.illustrative for each in series)
    assert all(each.status == "published" for each in series)


def test_the_next_round_is_still_to_come_and_has_places_left(loaded: DemoReport) -> None:
    series = session.scalars(select(Series).where(Series.slug == next_round.SLUG)).one()
    assert series.takes_registrations
    assert len(series.live_sessions) == 5
    assert not any(each.is_over for each in series.live_sessions)
    assert {(each.capacity, each.places_taken) for each in series.live_sessions} == {(100, 38)}
    assert all(HOST_NAME in each.hosts for each in series.live_sessions)


def test_the_learner_is_one_of_the_registrants_and_came_to_all(loaded: DemoReport) -> None:
    person = find_person_by_address(demo_learner().email)
    assert person is not None
    came = select(func.count()).where(Attendance.person_id == person.id)
    assert session.scalar(came) == 5
    registered = select(Registration.series_id).where(Registration.person_id == person.id)
    assert len(session.scalars(registered).all()) == 1
