"""An hour on each reader's own clock: in every zone, and in the nights in which clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.i18n.zones import zone_of
from academy.messaging.quiet import Quiet
from academy.reminders.announcements.hours import Clock, clock_of, hour_on

AWAKE = Quiet(0, 0)
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = (
    "Asia/Kathmandu", "Asia/Kabul", "Australia/Lord_Howe", "America/New_York",
    "America/Sao_Paulo", "Asia/Kuala_Lumpur", "Pacific/Chatham", "UTC",
)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "local_at", "at"),
    [
        ("Asia/Kathmandu", "2026-12-02T09:00", "2026-12-02T03:15"),
        ("Asia/Kabul", "2026-12-02T09:00", "2026-12-02T04:30"),
        # The clock goes back: 01:30 comes twice, and the first one is meant.
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45"),
        # The clock jumps over it: as long after the jump as it would have been.
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45"),
    ],
)
def test_an_hour_is_what_the_readers_clock_shows(zone: str, local_at: str, at: str) -> None:
    found = hour_on(Clock(zone, AWAKE), local_at, LONG_BEFORE)
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (found.is_late, found.is_moved) == (False, False)


@pytest.mark.parametrize(
    ("zone", "at", "until"),
    [
        ("America/New_York", "2027-03-14T06:00", "2027-03-14T11:00"),  # a night of 9 hours
        ("America/New_York", "2026-11-01T04:00", "2026-11-01T12:00"),  # one of 11
        ("Australia/Lord_Howe", "2026-10-03T14:00", "2026-10-03T20:00"),
        ("Asia/Kathmandu", "2026-12-02T20:00", "2026-12-03T01:15"),
    ],
)
def test_who_sleeps_gets_it_at_seven_also_when_the_clock_changes(
    zone: str, at: str, until: str
) -> None:
    found = hour_on(Clock(zone, Quiet()), "", datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert found.at == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert found.is_moved


def test_an_hour_that_has_passed_there_is_now_and_says_so() -> None:
    at = datetime(2026, 12, 2, 4, tzinfo=UTC)
    found = hour_on(Clock("Asia/Kathmandu", AWAKE), "2026-12-02T09:00", at)
    assert (found.at, found.is_late) == (at, True)


def test_whose_zone_nobody_knows_lives_where_the_series_does() -> None:
    assert clock_of("", None, None, "Asia/Manila") == Clock("Asia/Manila", Quiet())
    assert clock_of("Mars/Base", 60, 120, "Asia/Manila") == Clock("Asia/Manila", Quiet(60, 120))


@given(
    zone=st.sampled_from(ZONES),
    local=st.datetimes(datetime(2026, 1, 2), datetime(2028, 1, 1)),  # noqa: DTZ001  on a wall
    begins=st.integers(0, 1439),
    ends=st.integers(0, 1439),
    late=st.integers(-3_000, 3_000),
)
def test_it_is_never_early_never_in_the_night_and_never_a_day_late(
    zone: str, local: datetime, begins: int, ends: int, late: int
) -> None:
    clock, quiet = zone_of(zone), Quiet(begins, ends)
    asked = local.replace(second=0, microsecond=0)
    at = asked.replace(tzinfo=clock).astimezone(UTC) + timedelta(minutes=late)
    found = hour_on(Clock(zone, quiet), f"{asked:%Y-%m-%dT%H:%M}", at)
    earliest = max(at, asked.replace(tzinfo=clock).astimezone(UTC))
    assert earliest <= found.at <= earliest + timedelta(hours=25)
    shown = found.at.astimezone(clock).time()
    # An end that the clock jumps over is read as it would have been, an hour later at most.
    assert not quiet.holds(shown) or found.at - earliest < timedelta(hours=25)
    assert found.is_moved == (found.at != earliest)
