"""Day and month: what proves their order, and that nothing else does; what is asked, and how."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.attendance.reading.files import AttendanceFile, read_attendance
from academy.attendance.service import answer, offer_file
from academy.db import transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import WEBINAR, Z2, csv
from tests.attendance.pasted_files import LANGUAGES, block, pasted
from tests.attendance.teams_files import LIST, REPORT, tabbed
from tests.attendance.zoom_files import account_file
from tests.cast import Cast

SITI = "Siti,,05/02/2020 10:00:00,05/02/2020 11:00:00,60,No"
MAY, FEBRUARY = dt.date(2020, 5, 2), dt.date(2020, 2, 5)


def _read(data: bytes, on: dt.date | None = None) -> AttendanceFile:
    return read_attendance(data, "report.csv", on=on)


def _day(data: bytes, on: dt.date | None = None) -> dt.date | None:
    intervals = _read(data, on).people[0].intervals
    return intervals[0][0].date() if intervals else None


@pytest.mark.parametrize(
    "header", [REPORT, "Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania"]
)
def test_dots_put_the_day_first_in_every_locale(header: str) -> None:
    row = "Łucja\t02.05.2020, 14:00:00\t02.05.2020, 15:00:00\t1 godz."
    data = tabbed([header, row + "\t" * (header.count("\t") - 3)])
    assert (_read(data).date_order, _day(data)) == ("day-first", MAY)
    assert _read(data).warnings == ()


def test_dots_are_outvoted_by_a_date_that_can_only_be_month_first() -> None:
    rows = [SITI.replace("/", "."), "Ana,,05.13.2020 10:00,05.13.2020 11:00,60,No"]
    assert _day(csv(Z2, *rows)) == MAY


@pytest.mark.parametrize(
    "row",
    [
        "Ana,,05/13/2020 10:00:61,05/13/2020 11:00:00,60,No",
        "Ana,,05/13/2020 11:00:00,05/13/2020 10:00:00,60,No",
        "Ana,Lima,,05/13/2020 10:00:00,05/13/2020 11:00:00,60,No",
        "A\0na,,05/13/2020 10:00:00,05/13/2020 11:00:00,60,No",
        ",,05/13/2020 10:00:00,05/13/2020 11:00:00,60,No",
    ],
)
def test_a_row_that_is_refused_is_a_witness_all_the_same(row: str) -> None:
    data = csv(Z2, SITI, row)
    assert len(_read(data).refused) == 1
    assert (_read(data).date_order, _day(data)) == ("month-first", MAY)


def test_a_refused_row_of_a_list_of_events_is_a_witness() -> None:
    rows = ["Siti\tJoined\t5/2/2020, 2:00:00 PM", "Siti\tLeft\t5/2/2020, 3:00:00 PM",
            "Ana\tLeft\t5/13/2020, 3:00:00 PM"]  # fmt: skip
    assert _day(tabbed([LIST, *rows])) == MAY


def test_a_damaged_date_is_no_witness_against_the_sound_ones() -> None:
    rows = ["Ana,,13/05/2020 10:00:00,13/05/2020 11:00:00,60,No",
            "Budi,,05/13/2020 10:00:61,05/13/2020 11:00:00,60,No"]  # fmt: skip
    assert _day(csv(Z2, SITI, *rows)) is None


def test_the_beginning_and_end_of_the_meeting_above_are_a_witness() -> None:
    titles, header = LANGUAGES["en"]
    above = "812 3456 7890,Night,05/02/2020 10:00:00 PM,05/03/2020 01:00:00 AM,b@x.example,180,1"
    late = "Siti,,05/02/2020 10:10:00 PM,05/02/2020 11:00:00 PM,50,No"
    assert _day(csv(titles, above, "", header, late)) == MAY


def test_when_the_meeting_was_created_is_a_witness_in_an_account_wide_export() -> None:
    data = account_file(("1", "05/02/2020")).replace(b"No,05/02/2020", b"No,04/13/2020")
    assert _day(data) == MAY


def test_who_registers_after_the_meeting_did_not_register_in_this_order() -> None:
    # Read month first, Shuaib registers on 3 June, a month after the webinar.
    text = WEBINAR.replace("Mar 22, 2025 ", "05/02/2025 ").replace("Mar 22, 2025", "05/02/2025")
    text = text.replace("Mar 15, 2025 ", "06/01/2025 ").replace("Mar 23, 2025", "06/02/2025")
    assert _read(text.encode()).date_order == "day-first"


def test_nobody_comes_after_the_report_was_made() -> None:
    text = WEBINAR.replace("Mar 15, 2025 ", "03/04/2025 ").replace("Mar 22, 2025 ", "05/04/2025 ")
    made = text.replace("Mar 23, 2025 6:26 PM", "{} 6:26 PM").format
    assert _read(made("06/05/2025").encode()).date_order is None
    # Day first the report would be of 6 March, and the webinar of 5 April.
    assert _read(made("06/03/2025").encode()).date_order == "month-first"
    # In words it is the same day in both: after 5 April, before 4 May.
    assert _read(made("Apr 7, 2025").encode()).date_order == "day-first"


def test_proof_wins_over_the_day_that_was_named() -> None:
    data = account_file(("1", "05/02/2020")).replace(b"No,05/02/2020", b"No,13/04/2020")
    assert _day(data, MAY) == FEBRUARY
    assert "No date of this file is 2020-05-02" in _read(data, MAY).warnings[0]


@pytest.mark.parametrize(
    "row",
    [
        "Ana,,05/02/2020 10:00:00 PM,05/02/2020 11:00:00 PM,60,No",
        "Ana,,05/09/2020 10:00:00,05/09/2020 11:00:00,60,No",
        "Ana,,05-02-2020 10:00:00,05-02-2020 11:00:00,60,No",
    ],
)
def test_what_proves_nothing_leaves_the_order_open(row: str) -> None:
    """An afternoon, a week later, rows in their order, a hyphen: no locale is tied to these."""
    data = csv(Z2, SITI, row)
    assert (_read(data).date_order, _day(data)) == (None, None)
    assert _day(data, MAY) == MAY
    assert _day(data, FEBRUARY) == FEBRUARY


_PATTERNS = {
    "month-first": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y"),
    "day-first": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y"),
}
_CLOCKS = ("%I:%M:%S %p", "%H:%M:%S", "%H:%M")
_order = st.sampled_from(tuple(_PATTERNS))
_begin = st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2030, 1, 1)).map(  # noqa: DTZ001 - a file's clock
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def _written(draw: st.DrawFn) -> tuple[bytes, str, list[dt.datetime]]:
    """Draw a report in one order, with the order and the true moments of joining."""
    order, begin = draw(_order), draw(_begin)
    pattern = draw(st.sampled_from(_PATTERNS[order])) + " " + draw(st.sampled_from(_CLOCKS))
    stays = draw(
        st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)), min_size=1, max_size=6)
    )
    joined = [begin + dt.timedelta(minutes=first) for first, _length in stays]
    rows = [
        f"Person {chr(65 + n)},,{one:{pattern}},"
        f"{one + dt.timedelta(minutes=length):{pattern}},{length},No"
        for n, (one, (_first, length)) in enumerate(zip(joined, stays, strict=True))
    ]
    titles, header = LANGUAGES[draw(st.sampled_from(tuple(LANGUAGES)))]
    end = begin + dt.timedelta(hours=9)
    above = [titles, f"812 3456 7890,T,{begin:{pattern}},{end:{pattern}},b@x.example,9,1", ""]
    return csv(*(above if draw(st.booleans()) else []), header, *rows), order, joined


@given(_written())
@settings(max_examples=400, deadline=None)
def test_an_order_that_is_settled_is_never_the_wrong_one(
    drawn: tuple[bytes, str, list[dt.datetime]],
) -> None:
    data, order, joined = drawn
    file = _read(data)
    assert file.date_order in {None, order}
    for person, moment in zip(file.people, joined, strict=True):
        if person.intervals:
            assert person.intervals[0][0] == moment
    if any(moment.day > 12 for moment in joined):
        assert file.date_order == order


def _weekly(day: dt.date, order: str, *, dots: bool) -> bytes:
    pattern = "%d.%m.%Y" if dots else _PATTERNS[order][0]
    return pasted(block(f"{day:{pattern}}", "Siti", "Budi"))


def test_how_many_days_of_a_year_are_settled_without_a_question() -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    for order, dots, settled in (("month-first", False, 234), ("day-first", False, 234),
                                 ("day-first", True, 366)):  # fmt: skip
        found = [_day(_weekly(day, order, dots=dots)) for day in days]
        assert all(one in {None, day} for one, day in zip(found, days, strict=True))
        assert sum(one is not None for one in found) == settled


@pytest.fixture
def twice(live_session: LiveSession) -> LiveSession:
    """Let a live session be on 5 April and another on 4 May, so that 04/05 fits both."""
    with transaction():
        live_session.starts_at = dt.datetime(2020, 4, 5, 6, 0, tzinfo=dt.UTC)
        live_session.series.live_sessions.append(
            LiveSession(
                slug="may-2", number=2, title="Two", minutes=150, zone="Asia/Kuala_Lumpur",
                starts_at=dt.datetime(2020, 5, 4, 6, 0, tzinfo=dt.UTC), status="published",
            )
        )  # fmt: skip
    return live_session


def _rows(*days: str) -> bytes:
    return csv(Z2, *(f"P{n},,{day} 14:00:00,{day} 16:20:00,140,No" for n, day in enumerate(days)))


def test_the_choices_name_the_weekday_and_the_month_of_a_day_that_differs(
    client_of: Callable[[Person], FlaskClient], cast: Cast, twice: LiveSession
) -> None:
    files = [(io.BytesIO(_rows("05/05/2020", "04/05/2020", "04/05/2020")), "zoom.csv")]
    address = f"/desk/series/{twice.series.slug}/attendance/import"
    page = client_of(cast.organiser).post(address, data={"files": files}, follow_redirects=True)
    assert "In which order are its dates?" in page.text
    assert "month first: Sunday 5 April 2020, Principles" in page.text
    assert "day first: Monday 4 May 2020, Two" in page.text


def test_orders_that_make_no_difference_are_not_asked_about(twice: LiveSession) -> None:
    with transaction():
        twice.starts_at = dt.datetime(2020, 5, 5, 6, 0, tzinfo=dt.UTC)
    offered = offer_file(twice.series, _rows("05/05/2020"), "zoom.csv").file
    assert (offered.state, offered.questions) == ("ready", {})
    assert offered.facts["share"] == 100


def test_a_file_that_contradicts_itself_is_not_asked_about_its_order(twice: LiveSession) -> None:
    data = _rows("04/05/2020", "13/05/2020", "05/13/2020")
    offered = offer_file(twice.series, data, "zoom.csv").file
    assert "date_order" not in offered.questions


def test_an_answered_order_is_the_one_that_is_read(twice: LiveSession) -> None:
    offered = offer_file(twice.series, _rows("04/05/2020"), "zoom.csv").file
    days = [choice["begins"] for choice in offered.questions["date_order"]]
    assert days == ["2020-04-05T14:00", "2020-05-04T14:00"]
    answer(offered, {"date_order": "day-first"})
    assert (offered.state, offered.facts["first"]) == ("ready", "2020-05-04T14:00")
