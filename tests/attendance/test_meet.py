"""Google Meet's attendance report: bare times, lengths in words, names in every language."""

import datetime as dt
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv, workbook
from tests.attendance.header_lines import MEET

HEADER = "First name,Last name,Email,Duration,Time joined,Time exited"
SITI = "Siti,Aminah,siti@x.example,1 hr 2 min,2:00 PM,3:02 PM"
BUDI = "Budi,,r****@…,32m,2:10 PM,2:50 PM"
ON = dt.date(2020, 5, 2)
LANGUAGES = {
    **MEET,
    "id": "Nama depan,Nama belakang,Email,Durasi,Waktu bergabung,Waktu keluar",
    "nobody listed": "Eesnimi,Perenimi,Aadress,Kestus,Liitus,Lahkus",
}


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "Attendance report.csv", on=on))


def _people(data: bytes, on: dt.date | None = None) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data, on)["people"]}


def test_times_have_a_day_only_when_one_is_named() -> None:
    document = _read(csv(HEADER, SITI))
    assert document["format"] == "google-meet"
    assert (document["people"][0]["intervals"], document["people"][0]["minutes"]) == (None, 62)
    assert len(document["warnings"]) == 1
    siti = _people(csv(HEADER, SITI), ON)["Siti Aminah"]
    assert siti["intervals"] == [["2020-05-02T14:00:00", "2020-05-02T15:02:00"]]


def test_the_minutes_stated_lie_between_the_first_joining_and_the_last_leaving() -> None:
    assert _people(csv(HEADER, BUDI), ON)["Budi"]["minutes"] == 32


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("32 perc", "1 óra 2 perc"),
        ("32 minit", "1 jam 2 minit"),
        ("32 dk.", "1 sa. 2 dk."),
        ("32 मिनट", "1 घंटा 2 मिनट"),
        ("32 မိနစ်", "1 နာရီ 2 မိနစ်"),
        ("32 នាទី", "1 ម៉ោង 2 នាទី"),
        ("32 minuter", "1 timme 2 minuter"),
        ("٣٢ دقيقة", "١ ساعة ٢ دقيقة"),
    ],
)
def test_lengths_in_words_of_languages_whose_headers_nobody_listed(short: str, long: str) -> None:
    rows = (SITI.replace("1 hr 2 min", long), BUDI.replace("32m", short))
    people = _people(csv(LANGUAGES["nobody listed"], *rows), ON)
    assert [people["Siti Aminah"]["minutes"], people["Budi"]["minutes"]] == [62, 32]


def test_a_masked_address_is_no_address() -> None:
    assert _people(csv(HEADER, BUDI))["Budi"]["email"] is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_language_in_every_encoding(language: str, encoding: str) -> None:
    people = _people(csv(LANGUAGES[language], SITI, BUDI, encoding=encoding), ON)
    assert people["Siti Aminah"]["email"] == "siti@x.example"
    assert [people["Siti Aminah"]["minutes"], people["Budi"]["minutes"]] == [62, 32]


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_other_delimiters_and_old_code_pages(delimiter: str, encoding: str) -> None:
    lines = [line.replace(",", delimiter) for line in (LANGUAGES["es"], "José" + SITI[4:])]
    assert _people(csv(*lines, encoding=encoding))["José Aminah"]["minutes"] == 62


@pytest.mark.parametrize(
    ("length", "minutes"),
    [
        ("58 min", 58), ("1 hr 2 min", 62), ("32m", 32), ("1:00:00", 60), ("1 h 5 min", 65),
        ("1 Std. 2 Min.", 62), ("1 godz. 2 min", 62), ("1時間2分", 62), ("1 jam 2 menit", 62),
        ("1 uur 2 min", 62), ("1 t 2 min", 62), ("1 hora e 2 minutos", 62), ("45 sec", 0),
        ("< 1 min", 0), ("2 hours", 120), ("1.5 hr", 90), ("47", 47),
    ],
)  # fmt: skip
def test_lengths_in_words(length: str, minutes: int) -> None:
    assert _people(csv("Name,Email,Duration", f"Siti,,{length}"))["Siti"]["minutes"] == minutes


@pytest.mark.parametrize("length", ["soon", "2 min 1 hr", "1 furlong", "--5 min", "min"])
def test_a_length_that_is_none_costs_its_row(length: str) -> None:
    document = _read(csv("Name,Email,Duration", *["Siti,,58 min"] * 9, f"Budi,,{length}"))
    assert [row["row"] for row in document["refused"]] == [11]


@pytest.mark.parametrize(
    ("date", "day"),
    [("2020-05-02", "2020-05-02"), ("May 2, 2020", "2020-05-02"), ("13/05/2020", "2020-05-13")],
)
def test_a_preamble_names_the_day(date: str, day: str) -> None:
    preamble = ("Meeting title,Date,Start time,End time", f'SSE,"{date}",14:00,16:30', "")
    file = csv(*preamble, "Name,Email,Duration,Time joined,Time exited", "Siti,,58 min,14:00,15:00")
    siti = _people(file)["Siti"]
    assert siti["intervals"] == [[f"{day}T14:00:00", f"{day}T15:00:00"]]
    assert siti["minutes"] == 58


def test_a_preamble_that_fits_two_orders_is_settled_by_the_day_or_left_open() -> None:
    file = csv("Date,05/02/2020,,", "Name,Duration,Time joined,Time exited", "Siti,9 min,9:00,9:09")
    assert (_people(file)["Siti"]["intervals"], _read(file)["date_order"]) == (None, None)
    assert _read(file, ON)["date_order"] == "month-first"
    assert _people(file, ON)["Siti"]["intervals"] == [
        ["2020-05-02T09:00:00", "2020-05-02T09:09:00"]
    ]


def test_the_day_in_the_file_wins_and_a_difference_is_told() -> None:
    file = csv("Date,2020-05-23,,", "Name,Duration,Time joined,Time exited", "Siti,9 min,9:00,9:09")
    document = _read(file, ON)
    assert document["people"][0]["intervals"][0][0] == "2020-05-23T09:00:00"
    assert "2020-05-02" in document["warnings"][0]


def test_who_comes_after_midnight_comes_the_day_after() -> None:
    late = ("A,,1 hr 10 min,11:20 PM,12:30 AM", "B,,20 min,12:05 AM,12:25 AM")
    people = _people(csv("Name,Email,Duration,Time joined,Time exited", *late), ON)
    assert people["A"]["intervals"] == [["2020-05-02T23:20:00", "2020-05-03T00:30:00"]]
    assert people["B"]["intervals"] == [["2020-05-03T00:05:00", "2020-05-03T00:25:00"]]


def test_a_leaving_before_its_joining_costs_its_row_and_moves_nobody() -> None:
    rows = ("A,,30 min,2:30 PM,2:00 PM", "B,,20 min,2:05 PM,2:25 PM")
    document = _read(csv("Name,Email,Duration,Time joined,Time exited", *rows), ON)
    assert [row["row"] for row in document["refused"]] == [2]
    assert document["people"][0]["intervals"] == [["2020-05-02T14:05:00", "2020-05-02T14:25:00"]]


def test_an_extension_knows_when_somebody_came_and_how_long() -> None:
    siti = _people(csv("Full Name,First Seen,Time in Call", "Siti,14:01:22,00:58:10"), ON)["Siti"]
    assert (siti["intervals"], siti["minutes"]) == (None, 58)


def test_a_sheet_saved_as_a_workbook() -> None:
    rows: list[list[object]] = [
        [*HEADER.split(",")],
        ["Siti", "Aminah", "", dt.timedelta(hours=1), dt.time(14), dt.time(15)],
    ]
    assert _people(workbook(rows, "hh:mm:ss"), ON)["Siti Aminah"]["minutes"] == 60


def test_telephones_note_takers_and_total_rows_are_no_attendees() -> None:
    rows = [f"{name},,58 min,14:00,14:58" for name in ("+60 12-***-34", "Fireflies.ai", "Total")]
    people = _people(csv("Name,Email,Duration,Time joined,Time exited", *rows))
    assert [person["role"] for person in people.values()] == ["phone", "bot", "collective"]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("Budi,,x@y.example,9 min,2:00 PM,25:99", "moment"),
        ("Budi,,x@y.example,9 min,2:00:61 PM,3:00 PM", "moment"),
        ("Bu\0di,,x@y.example,9 min,2:00 PM,3:00 PM", "zero bytes"),
        ("Budi", "one cell"),
        (",,,9 min,2:00 PM,3:00 PM", "neither a name"),
        ("Budi,,x@y.example,9 min,2:00\t PM,3:00 PM,more,cells", "more cells"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_are_used(row: str, word: str) -> None:
    document = _read(csv(HEADER, *[SITI] * 8, row))
    assert word in document["refused"][0]["why"]
    assert [person["name"] for person in document["people"]] == ["Siti Aminah"]


def test_two_headers_and_a_formula_as_a_name_do_no_harm() -> None:
    people = _people(csv(HEADER, SITI, HEADER, '"=cmd|x",,,9 min,2:00 PM,2:09 PM'))
    assert sorted(people) == ["=cmd|x", "Siti Aminah"]


def test_an_open_quotation_mark_is_refused_whole() -> None:
    with pytest.raises(FileRefused, match="never closed"):
        _read(csv(HEADER, SITI, '"Budi,,,9 min,2:00 PM,2:09 PM'))


def test_halves_of_names_beside_dated_times_are_meets_too() -> None:
    row = "Siti,Aminah,s@x.example,58 min,2020-05-02 14:00,2020-05-02 15:00"
    siti = _people(csv(LANGUAGES["es"], row))["Siti Aminah"]
    assert (siti["intervals"][0][0], siti["minutes"]) == ("2020-05-02T14:00:00", 58)
