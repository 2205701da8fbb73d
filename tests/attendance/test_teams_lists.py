"""Teams' lists of joining and leaving, and the report of a live event."""

import datetime as dt
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv
from tests.attendance.teams_files import ENCODINGS, LIST, LIVE, tabbed

SITI = [
    "Siti Aminah\tJoined\t9/13/2022, 5:30:21 PM",
    "Siti Aminah\tLeft\t9/13/2022, 5:45:00 PM",
    "Siti Aminah\tJoined\t9/13/2022, 5:50:00 PM",
    "Siti Aminah\tLeft\t9/13/2022, 6:20:00 PM",
]
THERE = [
    ["2022-09-13T17:30:21", "2022-09-13T17:45:00"],
    ["2022-09-13T17:50:00", "2022-09-13T18:20:00"],
]


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "meetingAttendanceList.csv", on=on))


def _people(data: bytes, on: dt.date | None = None) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data, on)["people"]}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("has_header", [True, False])
def test_pairs_of_events_become_connections(encoding: str, *, has_header: bool) -> None:
    found = _read(tabbed([*([LIST] if has_header else []), *SITI], encoding))
    assert (found["format"], found["date_order"]) == ("teams-list", "month-first")
    assert found["people"] == [
        {
            "name": "Siti Aminah",
            "names": ["Siti Aminah"],
            "email": None,
            "role": "attendee",
            "attended": True,
            "intervals": THERE,
            "minutes": 44,
        }
    ]
    assert (found["warnings"], found["refused"]) == ([], [])


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert _people(tabbed([LIST, *reversed(SITI)]))["Siti Aminah"]["intervals"] == THERE


def test_both_rows_of_a_connection_are_its_evidence() -> None:
    file = read_attendance(tabbed([LIST, *SITI]), "list.csv")
    assert file.connections[0].raw == {
        "Full Name": "Siti Aminah",
        "User Action": "Joined",
        "Timestamp": "9/13/2022, 5:30:21 PM",
        "Full Name#4": "Siti Aminah",
        "User Action#5": "Left",
        "Timestamp#6": "9/13/2022, 5:45:00 PM",
    }


def test_quoted_cells_and_commas_in_names_are_read() -> None:
    lines = [
        '"Doe, Jane"\tJoined before\t"13/09/2022, 5:30:21 PM"',
        'Sam Roe\tJoined\t"13/09/2022, 5:31:00 PM"',
        'Sam Roe\tLeft\t"13/09/2022, 5:45:00 PM"',
    ]
    found = _read(tabbed(lines))
    assert [person["name"] for person in found["people"]] == ["Doe, Jane", "Sam Roe"]
    assert found["people"][1]["intervals"] == [["2022-09-13T17:31:00", "2022-09-13T17:45:00"]]
    assert "1 joined before this list began" in found["warnings"][0]


def test_whoever_was_still_there_at_the_end_has_no_length() -> None:
    found = _read(tabbed([LIST, *SITI, "Budi\tJoined\t9/13/2022, 5:31:00 PM"]))
    budi = found["people"][1]
    assert (budi["attended"], budi["intervals"], budi["minutes"]) == (True, None, None)
    assert "1 connections have no leaving" in found["warnings"][0]


def test_whoever_was_lost_and_came_back_was_away_in_between() -> None:
    people = _people(tabbed([LIST, SITI[0], *SITI[2:]]))
    assert people["Siti Aminah"]["intervals"] == THERE[1:]


def test_a_leaving_before_any_joining_is_listed() -> None:
    found = _read(tabbed([LIST, *SITI, "Siti Aminah\tLeft\t9/13/2022, 5:00:00 PM"]))
    assert found["people"][0]["intervals"] == THERE
    assert found["refused"] == [{"row": 6, "why": "This leaving has no joining before it."}]


@pytest.mark.parametrize(
    ("header", "joined", "left"),
    [
        ("Nombre completo\tAcción del usuario\tMarca de tiempo", "Se unió", "Salió"),
        ("Nome Completo\tAtividade\tCarimbo de data/hora", "Ingressou", "Saiu"),
        ("Nome Completo\tAtividade\tCarimbo de data/hora", "Entrou antes de", "Saiu"),
        ("Nom complet\tAction de l’utilisateur\tHorodatage", "A rejoint", "A quitté"),
        ("Nome completo\tAzione utente\tTimestamp", "Ha partecipato", "Ha abbandonato"),
        ("Vollständiger Name\tBenutzeraktion\tZeitstempel", "Beigetreten", "Verlassen"),
        ("Volledige naam\tGebruikersactie\tTijdstempel", "Deelgenomen", "Verlaten"),
        ("Koko nimi\tKäyttäjän toiminto\tAikaleima", "Liittyi", "Poistui"),
        ("Imię i nazwisko\tAkcja użytkownika\tSygnatura czasowa", "Dołączył(a)", "Opuścił(a)"),
        ("氏名\tユーザー アクション\tタイムスタンプ", "参加", "退出"),
        ("Jina kamili\tKitendo\tMuda", "Alijiunga", "Aliondoka"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8"])
@pytest.mark.parametrize("has_header", [True, False])
def test_lists_of_other_languages_are_read(
    header: str, joined: str, left: str, encoding: str, *, has_header: bool
) -> None:
    lines = [
        f"Kim Lee\t{joined}\t13/09/2022 17:30:00",
        f"Kim Lee\t{left}\t13/09/2022 17:45:00",
        f"Wati\t{joined}\t13/09/2022 17:31:00",
        f"Wati\t{left}\t13/09/2022 18:00:59",
    ]
    people = _people(tabbed([header, *lines] if has_header else lines, encoding))
    assert [person["minutes"] for person in people.values()] == [15, 29]


def test_two_lists_put_together_are_two_meetings() -> None:
    earlier = [line.replace("9/13/2022", "9/6/2022") for line in SITI[:3]]
    data = tabbed([LIST, *earlier, LIST, *SITI[1:], *SITI[:1]])
    found = _read(data, dt.date(2022, 9, 13))
    assert found["people"][0]["intervals"] == THERE
    assert "2 meetings" in found["warnings"][0]
    last = _read(data, dt.date(2022, 9, 6))["people"][0]
    assert last["intervals"] == [["2022-09-06T17:30:21", "2022-09-06T17:45:00"]]


def test_meetings_are_told_apart_without_a_second_header_and_all_read_without_a_day() -> None:
    lines = [
        LIST,
        "Ana\tJoined\t11/10/2022 17:30",
        "Bo\tJoined\t11/10/2022 17:31",
        "Cy\tJoined before\t27/09/2022 17:27",
        "Ana\tLeft\t27/09/2022 18:00",
    ]
    found = _read(tabbed(lines))
    assert [person["name"] for person in found["people"]] == ["Ana", "Bo", "Cy"]
    assert found["refused"][0]["row"] == 5
    assert "2 meetings" in found["warnings"][0]
    assert list(_people(tabbed(lines), dt.date(2022, 9, 27))) == ["Cy"]


def test_a_meeting_over_midnight_is_one() -> None:
    lines = ["Ana\tJoined\t9/13/2022, 11:30:00 PM", "Ana\tLeft\t9/14/2022, 12:30:00 AM"]
    found = _read(tabbed([LIST, *lines]))
    assert found["people"][0]["minutes"] == 60
    assert found["warnings"] == []


EVENT = [
    "s1,p0,Ben,Edge,2022-09-13T09:00:00.1234567Z,Joined,Producer",
    "s1,p1,Eva,Edge,2022-09-13T09:01:00Z,Joined,Presenter",
    "s1,p2,Siti,Chrome,2022-09-13T09:30:00Z,Left,Attendee",
    "s1,p2,Siti,Chrome,2022-09-13T09:05:00Z,Joined,Attendee",
    "s1,p3,Siti,Chrome,2022-09-13T09:10:00Z,Joined,Attendee",
    "s1,p3,Siti,Chrome,2022-09-13T09:20:00Z,Left,Attendee",
]


@pytest.mark.parametrize("spaced", [True, False])
def test_a_live_event_is_in_utc_and_names_its_makers(*, spaced: bool) -> None:
    header = LIVE.replace("UtcEventTimestamp", "UTC Event Timestamp") if spaced else LIVE
    file = read_attendance(csv(header, *EVENT), "report.csv", zone="Asia/Manila")
    found = as_json(file)
    assert (found["format"], found["zone"]) == ("teams-live-event", "UTC")
    assert [person["role"] for person in found["people"]] == [
        "host",
        "panelist",
        "attendee",
        "attendee",
    ]
    assert [person["minutes"] for person in found["people"]] == [None, None, 25, 10]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Budi\tJoined\t9/13/2022, 5:30:61 PM", "is no moment"),
        ("Budi\tJoined\t9/13/2022,\t5:30:21 PM", "more cells than the header"),
        ("Budi\tJoined", "fewer cells"),
        ("Budi", "fewer cells"),
        ("Budi\tWaved\t9/13/2022, 5:30:21 PM", "neither joining nor leaving"),
        ("Bu\0di\tJoined\t9/13/2022, 5:30:21 PM", "zero bytes"),
        ("\tJoined\t9/13/2022, 5:30:21 PM", "neither a name"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_are_used(row: str, why: str) -> None:
    found = _read(tabbed([LIST, row, *SITI]))
    assert found["people"][0]["intervals"] == THERE
    assert [(one["row"], why in one["why"]) for one in found["refused"]] == [(2, True)]


def test_an_open_quotation_mark_refuses_the_file_with_its_line() -> None:
    with pytest.raises(FileRefused, match="line 3"):
        _read(tabbed([LIST, SITI[0], '"Siti\tLeft\t9/13/2022, 5:45:00 PM', *SITI[2:]]))


@pytest.mark.parametrize("cut", [1, 3, 40, 71, 121, 200])
def test_a_list_that_was_cut_off_is_read_as_far_as_it_goes(cut: int) -> None:
    found = _read(tabbed([LIST, *SITI])[:-cut])
    assert [person["name"] for person in found["people"]] == ["Siti Aminah"]
    assert set(map(tuple, found["people"][0]["intervals"] or [])) <= set(map(tuple, THERE))
