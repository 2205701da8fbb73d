"""Recomputing on two connections: the same rows as on one, and none by halves of a mistake."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update

from academy.attendance.models import Attendance, Match
from academy.attendance.recomputing import series as of_series
from academy.attendance.recomputing.attendance import compute_attendances
from academy.attendance.rules.rules import Rules
from academy.attendance.service import import_attendance
from academy.attendance.service.digest import digest_of
from academy.attendance.service.recomputes import Changes
from academy.db import session, transaction
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series
from tests.attendance.zoom_files import zoom_file
from tests.conftest import KIND

START = datetime(2020, 5, 2, 6, tzinfo=UTC)
WEEKS = 5


@pytest.fixture
def series_id(own_database: Flask) -> int:
    """Return a series of five weeks with one who is known and guests, where commits are real."""
    with transaction() as current:
        series = Series(slug="weeks", title="Weeks", zone="UTC", status="published")
        for number in range(WEEKS):
            series.live_sessions.append(LiveSession(
                slug=f"weeks-{number}", number=number, title="One", minutes=150, zone="UTC",
                starts_at=START + timedelta(days=number), status="published",
            ))  # fmt: skip
        siti = create_person("Siti Aminah", "siti@example.org", source="import")
        current.add_all([series, Registration(series=series, person=siti)])
    for number, live_session in enumerate(series.live_sessions):
        rows = [("Siti Aminah", "siti@example.org", "06:05:00", f"07:0{number}:00"),
                ("Guest of a Week", "", "06:10:00", "06:50:00")]  # fmt: skip
        day = f"05/{2 + number:02}/2020"
        data = zoom_file(rows).replace(b"05/02/2020", day.encode())
        import_attendance(live_session, data, f"{number}.csv")
    return series.id


@pytest.mark.parametrize("is_emptied", [True, False])
def test_two_halves_give_the_rows_of_the_whole(series_id: int, *, is_emptied: bool) -> None:
    expected = digest_of(series_id)
    with transaction():
        if is_emptied:
            session.execute(delete(Attendance))
            session.execute(delete(Match))
        else:
            session.execute(update(Attendance).values(minutes=1, intervals=[]))
    changes = of_series.recompute_series(series_id)
    assert (changes.added, changes.changed) == ((10, 0) if is_emptied else (0, 10))
    assert digest_of(series_id) == expected


def test_on_postgresql_a_second_connection_does_half(
    series_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: dict[str, int] = {}

    def watch(live_sessions: Sequence[LiveSession], rules: Rules) -> Changes:
        shares[threading.current_thread().name[:11]] = len(live_sessions)
        return compute_attendances(live_sessions, rules)

    monkeypatch.setattr(of_series, "compute_attendances", watch)
    of_series.recompute_series(series_id)
    expected = {"MainThread": 3, "second-half": 2} if KIND == "postgresql" else {"MainThread": 5}
    assert {name[:11]: count for name, count in expected.items()} == shares


def test_a_half_that_fails_is_told_and_can_be_done_again(
    series_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = digest_of(series_id)
    with transaction():
        session.execute(update(Attendance).values(minutes=1))

    def stumble(live_sessions: Sequence[LiveSession], rules: Rules) -> Changes:
        if live_sessions[-1].number == WEEKS - 1:
            raise RuntimeError("the last week")
        return compute_attendances(live_sessions, rules)

    with monkeypatch.context() as patched:
        patched.setattr(of_series, "compute_attendances", stumble)
        with pytest.raises(RuntimeError, match="the last week"):
            of_series.recompute_series(series_id)
    of_series.recompute_series(series_id)
    assert digest_of(series_id) == expected


def test_inside_a_transaction_nothing_is_done_elsewhere(series_id: int) -> None:
    expected = digest_of(series_id)
    with transaction():
        session.execute(delete(Attendance))
        of_series.recompute_series(series_id)
        assert digest_of(series_id) == expected
