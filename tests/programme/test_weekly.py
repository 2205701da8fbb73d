"""The hour on the clock stays, whatever summer time does."""

from datetime import datetime, timedelta

import pytest

from academy.programme.errors import BadStartError, StartMissingError, UnknownZoneError
from academy.programme.weekly import to_local, weekly_starts


@pytest.mark.parametrize(
    ("zone", "first", "hours"),
    [
        # Summer time begins on 28 March, 14 March and 3 October (half an hour),
        # and ends on 31 October.
        ("Europe/Berlin", "2021-03-20T14:00", ["13:00", "13:00", "12:00"]),
        ("Europe/Berlin", "2021-10-23T14:00", ["12:00", "12:00", "13:00"]),
        ("America/New_York", "2021-03-06T14:00", ["19:00", "19:00", "18:00"]),
        ("Australia/Lord_Howe", "2021-09-25T14:00", ["03:30", "03:30", "03:00"]),
        ("Asia/Kathmandu", "2021-03-20T14:00", ["08:15", "08:15", "08:15"]),
        ("Asia/Kuala_Lumpur", "2020-05-02T14:00", ["06:00", "06:00", "06:00"]),
    ],
)
def test_the_hour_on_the_clock_stays(zone: str, first: str, hours: list[str]) -> None:
    start = datetime.fromisoformat(first)
    starts = weekly_starts(start, zone, 3)
    assert [f"{each:%H:%M}" for each in starts] == hours
    assert [to_local(each, zone) for each in starts] == [
        start + timedelta(weeks=week) for week in range(3)
    ]


def test_a_start_that_the_clocks_skip_is_refused_with_its_date() -> None:
    with pytest.raises(StartMissingError) as caught:
        weekly_starts(datetime.fromisoformat("2021-03-14T02:30"), "Europe/Berlin", 3)
    assert caught.value.local == datetime.fromisoformat("2021-03-28T02:30")


def test_a_start_that_is_shown_twice_means_the_first() -> None:
    (start,) = weekly_starts(datetime.fromisoformat("2021-10-31T02:30"), "Europe/Berlin", 1)
    assert f"{start:%H:%M}" == "00:30"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "asia/kuala_lumpur"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZoneError):
        weekly_starts(datetime.fromisoformat("2021-10-31T02:30"), zone, 1)


def test_a_date_that_nobody_means_is_refused() -> None:
    with pytest.raises(BadStartError):
        weekly_starts(datetime.fromisoformat("9999-12-31T02:30"), "Europe/Berlin", 2)
