"""When news leaves: on the reader's clock, on the days on which it is changed too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from academy.messaging.quiet import Quiet
from academy.messaging.rhythms import AT_ONCE, DAILY, WEEKLY, leaves_at

#: A zone, the day of a change of its clock, and how many hours lie between the mornings of the day
#: before and of that day.
CHANGES = [
    ("America/New_York", "2026-03-08", 23), ("America/New_York", "2026-11-01", 25),
    ("Australia/Lord_Howe", "2026-10-04", 23.5), ("Australia/Lord_Howe", "2026-04-05", 24.5),
    ("America/Sao_Paulo", "2018-11-04", 23), ("America/Sao_Paulo", "2018-02-18", 25),
    ("Europe/Berlin", "2026-03-29", 23), ("Europe/Berlin", "2026-10-25", 25),
    # Their clocks stand at odd quarters, and are never changed.
    ("Asia/Kathmandu", "2026-03-29", 24), ("Asia/Kabul", "2026-10-25", 24),
]  # fmt: skip


@pytest.mark.parametrize(("name", "day", "hours"), CHANGES)
def test_the_morning_is_seven_on_the_wall_after_the_clock_was_changed(
    name: str, day: str, hours: float
) -> None:
    zone = ZoneInfo(name)
    before = datetime.fromisoformat(day).replace(hour=7, tzinfo=zone) - timedelta(days=1)
    before = before.astimezone(UTC)
    leaves = leaves_at(DAILY, before, zone, Quiet())
    assert leaves.astimezone(zone).strftime("%Y-%m-%d %H:%M") == f"{day} 07:00"
    assert leaves - before == timedelta(hours=hours)


@pytest.mark.parametrize(("name", "day", "_hours"), CHANGES)
def test_every_quarter_of_an_hour_of_such_a_night_leads_to_one_morning(
    name: str, day: str, _hours: float
) -> None:
    zone = ZoneInfo(name)
    evening = datetime.fromisoformat(day).replace(hour=7, tzinfo=zone) - timedelta(days=1)
    moments = [evening.astimezone(UTC) + timedelta(minutes=15 * step) for step in range(90)]
    found = {leaves_at(DAILY, one, zone, Quiet()) for one in moments}
    assert len(found) == 1
    assert min(found) > max(moments)


def test_weekly_is_the_next_monday_and_never_this_very_moment() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    monday = datetime(2026, 11, 23, 7, tzinfo=zone).astimezone(UTC)
    assert leaves_at(WEEKLY, monday - timedelta(minutes=1), zone, Quiet()) == monday
    assert leaves_at(WEEKLY, monday, zone, Quiet()) == monday + timedelta(days=7)


def test_whoever_sleeps_longer_gets_the_news_as_the_quiet_hours_end() -> None:
    zone, late = ZoneInfo("Asia/Kabul"), Quiet(23 * 60, 9 * 60)
    eight = datetime(2026, 11, 23, 8, tzinfo=zone).astimezone(UTC)
    assert leaves_at(DAILY, eight, zone, late) == eight + timedelta(hours=1)


def test_at_once_waits_a_little_for_more_and_keeps_out_of_the_night() -> None:
    zone = ZoneInfo("Asia/Kabul")
    noon = datetime(2026, 11, 23, 12, tzinfo=zone).astimezone(UTC)
    assert leaves_at(AT_ONCE, noon, zone, Quiet()) == noon + timedelta(minutes=5)
    night = datetime(2026, 11, 23, 22, tzinfo=zone).astimezone(UTC)
    morning = datetime(2026, 11, 24, 7, tzinfo=zone).astimezone(UTC)
    assert leaves_at(AT_ONCE, night, zone, Quiet()) == morning
