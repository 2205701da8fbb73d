"""The weeks of the selection: closed before Monday morning comes anywhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from academy.discussion.weeks import Week, read_week, week_of

SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_week_ends_on_sunday_at_noon_and_the_next_begins() -> None:
    assert week_of(SUNDAY_NOON - timedelta(seconds=1)) == Week(2026, 47)
    assert week_of(SUNDAY_NOON) == Week(2026, 48)
    assert Week(2026, 47).closes_at == SUNDAY_NOON
    assert (Week(2026, 47).monday, Week(2026, 47).sunday) == (
        date(2026, 11, 16), date(2026, 11, 22),
    )  # fmt: skip


def test_it_is_closed_before_monday_morning_where_the_day_begins() -> None:
    in_the_east = datetime(2026, 11, 23, 7, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    assert Week(2026, 47).closes_at < in_the_east


def test_the_last_days_of_a_year_belong_to_the_week_that_iso_says() -> None:
    assert str(week_of(datetime(2026, 1, 1, tzinfo=UTC))) == "2026-01"
    assert str(week_of(datetime(2027, 1, 1, tzinfo=UTC))) == "2026-53"


@pytest.mark.parametrize(
    "text", ["2026-54", "2026-00", "2027-53", "26-01", "2026-1", "x", "2026-٠١"]
)
def test_what_is_no_week_is_none(text: str) -> None:
    assert read_week(text) is None


def test_a_week_is_read_as_it_is_written() -> None:
    assert read_week(str(Week(2026, 7))) == Week(2026, 7)
