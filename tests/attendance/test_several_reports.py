"""Several reports in one file: copies count once, meetings are not mixed, a human is asked."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance.models import Attendance, OfferedFile
from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.files import as_json, read_attendance
from academy.attendance.service import answer, import_attendance, import_offered, offer_file
from academy.cli import attendance
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import WEBINAR, csv
from tests.attendance.pasted_files import (
    EVERYBODY,
    LANGUAGES,
    block,
    newer_block,
    pasted,
    people,
    unique_block,
)
from tests.attendance.teams_files import REPORT, SECTIONS, tabbed
from tests.attendance.zoom_files import account_file
from tests.cast import Cast

ONE, TWO, THREE = "05/02/2020", "05/09/2020", "05/16/2020"
SECOND = dt.date(2020, 5, 9)


def _read(data: bytes, **said: Any) -> dict[str, Any]:
    return as_json(read_attendance(data, "pasted.csv", **said))


def _minutes(document: dict[str, Any]) -> dict[str, int | None]:
    return {person["name"]: person["minutes"] for person in document["people"]}


def _choices(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(SeveralMeetings) as asked:
        _read(data)
    return [(one.key, one.title) for one in asked.value.choices]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_meetings_in_one_file_are_asked_about_and_never_mixed(
    language: str, encoding: str
) -> None:
    data = pasted(
        block(ONE, *EVERYBODY, language=language),
        block(TWO, "Siti Aminah", "Wati", language=language),
        encoding=encoding,
    )
    assert _choices(data) == [
        (f"81234567890 {ONE}", f"Week of {ONE}"),
        (f"81234567890 {TWO}", f"Week of {TWO}"),
    ]
    for said in ({"on": SECOND}, {"meeting": f"81234567890 {TWO}"}):
        found = _read(data, **said)
        assert _minutes(found) == {"Siti Aminah": 140, "Wati": 140}
        assert found["refused"] == []


@pytest.mark.parametrize("make", [block, newer_block])
def test_three_meetings_in_either_portals_writing(make: Callable[..., list[str]]) -> None:
    data = pasted(make(ONE, *EVERYBODY), make(TWO, "Wati"), make(THREE, "Ana", "Budi Hartono"))
    assert len(_choices(data)) == 3
    assert _minutes(_read(data, on=SECOND)) == {"Wati": 140}
    assert _minutes(_read(data, on=dt.date(2020, 5, 16))) == {"Ana": 140, "Budi Hartono": 140}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_blocks_of_different_languages_and_portals_are_told_apart(language: str) -> None:
    data = pasted(
        block(ONE, *EVERYBODY, language=language),
        newer_block(TWO, "Siti Aminah", "Wati"),
        block(THREE, "Ana", language=language),
    )
    assert len(_choices(data)) == 3
    assert _minutes(_read(data, on=SECOND)) == {"Siti Aminah": 140, "Wati": 140}
    assert _read(data, on=SECOND)["refused"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_copies_of_one_meeting_are_one_without_a_question(language: str) -> None:
    one = block("05/22/2020", *EVERYBODY, language=language)
    found = _read(pasted(one, one, one))
    assert _minutes(found) == {"Siti Aminah": 140, "Budi Hartono": 140}
    assert found["refused"] == []


def test_a_later_copy_of_one_meeting_adds_what_the_earlier_had_not() -> None:
    earlier, later = block("05/22/2020", "Siti Aminah"), block("05/22/2020", *EVERYBODY, "Ana")
    found = _read(pasted(earlier, later))
    assert _minutes(found) == {"Siti Aminah": 140, "Budi Hartono": 140, "Ana": 140}


def test_copies_without_times_count_once_and_unlike_ones_are_asked_about() -> None:
    one, more = unique_block(ONE, 50, *EVERYBODY), unique_block(ONE, 90, *EVERYBODY)
    assert _minutes(_read(pasted(one, one))) == {"Siti Aminah": 50, "Budi Hartono": 50}
    keys = [key for key, _title in _choices(pasted(one, more))]
    assert keys == [f"81234567890 {ONE}", f"81234567890 {ONE} (2)"]
    assert _minutes(_read(pasted(one, more), meeting=keys[1]))["Siti Aminah"] == 90


def test_lists_without_times_are_chosen_by_the_day_above_them() -> None:
    data = pasted(unique_block(ONE, 50, *EVERYBODY), unique_block(TWO, 90, "Siti Aminah"))
    assert _minutes(_read(data, on=SECOND)) == {"Siti Aminah": 90}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lines", [4, 2])
def test_a_second_report_that_nobody_stands_in_is_named_and_not_asked_about(
    language: str, lines: int
) -> None:
    first = block("05/22/2020", *EVERYBODY, language=language)
    data = pasted(first, block("05/29/2020", language=language)[:lines])
    found = _read(data)
    assert _minutes(found) == {"Siti Aminah": 140, "Budi Hartono": 140}
    assert found["refused"] == []
    assert "also names another meeting (Week of 05/29/2020)" in " ".join(found["warnings"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_wherever_the_second_report_breaks_off_no_line_above_it_becomes_a_person(
    language: str,
) -> None:
    names = {"Siti Aminah", "Budi Hartono", "Wati"}
    begin = pasted(block("05/22/2020", *EVERYBODY, language=language))
    rest = pasted(block("05/22/2020", "Wati", language=language)).decode()
    for cut in range(1, len(rest), 5):
        try:
            found = _read(begin + rest[:cut].encode())
        except SeveralMeetings:
            continue
        strange = [one["name"] for one in found["people"] if one["name"] not in names]
        assert all("Wati".startswith(name) for name in strange), rest[:cut]


def test_a_report_without_a_header_of_its_own_is_read_like_the_one_before() -> None:
    data = pasted(block(ONE, *EVERYBODY), block(TWO)[:2], people(TWO, "Wati"))
    assert _minutes(_read(data, on=SECOND)) == {"Wati": 140}


def test_a_second_header_with_nothing_above_is_another_meeting_only_on_another_day() -> None:
    header = LANGUAGES["en"][1]
    day, other = people("05/22/2020", "Siti Aminah"), people("05/29/2020", "Siti Aminah")
    assert _minutes(_read(csv(header, *day, header, *day))) == {"Siti Aminah": 140}
    assert [key for key, _title in _choices(csv(header, *day, header, *other))] == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_with_a_mark_that_were_put_together_by_cat(encoding: str) -> None:
    one, two = (
        "\r\n".join(block(day, name)).encode(encoding)
        for day, name in ((ONE, "Siti Aminah"), (TWO, "Wati"))
    )
    assert _minutes(_read(one + two, on=SECOND)) == {"Wati": 140}


def test_an_account_wide_export_is_asked_about_as_before() -> None:
    assert len(_choices(account_file(("1", ONE), ("2", TWO)))) == 2


def test_two_webinars_keep_their_hosts_and_guests_apart() -> None:
    later = WEBINAR.replace("Mar 22, 2025", "Mar 29, 2025").replace("Benjamin", "Maria")
    data = (WEBINAR + later).encode()
    assert len(_choices(data)) == 2
    roles = {one["name"]: one["role"] for one in _read(data, on=dt.date(2025, 3, 29))["people"]}
    assert roles == {"Maria": "host", "Kundan": "panelist", "Ajay": "attendee",
                     "Shuaib Shaik": "attendee"}  # fmt: skip
    assert len(_read((WEBINAR + WEBINAR).encode())["people"]) == 4
    cut_off = WEBINAR + "\n".join(later.splitlines()[:4])
    assert _read(cut_off.encode())["people"][0]["name"] == "Benjamin"


def _summary(title: str, day: str) -> list[str]:
    """Return the lines above the list of 2021."""
    times = [
        f"Meeting {end} Time\t{day}, {hour}:00:00 PM" for end, hour in (("Start", 2), ("End", 4))
    ]
    return ["Meeting Summary", "Total Number of Participants\t2", f"Meeting Title\t{title}", *times,
            "Meeting Id\tabc", ""]  # fmt: skip


def _stays(day: str, *names: str) -> list[str]:
    return [
        REPORT,
        *(f"{name}\t{day}, 2:00:00 PM\t{day}, 4:00:00 PM\t2h\t\tAttendee\t" for name in names),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_two_teams_reports_with_a_summary_are_two_meetings(encoding: str) -> None:
    one = [*_summary("Morning", "5/22/2020"), *_stays("5/22/2020", *EVERYBODY)]
    two = [*_summary("Evening", "5/22/2020"), *_stays("5/22/2020", "Siti Aminah", "Ana")]
    data = tabbed([*one, "", *two], encoding)
    assert [title for _key, title in _choices(data)] == ["Morning", "Evening"]
    found = _read(data, meeting="Evening 5/22/2020, 2:00:00 PM")
    assert _minutes(found) == {"Siti Aminah": 120, "Ana": 120}
    assert found["refused"] == []
    assert _minutes(_read(tabbed([*one, *one], encoding))) == dict.fromkeys(EVERYBODY, 120)


def test_a_teams_report_that_breaks_off_in_its_summary_is_named() -> None:
    one = [*_summary("Morning", "5/22/2020"), *_stays("5/22/2020", *EVERYBODY)]
    for cut in range(4, 7):
        found = _read(tabbed([*one, *_summary("Evening", "5/29/2020")[:cut]]))
        assert _minutes(found) == dict.fromkeys(EVERYBODY, 120)
        assert "another meeting (Evening)" in found["warnings"][0]


def test_two_copies_of_a_teams_report_in_sections_are_one() -> None:
    found = _read(tabbed([*SECTIONS, "", *SECTIONS]))
    assert (len(found["people"]), found["warnings"]) == (4, [])


DASHBOARD = (
    "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,"
    "Raise Hands,Join,Left,Duration"
)


def _dashboard(day: str, *names: str) -> list[str]:
    rows = [
        f'"{name}","FALSE","2.5","00:01:10","-","3","0","1","0","{day}, 2:00:11 PM",'
        f'"{day}, 4:20:00 PM","02:19:49"'
        for name in names
    ]
    return [DASHBOARD, *rows, '"Anonymous"' + ',""' * 11]


def test_two_dashboards_are_told_apart_by_their_days_and_anonymous_is_no_damage() -> None:
    one, two = _dashboard("5/22/2020", *EVERYBODY), _dashboard("5/29/2020", "Siti Aminah")
    assert len(_choices(csv(*one, *two))) == 2
    found = _read(csv(*one, *two), on=dt.date(2020, 5, 29))
    assert _minutes(found) == {"Siti Aminah": 139, "Anonymous": None}
    assert found["refused"] == []
    assert _minutes(_read(csv(*one, *one)))["Siti Aminah"] == 139


def _meet(date: str, joined: str) -> list[str]:
    return ["Meeting title,Date,Start time,End time", f"Solidarity,{date},2:00 PM,4:30 PM", "",
            "First name,Last name,Email,Duration,Time joined,Time exited",
            f"Siti,Aminah,,1 hr 20 min,{joined},4:20 PM"]  # fmt: skip


def test_two_meet_reports_have_a_day_each() -> None:
    data = csv(*_meet("2020-05-02", "2:00 PM"), *_meet("2020-05-09", "2:30 PM"))
    assert len(_choices(data)) == 2
    assert _read(data, on=SECOND)["people"][0]["intervals"] == [
        ["2020-05-09T14:30:00", "2020-05-09T16:20:00"]
    ]


def _command(path: Path, *said: str) -> Result:
    return CliRunner().invoke(attendance, ["read", str(path), *said, "--json"])


def test_the_command_names_the_meetings_and_reads_the_one_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pasted.csv"
    path.write_bytes(pasted(block(ONE, *EVERYBODY), block(TWO, "Siti Aminah", "Wati")))
    asked = _command(path)
    assert asked.exit_code == 1
    assert f"81234567890 {TWO}  Week of {TWO}" in asked.stderr
    found = json.loads(_command(path, "--meeting", f"81234567890 {TWO}").stdout)
    assert _minutes(found) == {"Siti Aminah": 140, "Wati": 140}


@pytest.fixture
def weeks(live_session: LiveSession) -> list[LiveSession]:
    """Return two live sessions, a week apart."""
    with transaction():
        live_session.series.live_sessions.append(
            LiveSession(
                slug="may-2", number=2, title="Week 2", minutes=150, zone="Asia/Kuala_Lumpur",
                starts_at=live_session.starts_at + dt.timedelta(weeks=1), status="published",
            )
        )  # fmt: skip
    return live_session.series.live_sessions


def test_each_meeting_of_a_dropped_file_goes_to_its_live_session(weeks: list[LiveSession]) -> None:
    data = pasted(block(ONE, *EVERYBODY), block(TWO, "Siti Aminah", "Wati"))
    offer_file(weeks[0].series, data, "pasted.csv")
    offers = session.scalars(select(OfferedFile).order_by(OfferedFile.id)).all()
    assert [(one.live_session, one.state, one.facts["people"]) for one in offers] == [
        (weeks[0], "ready", 2), (weeks[1], "ready", 2)
    ]  # fmt: skip
    import_offered(offers, None)
    kept = session.scalars(select(Attendance).order_by(Attendance.live_session_id)).all()
    assert [row.minutes for row in kept] == [140] * 4


def test_two_meetings_of_one_day_are_asked_about_on_the_desk(weeks: list[LiveSession]) -> None:
    again = [line.replace("812 3456 7890", "999 9999 9999") for line in block(ONE, "Wati")]
    offered = offer_file(weeks[0].series, pasted(block(ONE, *EVERYBODY), again), "p.csv").file
    assert (offered.state, len(offered.questions["meeting"])) == ("asked", 2)
    answer(offered, {"meeting": f"99999999999 {ONE}"})
    assert (offered.state, offered.facts["people"]) == ("ready", 1)


def test_the_card_asks_which_meeting_is_meant(
    client_of: Callable[[Person], FlaskClient], cast: Cast, weeks: list[LiveSession]
) -> None:
    again = [
        line.replace("812 3456 7890", "999 9999 9999") for line in block(ONE, "Wati", topic="B")
    ]
    files = [(io.BytesIO(pasted(block(ONE, *EVERYBODY, topic="A"), again)), "pasted.csv")]
    address = f"/desk/live-sessions/{weeks[0].slug}/attendance/import"
    page = client_of(cast.organiser).post(address, data={"files": files}, follow_redirects=True)
    assert "Which meeting is it?" in page.text
    assert "A · Sat 2 May 2020, 14:00–16:20 · 2 people" in page.text.replace("\u2060", "")
    assert "B · Sat 2 May 2020, 14:00–16:20 · 1 person" in page.text.replace("\u2060", "")


def test_an_import_takes_the_meeting_of_the_live_sessions_day(live_session: LiveSession) -> None:
    data = pasted(block(ONE, *EVERYBODY), block(TWO, "Siti Aminah", "Wati"))
    report = import_attendance(live_session, data, "pasted.csv")
    assert (report.connections, report.identities, report.refused) == (2, 2, [])
