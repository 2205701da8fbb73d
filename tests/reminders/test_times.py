"""When a reminder is due: five clocks, quiet hours, and both nights of the clock change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.messaging.quiet import Quiet, end_of_quiet, is_quiet
from academy.reminders.times import due_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT, NEVER = Quiet(), Quiet(0, 0)
#: 14:00 in Kuala Lumpur.
START = datetime(2026, 5, 2, 6, 0, tzinfo=UTC)
ZONES = ("Asia/Kathmandu", "Asia/Kabul", "Australia/Lord_Howe", "America/New_York",
         "America/Sao_Paulo", "Asia/Kuala_Lumpur", "Africa/Casablanca", "UTC")  # fmt: skip


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %H:%M}"


@pytest.mark.parametrize(
    ("zone", "hour_before", "day_before"),
    [
        ("Asia/Kathmandu", "Sat 10:45", "Fri 11:45"),
        ("Asia/Kabul", "Sat 09:30", "Fri 10:30"),
        ("Australia/Lord_Howe", "Sat 15:30", "Fri 16:30"),
        # 02:00 on the night of the live session: nobody is woken, and nobody misses it.
        ("America/New_York", "Fri 21:00", "Thu 21:00"),
        ("America/Sao_Paulo", "Fri 21:00", "Thu 21:00"),
    ],
)
def test_everybody_is_reminded_in_a_waking_hour(
    zone: str, hour_before: str, day_before: str
) -> None:
    there = ZoneInfo(zone)
    assert _local(due_at(START, HOUR, there, NIGHT), zone) == hour_before
    assert _local(due_at(START, DAY, there, NIGHT), zone) == day_before


def test_who_has_no_quiet_hours_is_reminded_at_any_hour() -> None:
    assert due_at(START, HOUR, ZoneInfo("America/New_York"), NEVER) == START - HOUR


def test_quiet_hours_within_a_day_are_quiet_too() -> None:
    nap = Quiet(13 * 60, 14 * 60 + 30)
    assert _local(due_at(START, HOUR, ZoneInfo("Asia/Kuala_Lumpur"), nap), ZONES[5]) == "Sat 13:00"


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # 02:30 that is not there
        ("America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),  # 01:30 for the second time
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),  # half an hour forth
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 15, tzinfo=UTC)),  # half an hour back
    ],
)
def test_in_a_night_of_the_clock_change_it_is_nine_in_the_evening(
    zone: str, start: datetime
) -> None:
    due = due_at(start, HOUR, ZoneInfo(zone), NIGHT)
    assert _local(due, zone)[4:] == "21:00"
    assert timedelta() < start - due < DAY


def test_quiet_hours_that_begin_in_the_hour_that_comes_twice_begin_the_first_time() -> None:
    zone = ZoneInfo("America/New_York")
    second_half_past_one = datetime(2026, 11, 1, 6, 45, tzinfo=UTC)
    due = due_at(second_half_past_one, timedelta(), zone, Quiet(90, 7 * 60))
    assert due == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
QUIET = st.builds(Quiet, st.integers(0, 1439), st.integers(0, 1439))


@given(MOMENTS, st.sampled_from(ZONES), QUIET, st.sampled_from((HOUR, DAY, 3 * DAY)))
def test_a_reminder_is_never_later_than_asked_and_at_most_a_day_earlier(
    start: datetime, zone: str, quiet: Quiet, before: timedelta
) -> None:
    due = due_at(start, before, ZoneInfo(zone), quiet)
    assert start - before - DAY - 2 * HOUR <= due <= start - before


@given(MOMENTS, st.sampled_from(ZONES), QUIET)
def test_what_waits_for_the_morning_waits_less_than_a_day_and_ends_awake(
    moment: datetime, zone: str, quiet: Quiet
) -> None:
    there = ZoneInfo(zone)
    later = end_of_quiet(moment, there, quiet)
    assert moment <= later <= moment + DAY + 2 * HOUR
    assert not is_quiet(later, there, quiet) or quiet.begins == quiet.ends % 1440
