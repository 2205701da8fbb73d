"""Recomputing a series: the same rows from the same evidence, whatever stood there before."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, true, update

from academy.attendance.models import Attendance, Identity, Match, Tally
from academy.attendance.recomputing.attendance import compute_attendances
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.rules.rules import Rules
from academy.attendance.service import exclude, find_standing, import_attendance, record_presence
from academy.attendance.service.digest import digest_of
from academy.attendance.service.presence import compute_attendance, read_rules
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.attendance.worlds import Fact, facts, make_series, rules, store_facts
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
GUEST = ("Mr. Nobody", "", "14:10:00", "14:40:00")
in_one_transaction = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def series(live_session: LiveSession, siti: Person) -> Series:
    """Return a series with a file and a tick."""
    import_attendance(live_session, zoom_file([SITI, GUEST]), "zoom.csv")
    record_presence(live_session, siti.id, "roll")
    return live_session.series


def _rows() -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(select(
        Attendance.id, Attendance.person_id, Attendance.identity_id, Attendance.intervals,
        Attendance.minutes, Attendance.computed_at,
    ).order_by(Attendance.id))]  # fmt: skip


def test_a_second_recomputation_writes_nothing(series: Series) -> None:
    before = _rows()
    changes = recompute_series(series.id)
    assert (changes.kept, changes.added, changes.changed, changes.removed) == (2, 0, 0, 0)
    assert _rows() == before


@pytest.mark.parametrize("table", [Attendance, Tally, Match])
def test_what_was_lost_is_made_anew_from_the_evidence(
    series: Series, table: type[Attendance | Tally | Match]
) -> None:
    before = digest_of(series.id)
    with transaction():
        of_the_ladder = Match.rule == "email" if table is Match else true()
        session.execute(delete(table).where(of_the_ladder))
    assert digest_of(series.id) != before
    recompute_series(series.id)
    assert digest_of(series.id) == before


def test_what_somebody_wrote_into_the_rows_is_put_right(series: Series) -> None:
    before = digest_of(series.id)
    with transaction():
        session.execute(update(Attendance).values(minutes=7, intervals=[]))
        session.execute(update(Tally).values(matched=40))
    changes = recompute_series(series.id)
    assert (changes.changed, digest_of(series.id)) == (2, before)


def test_a_row_without_evidence_goes(series: Series, budi: Person) -> None:
    before = digest_of(series.id)
    with transaction():
        row = Attendance(live_session_id=series.live_sessions[0].id, person_id=budi.id, minutes=3)
        session.add(row)
    assert recompute_series(series.id).removed == 1
    assert digest_of(series.id) == before


def test_the_rules_in_force_are_applied(series: Series) -> None:
    with transaction():
        series.smallest_stay = 45
    recompute_series(series.id)
    assert [row[4] for row in _rows()] == [60]
    with transaction():
        series.smallest_stay, series.breaks = 0, [[0, 20]]
    recompute_series(series.id)
    assert sorted(row[4] for row in _rows() if isinstance(row[4], int)) == [20, 40]


def test_a_series_without_evidence_has_nothing_to_say(app: Flask) -> None:
    with transaction():
        series, _people = make_series()
    assert recompute_series(series.id).evidence == 0
    assert session.scalars(select(Tally)).all() == []


@given(told=facts, applied=rules())
@in_one_transaction
def test_the_whole_series_at_once_is_the_same_as_each_live_session_alone(
    app: Flask, told: list[Fact], applied: Rules
) -> None:
    with transaction() as current:
        savepoint = current.begin_nested()
        series = _world(told, applied)
        for live_session in series.live_sessions:
            compute_attendance(live_session)
        one_by_one = digest_of(series.id)
        again = compute_attendances(series.live_sessions, read_rules(series.id))
        assert (again.added, again.changed, again.removed) == (0, 0, 0)
        session.execute(delete(Attendance))
        session.execute(delete(Tally))
        compute_attendances(series.live_sessions, read_rules(series.id))
        assert digest_of(series.id) == one_by_one
        savepoint.rollback()
        session.expire_all()


def _world(told: list[Fact], applied: Rules) -> Series:
    series, people = make_series()
    for name, value in applied.as_json().items():
        setattr(series, name, value)
    session.flush()
    store_facts(series, people, told)
    return series


@given(order=st.permutations(range(4)), decided_after=st.integers(0, 4))
@in_one_transaction
def test_the_order_of_files_and_decisions_makes_no_difference(
    live_session: LiveSession, siti: Person, cast: Cast, order: list[int], decided_after: int
) -> None:
    staff = cast.organiser.id
    with transaction() as current:
        savepoint = current.begin_nested()
        expected = _digest_of(live_session, staff, list(range(4)), 4)
        savepoint.rollback()
        session.expire_all()
        savepoint = current.begin_nested()
        found = _digest_of(live_session, staff, order, decided_after)
        recompute_series(live_session.series_id)
        assert digest_of(live_session.series_id) == found == expected
        savepoint.rollback()
        session.expire_all()


#: Four files of one live session, none a version of another, and what is decided about one name.
FILES = (
    [SITI, ("Ravi Kumar", "", "14:00:00", "14:20:00")],
    [("Siti Aminah", "siti@example.org", "14:50:00", "16:00:00")],
    [GUEST, ("Ravi Kumar", "", "15:00:00", "15:20:00")],
    [("Otter.ai", "", "14:00:00", "16:30:00"), ("Ravi Kumar", "", "15:10:00", "15:50:00")],
)


def _digest_of(live_session: LiveSession, staff: int, order: list[int], decided_after: int) -> str:
    for place, number in enumerate(order):
        if place == decided_after:
            _decide(live_session, staff)
        import_attendance(live_session, zoom_file(FILES[number]), f"{number}.csv")
    _decide(live_session, staff)
    recompute_series(live_session.series_id)
    return digest_of(live_session.series_id)


def _decide(live_session: LiveSession, staff: int) -> None:
    """Say that Mr. Nobody is staff, once he has been seen."""
    statement = select(Identity).where(
        Identity.live_session_id == live_session.id, Identity.shown_name == GUEST[0]
    )
    identity = session.scalars(statement).first()
    if identity is not None and find_standing(identity.id) is None:
        exclude(identity, "staff", seen=None, actor_id=staff)
