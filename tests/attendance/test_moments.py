"""Moments of files: how they are written, and in which order day and month stand."""

import datetime as dt

import pytest

from academy.attendance.reading.moments import DateText, Moment, MomentReader, NotAMoment
from academy.attendance.reading.ordering import TWO_ORDERS, Calendar, Ordering, decide_order


def _moments(*cells: str) -> list[Moment]:
    reader = MomentReader()
    return [reader.read(cell) for cell in cells]


def _dates(*cells: str) -> list[DateText]:
    return [moment.date for moment in _moments(*cells) if moment.date]


def _local(cell: str, on: dt.date | None = None) -> str | None:
    [moment] = _moments(cell)
    ordering = decide_order([moment.date] if moment.date else [])
    found = Calendar(ordering, on).certain(moment)
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    "cell",
    [
        "11/19/2021 09:54:15 PM", "11/19/2021 9:54:15 pm", "11/19/2021 21:54:15",
        "11/19/21 9:54:15 PM", "19/11/2021 21:54:15", "19/11/2021 9:54:15 p. m.",
        "19/11/2021 09:54:15 p.m.", "19-11-2021 21:54:15", "19.11.2021 21:54:15",
        "19.11.2021 21:54:15 PM", "11-19-2021 09:54:15 PM", "Nov 19, 2021 21:54:15",
        "Nov 19, 2021 9:54:15 PM", "November 19, 2021 9:54:15 PM",
        "19 Nov 2021 21:54:15", "19 de noviembre de 2021 21:54:15",
        "2021-11-19 21:54:15", "2021-11-19T21:54:15", "2021/11/19 21:54:15",
        "2021-11-19T21:54:15Z", "2021. 11. 19. 오후 9:54:15", "2021年11月19日 下午 9:54:15",
        "2021/11/19 下午9:54:15", "11/19/2021, 9:54:15\u202fPM",
        "11/19/2021\u00a009:54:15 PM", "\u200e11/19/2021 09:54:15 PM",
        "١٩/١١/٢٠٢١ ٢١:٥٤:١٥", "١٩/١١/٢٠٢١ ٠٩:٥٤:١٥ م", "１９／１１／２０２１ ２１：５４：１５",
        "19.11.2021 klo 21.54.15", "19. marraskuuta 2021 klo 21.54.15",
        "19 listopada 2021, 21:54:15",
        "perjantai 19. marraskuuta 2021 21.54.15", "Friday, November 19, 2021 9:54:15 PM",
        "Fri, 19 Nov 2021 21:54:15 GMT", "19-Nov-21 09:54:15 PM", "19 November 2021 pukul 21.54.15",
        "2021/11/19 午後9時54分15秒", "2021年11月19日 21时54分15秒",
        "2021. 11. 19. 오후 9시 54분 15초",
        "19/11/2021 09:54:15 PTG", "44519.912673611", "44519,9126736111",
        "11/19/2021 9:54:15 PM (GMT+8)", "19/11/2021 9:54:15\u202fp.\u202fm.",
    ],
)  # fmt: skip
def test_one_moment_is_read_in_every_writing(cell: str) -> None:
    assert _local(cell) == "2021-11-19T21:54:15"


@pytest.mark.parametrize("cell", ["11/19/2021 24:00:00", "19/11/2021 24:00", "Nov 19, 2021 24:00"])
def test_24_oclock_is_the_midnight_after_the_date(cell: str) -> None:
    assert _local(cell) == "2021-11-20T00:00:00"


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("12:05:00 AM", 0),
        ("12:05:00 PM", 12),
        ("1:05:00 AM", 1),
        ("11:05:00 p. m.", 23),
        ("13:05:00", 13),
    ],
)
def test_noon_and_midnight_are_where_they_belong(cell: str, hour: int) -> None:
    assert _moments(cell)[0].time == dt.time(hour, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "31/31/2021 10:00",
        "11/19/2021 25:00:00",
        "2021-02-30 10:00",
        "10",
        "Smarch 3, 2021 10:00",
    ],
)
def test_what_is_no_moment_is_refused(cell: str) -> None:
    with pytest.raises(NotAMoment):
        MomentReader().read(cell)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2021 10:00", "03/19/2021 10:00"], "month-first"),
        (["03/04/2021 10:00", "19/04/2021 10:00"], "day-first"),
        (["03/04/2021 10:00 AM", "19/04/2021 10:00 PM"], "day-first"),
        (["2021-03-04 10:00"], "year-first"),
        (["Mar 4, 2021 10:00"], "month-first"),
        (["4 Mar 2021 10:00"], "day-first"),
        (["03/04/2021 10:00 AM"], None),
        (["03/04/2021 10:00"], None),
        (["03.04.2021 10:00"], "day-first"),
        (["03.04.2021 10:00", "03.13.2021 10:00"], "month-first"),
        (["03.04.2021 10:00", "03/04/2021 10:00"], None),
        (["03-04-2021 10:00"], None),
        ([], None),
    ],
)
def test_the_order_is_proved_by_the_whole_file(cells: list[str], order: str | None) -> None:
    assert decide_order(_dates(*cells)).order == order


def test_a_file_that_proves_nothing_is_left_open_with_a_warning() -> None:
    dates = _dates("03/04/2021 10:00:00 AM")
    ordering = decide_order(dates)
    assert ordering == Ordering(None, ("month-first", "day-first"), TWO_ORDERS)
    assert ordering.day(dates[0]) is None


def test_a_day_that_both_orders_read_alike_is_certain() -> None:
    dates = _dates("05/05/2021 10:00")
    ordering = decide_order(dates)
    assert ordering.warning is None
    assert ordering.day(dates[0]) == dt.date(2021, 5, 5)


@pytest.mark.parametrize(
    ("on", "order"),
    [
        (dt.date(2021, 3, 4), "month-first"),
        (dt.date(2021, 4, 3), "day-first"),
        (dt.date(2021, 4, 4), "day-first"),
        (dt.date(2021, 6, 1), None),
    ],
)
def test_the_day_of_the_live_session_settles_the_order(on: dt.date, order: str | None) -> None:
    ordering = decide_order(_dates("03/04/2021 10:00"), on=on)
    assert ordering.order == order
    assert (ordering.warning is None) == (order is not None)


def test_a_day_that_the_file_does_not_touch_is_said() -> None:
    ordering = decide_order(_dates("03/19/2021 10:00"), on=dt.date(2021, 6, 1))
    assert ordering.order == "month-first"
    assert ordering.warning is not None
    assert "2021-06-01" in ordering.warning


def test_nobody_stays_for_a_month_so_midnight_settles_the_order() -> None:
    joined, left = _moments("04/05/2021 11:50:00 PM", "04/06/2021 12:10:00 AM")
    assert joined.date is not None
    assert left.date is not None
    ordering = decide_order([joined.date, left.date], [(joined, left)])
    assert ordering.order == "month-first"


def test_of_a_file_that_contradicts_itself_only_certain_dates_are_used() -> None:
    dates = _dates("03/19/2021 10:00", "19/03/2021 10:00", "05/04/2021 10:00")
    ordering = decide_order(dates)
    assert ordering.order is None
    assert ordering.warning is not None
    march = dt.date(2021, 3, 19)
    assert [ordering.day(date) for date in dates] == [march, march, None]


def test_dates_that_a_spreadsheet_has_half_changed_are_not_used() -> None:
    dates = _dates("03/19/2021 10:00", "2021-12-03 10:00")
    ordering = decide_order(dates)
    assert ordering.warning is not None
    assert [ordering.day(date) for date in dates] == [None, None]


def test_a_bare_time_stands_on_the_day_that_is_named() -> None:
    assert _local("10:05:00") is None
    assert _local("10:05:00", dt.date(2021, 3, 4)) == "2021-03-04T10:05:00"
