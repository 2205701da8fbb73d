"""Files dropped on the desk: recognised, put where they fit, asked about, imported, thrown away."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from academy.attendance.models import AttendanceImport, Evidence, Identity, OfferedFile
from academy.attendance.service import (
    answer,
    discard,
    import_offered,
    offer_file,
    sweep_offers,
)
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series, UploadedFile
from tests.attendance.files import csv
from tests.attendance.zoom_files import account_file, zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "16:20:00")
BUDI = ("Budi Hartono", "", "14:05:00", "16:25:00")
BOT = ("Otter.ai", "", "14:00:00", "16:00:00")


def on_day(data: bytes, date: str) -> bytes:
    """Return the file as it would be on another day, month first."""
    return data.replace(b"05/02/2020", date.encode())


@pytest.fixture
def weeks(live_session: LiveSession) -> list[LiveSession]:
    """Return five weekly live sessions, the first of them on 2 May 2020."""
    series = live_session.series
    with transaction():
        for week in range(1, 5):
            series.live_sessions.append(
                LiveSession(
                    slug=f"may-{week + 1}",
                    number=week + 1,
                    title=f"Week {week + 1}",
                    starts_at=live_session.starts_at + timedelta(weeks=week),
                    minutes=150,
                    zone="Asia/Kuala_Lumpur",
                    status="published",
                )
            )
    return series.live_sessions


def _count(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _offers() -> list[OfferedFile]:
    return list(session.scalars(select(OfferedFile).order_by(OfferedFile.id)))


def test_a_dropped_file_is_recognised_and_nothing_of_it_counts_yet(
    weeks: list[LiveSession],
) -> None:
    offered = offer_file(weeks[0].series, zoom_file([SITI, BUDI, BOT]), "zoom.csv").file
    assert (offered.state, offered.live_session) == ("ready", weeks[0])
    facts = offered.facts
    assert (facts["format"], facts["language"], facts["encoding"]) == (
        "zoom-meeting",
        "en",
        "utf-8",
    )
    assert (facts["rows"], facts["people"], facts["not_counted"]) == (3, 2, 1)
    assert (facts["first"], facts["last"]) == ("2020-05-02T14:00", "2020-05-02T16:25")
    assert facts["date_order"] == "month-first"
    assert _count(Evidence) == _count(AttendanceImport) == 0


def test_files_of_several_weeks_find_their_live_sessions(weeks: list[LiveSession]) -> None:
    for date, week in (("05/23/2020", 3), ("05/09/2020", 1), ("05/30/2020", 4)):
        offered = offer_file(weeks[0].series, on_day(zoom_file([SITI]), date), "z.csv").file
        assert (offered.state, offered.live_session) == ("ready", weeks[week])


def test_a_file_dropped_on_another_week_goes_where_its_time_is(weeks: list[LiveSession]) -> None:
    data = on_day(zoom_file([SITI]), "05/16/2020")
    offered = offer_file(weeks[0].series, data, "z.csv", dropped_at=weeks[0]).file
    assert offered.live_session == weeks[2]


def test_a_file_of_no_week_waits_until_somebody_chooses(weeks: list[LiveSession]) -> None:
    offered = offer_file(weeks[0].series, on_day(zoom_file([SITI]), "07/19/2020"), "z.csv").file
    assert (offered.state, offered.live_session) == ("asked", None)
    answer(offered, {"live_session": weeks[1].id})
    assert offered.state == "asked"
    assert "Is it another meeting's file" in offered.problem


def test_the_clock_is_asked_about_where_the_file_fits_another_one(
    weeks: list[LiveSession],
) -> None:
    in_berlin = zoom_file([(*SITI[:2], "08:00:00", "10:20:00")])
    offered = offer_file(weeks[0].series, in_berlin, "z.csv").file
    choices = offered.questions["zone"]
    assert (offered.state, choices[0]["zone"]) == ("asked", "Europe/Berlin")
    assert choices[0]["begins"] == "2020-05-02T14:00"
    answer(offered, {"zone": "Europe/Berlin"})
    assert (offered.state, offered.reading["zone"]) == ("ready", "Europe/Berlin")


def test_only_clocks_that_fit_as_well_as_the_best_are_offered(weeks: list[LiveSession]) -> None:
    rows = [(f"P{n}", "", f"08:{n:02}:00", f"10:{20 + n % 9}:00") for n in range(40)]
    questions = offer_file(weeks[0].series, zoom_file(rows), "z.csv").file.questions
    assert [choice["zone"] for choice in questions["zone"]] == ["Europe/Berlin"]


def test_an_hour_beside_the_clock_is_asked_about_too(weeks: list[LiveSession]) -> None:
    in_jakarta = zoom_file([(*SITI[:2], "13:00:00", "15:30:00")])
    offered = offer_file(weeks[0].series, in_jakarta, "z.csv").file
    zones = [choice["zone"] for choice in offered.questions["zone"]]
    assert (zones[0], zones[-1]) == ("Asia/Jakarta", "Asia/Kuala_Lumpur")


def test_people_who_come_early_and_stay_on_are_no_reason_to_ask(
    weeks: list[LiveSession],
) -> None:
    long = zoom_file([(*SITI[:2], "13:35:00", "16:55:00"), BUDI])
    assert offer_file(weeks[0].series, long, "z.csv").file.state == "ready"


def test_the_order_of_dates_is_asked_where_two_live_sessions_fit(
    live_session: LiveSession,
) -> None:
    with transaction():
        live_session.starts_at = datetime(2020, 4, 5, 6, 0, tzinfo=UTC)
        other = LiveSession(
            slug="may-2", number=2, title="Two", minutes=150, zone="Asia/Kuala_Lumpur",
            starts_at=datetime(2020, 5, 4, 6, 0, tzinfo=UTC), status="published",
        )  # fmt: skip
        live_session.series.live_sessions.append(other)
    data = on_day(zoom_file([SITI]), "04/05/2020")
    offered = offer_file(live_session.series, data, "z.csv").file
    choices = {one["order"]: one["live_session"] for one in offered.questions["date_order"]}
    assert choices == {"month-first": live_session.id, "day-first": other.id}
    answer(offered, {"date_order": "day-first"})
    assert (offered.state, offered.live_session) == ("ready", other)
    assert import_offered([offered], None)
    assert session.scalars(select(Evidence.joined_at)).one() == other.starts_at


def test_a_file_without_times_asks_for_its_live_session_only(weeks: list[LiveSession]) -> None:
    minutes = csv("Name (Original Name),User Email,Total Duration (Minutes),Guest", "Siti,,97,No")
    loose = offer_file(weeks[0].series, minutes, "participants.csv").file
    assert (loose.state, loose.live_session, loose.questions) == ("asked", None, {})
    discard(loose)
    placed = offer_file(weeks[0].series, minutes, "participants.csv", dropped_at=weeks[1]).file
    assert (placed.state, placed.live_session) == ("ready", weeks[1])


def test_an_export_of_several_weeks_becomes_an_offer_for_each(weeks: list[LiveSession]) -> None:
    account = account_file(("1", "05/02/2020"), ("2", "05/09/2020"), ("9", "07/07/2020"))
    offer_file(weeks[0].series, account, "account.csv")
    assert [(one.state, one.live_session) for one in _offers()] == [
        ("ready", weeks[0]),
        ("ready", weeks[1]),
    ]
    assert _count(UploadedFile) == 1
    import_offered(_offers(), None)
    imports = session.scalars(select(AttendanceImport).order_by(AttendanceImport.id))
    assert [one.live_session for one in imports] == weeks[:2]
    assert [
        one.email for one in session.scalars(select(Identity).order_by(Identity.live_session_id))
    ] == ["siti1@example.org", "siti2@example.org"]


def test_two_meetings_at_the_time_of_one_live_session_are_asked_about(
    weeks: list[LiveSession],
) -> None:
    offered = offer_file(
        weeks[0].series, account_file(("1", "05/02/2020"), ("2", "05/02/2020")), "account.csv"
    ).file
    keys = [choice["key"] for choice in offered.questions["meeting"]]
    assert (offered.state, len(keys)) == ("asked", 2)
    answer(offered, {"meeting": keys[1]})
    assert offered.state == "ready"
    import_offered([offered], None)
    assert "siti2@example.org" in session.scalars(select(Evidence)).one().cells.values()


def test_the_same_file_again_is_found_waiting(weeks: list[LiveSession]) -> None:
    first = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv")
    again = offer_file(weeks[0].series, zoom_file([SITI]), "copy.csv")
    assert (first.is_again, again.is_again, again.file.id) == (False, True, first.file.id)
    assert _count(OfferedFile) == _count(UploadedFile) == 1


def test_a_file_that_was_imported_before_says_so(weeks: list[LiveSession]) -> None:
    import_offered([offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file], None)
    again = offer_file(weeks[0].series, zoom_file([SITI]), "copy.csv").file
    assert again.state == "known"
    assert import_offered([again], None) == []
    discard(again)
    assert (_count(AttendanceImport), _count(UploadedFile)) == (1, 1)


def test_pressing_the_button_twice_imports_once(weeks: list[LiveSession], siti: Person) -> None:
    offered = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file
    assert len(import_offered([offered], None)) == 1
    assert import_offered([offered], None) == []
    assert _count(Evidence) == 1


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(64), b"Dear all,\n", b""])
def test_what_is_no_report_is_refused_with_the_reason_and_not_kept(
    weeks: list[LiveSession], data: bytes
) -> None:
    offered = offer_file(weeks[0].series, data, "photo.csv").file
    assert offered.state == "refused"
    assert offered.problem.endswith(".")
    assert _count(UploadedFile) == 0


def test_a_refused_file_that_is_dropped_again_stands_on_the_desk_once(
    weeks: list[LiveSession],
) -> None:
    for _time in range(3):
        offer_file(weeks[0].series, b"Dear all,\n", "photo.csv")
    assert _count(OfferedFile) == 1


def test_refused_rows_are_told_before_anything_is_imported(weeks: list[LiveSession]) -> None:
    broken = zoom_file([SITI]) + b"Budi,,05/02/2020 02:00:61 PM,05/02/2020 03:00:00 PM,60,Yes\n"
    facts = offer_file(weeks[0].series, broken, "zoom.csv").file.facts
    assert (facts["refused"], facts["refused_rows"][0]["row"]) == (1, 3)


def test_a_series_whose_people_are_forgotten_takes_no_file(weeks: list[LiveSession]) -> None:
    with transaction():
        weeks[0].series.anonymised_at = datetime(2026, 1, 1, tzinfo=UTC)
    offered = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file
    assert (offered.state, _count(UploadedFile)) == ("refused", 0)


def test_a_large_file_is_left_to_a_worker(
    weeks: list[LiveSession], monkeypatch: pytest.MonkeyPatch, siti: Person
) -> None:
    monkeypatch.setattr("academy.attendance.service.offering.LARGE_BYTES", 10)
    offered = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file
    assert offered.state == "reading"
    sweep_offers()
    assert offered.state == "ready"
    [import_id] = import_offered([offered], None)
    assert session.get_one(AttendanceImport, import_id).state == "waiting"


def test_what_nobody_comes_back_for_is_forgotten(weeks: list[LiveSession]) -> None:
    offered = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file
    with transaction():
        offered.created_at -= timedelta(days=15)
    sweep_offers()
    assert _count(OfferedFile) == _count(UploadedFile) == 0


def test_an_error_of_our_own_keeps_the_file_and_says_so(
    weeks: list[LiveSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("academy.attendance.service.recognising.place_file", fail)
    offered = offer_file(weeks[0].series, zoom_file([SITI]), "zoom.csv").file
    session.refresh(offered)
    assert (offered.state, offered.problem) == ("refused", "fault")
    assert _count(UploadedFile) == 1


def test_a_report_of_many_weeks_without_dates_is_never_put_by_its_hour(series_of: Series) -> None:
    """Every week begins at the same hour, so the hour says nothing."""
    meet = csv("Name,Email,Duration,Time joined,Time exited", "Siti,s@x.example,58 min,14:00,14:58")
    offered = offer_file(series_of, meet, "Attendance report.csv").file
    assert (offered.state, offered.live_session) == ("asked", None)


@pytest.fixture
def series_of(weeks: list[LiveSession]) -> Series:
    """Return the series of the five weeks."""
    return weeks[0].series
