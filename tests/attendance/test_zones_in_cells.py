"""Moments that name their own zone or offset, as ISO 8601 does: they are on UTC's clock."""

import datetime as dt

import pytest

from academy.attendance.models import Evidence
from academy.attendance.reading.files import as_json, read_attendance
from academy.attendance.service import import_attendance, offer_file
from academy.db import session
from academy.programme.models import LiveSession
from tests.attendance.files import Z2, csv

ON = dt.date(2020, 5, 2)
THERE = [["2020-05-02T06:00:00", "2020-05-02T08:20:00"]]


def _row(joined: str, left: str, name: str = "Siti") -> str:
    return f"{name},,{joined},{left},140,Yes"


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("2020-05-02T06:00:00Z", "2020-05-02T08:20:00Z"),
        ("2020-05-02T14:00:00+08:00", "2020-05-02T16:20:00+08:00"),
        ("2020-05-02 14:00:00 +0800", "2020-05-02 10:20:00 +0200"),
        ("2020-05-01T20:15:00.000-09:45", "2020-05-02T08:20:00Z"),
        ("5/2/2020 2:00:00 PM GMT+8", "5/2/2020 4:20:00 PM GMT+8"),
        ("2020-05-02T06:00:00 UTC", "2020-05-02T13:50:00+05:30"),
    ],
)
def test_an_offset_is_taken_off(joined: str, left: str) -> None:
    found = as_json(
        read_attendance(csv(Z2, _row(joined, left)), "z.csv", zone="Asia/Kuala_Lumpur", on=ON)
    )
    [person] = found["people"]
    assert (found["zone"], person["intervals"]) == ("UTC", THERE)


def test_a_date_that_an_offset_moves_over_midnight_is_the_day_before() -> None:
    data = csv(Z2, _row("2020-05-03T01:00:00+08:00", "2020-05-03T02:00:00+08:00"))
    intervals = as_json(read_attendance(data, "z.csv"))["people"][0]["intervals"]
    assert intervals == [["2020-05-02T17:00:00", "2020-05-02T18:00:00"]]


def test_a_row_on_another_clock_than_the_file_is_refused_with_the_reason() -> None:
    plain = [_row("2020-05-02 14:00:00", "2020-05-02 16:20:00", name) for name in "ABC"]
    zoned = [_row("2020-05-02T06:00:00Z", "2020-05-02T08:20:00Z", name) for name in "DEF"]
    for rows, odd, zone in ((plain, zoned[0], None), (zoned, plain[0], "UTC")):
        file = read_attendance(csv(Z2, *rows, odd), "z.csv")
        assert (len(file.people), file.zone) == (3, zone)
        assert [row.number for row in file.refused] == [5]
        assert "names a time zone" in file.refused[0].why


def test_such_a_file_finds_its_live_session_without_a_question(live_session: LiveSession) -> None:
    data = csv(Z2, _row("2020-05-02T06:00:00Z", "2020-05-02T08:20:00Z"))
    offered = offer_file(live_session.series, data, "z.csv").file
    assert (offered.state, offered.facts["share"], offered.facts["own_zone"]) == (
        "ready", 100, "UTC"
    )  # fmt: skip
    import_attendance(live_session, data, "z.csv")
    assert session.query(Evidence).one().joined_at == dt.datetime(2020, 5, 2, 6, tzinfo=dt.UTC)
