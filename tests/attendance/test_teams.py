"""Teams' attendance reports: a list of connections, or three sections."""

import datetime as dt
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv, workbook
from tests.attendance.teams_files import (
    ANA,
    ENCODINGS,
    PEOPLE,
    REPORT,
    SECTIONS,
    SITI,
    STAYS,
    SUMMARY,
    tabbed,
)

ROW = f"Siti Aminah\t7/22/26, 7:00:11 PM\t7/22/26, 8:00:41 PM\t1h 30s\t{SITI}\tAttendee\t{SITI}"
THERE = [["2026-07-22T19:00:11", "2026-07-22T20:00:41"]]


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "meetingAttendanceReport.csv", on=on))


def _people(data: bytes, on: dt.date | None = None) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data, on)["people"]}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_three_sections_give_each_person_once_with_all_intervals(encoding: str) -> None:
    found = _read(tabbed(SECTIONS, encoding))
    people = {person["name"]: person for person in found["people"]}
    assert (found["format"], found["date_order"]) == ("teams-report", "month-first")
    assert (found["warnings"], found["refused"]) == ([], [])
    assert list(people) == ["Ben", "Siti Aminah", "Ana Lima", "Kim"]
    assert people["Siti Aminah"] == {
        "name": "Siti Aminah",
        "names": ["Siti Aminah"],
        "email": SITI,
        "role": "attendee",
        "attended": True,
        "intervals": [
            ["2026-07-22T19:00:11", "2026-07-22T19:30:00"],
            ["2026-07-22T20:00:00", "2026-07-22T21:00:00"],
        ],
        "minutes": 89,
    }


def test_organisers_are_hosts_and_presenters_are_anybody() -> None:
    people = _people(tabbed(SECTIONS))
    assert [person["role"] for person in people.values()] == ["host", *["attendee"] * 3]


def test_a_guests_principal_name_stands_in_for_the_address_unless_it_is_made_up() -> None:
    people = _people(tabbed(SECTIONS))
    assert people["Ana Lima"]["email"] == ANA
    assert people["Kim"]["email"] is None


def test_somebody_without_activities_is_read_from_the_participants() -> None:
    lines = [line for line in SECTIONS if not line.startswith("Kim") or "#EXT#" in line]
    kim = _people(tabbed(lines))["Kim"]
    assert kim["intervals"] == [["2026-07-22T19:06:00", "2026-07-22T20:06:00"]]


def test_first_and_last_with_gaps_between_are_no_interval() -> None:
    lines = SECTIONS[: SECTIONS.index("3. In-Meeting Activities")]
    found = _read(tabbed(lines))
    people = {person["name"]: person for person in found["people"]}
    assert (people["Siti Aminah"]["intervals"], people["Siti Aminah"]["minutes"]) == (None, 89)
    assert people["Ana Lima"]["minutes"] == 60
    assert "1 people have only a first joining" in found["warnings"][0]


def test_two_guests_of_one_name_keep_their_addresses_by_their_times() -> None:
    lines = [
        *SUMMARY,
        "2. Participants",
        PEOPLE,
        "Lee (Guest)\t7/22/26, 7:00:00 PM\t7/22/26, 8:00:00 PM\t1h\t\tlee@a.example\tAttendee",
        "Lee (Guest)\t7/22/26, 7:10:00 PM\t7/22/26, 8:10:00 PM\t1h\t\tlee@b.example\tAttendee",
        "3. In-Meeting Activities",
        STAYS,
        "Lee (Guest)\t7/22/26, 7:10:00 PM\t7/22/26, 8:10:00 PM\t1h\t\tAttendee",
        "Lee (Guest)\t7/22/26, 7:00:00 PM\t7/22/26, 8:00:00 PM\t1h\t\tAttendee",
    ]
    people = _read(tabbed(lines))["people"]
    assert [person["email"] for person in people] == ["lee@b.example", "lee@a.example"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_list_of_2021_has_one_row_for_each_connection(encoding: str) -> None:
    lines = [
        "Meeting Summary",
        "Total Number of Participants\t2",
        "Meeting Title\tWeek 3",
        "Meeting Start Time\t7/22/26, 6:58:00 PM",
        "Meeting Id\t1f0c",
        "",
        REPORT,
        ROW,
        ROW.replace("7:00:11", "8:30:00").replace("8:00:41", "9:00:00"),
        "Kim (Guest)\t7/22/26, 7:06:00 PM\t7/22/26, 8:06:00 PM\t1h\t\tAttendee\t",
    ]
    people = _people(tabbed(lines, encoding))
    assert people["Siti Aminah"]["minutes"] == 90
    assert people["Kim"]["email"] is None


@pytest.mark.parametrize(
    ("header", "organiser"),
    [
        ("Nombre\tHora de unión\tHora de salida\tDuración\tCorreo electrónico\tRol", "Organizador"),
        ("Nom\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle", "Organisateur"),
        ("Name\tBeitrittszeit\tVerlassenszeit\tDauer\tE-Mail\tRolle", "Organisator"),
        ("Nome\tOra di ingresso\tOra di uscita\tDurata\tEmail\tRuolo", "Organizzatore"),
        ("Nome\tHora de entrada\tHora de saída\tDuração\tEmail\tFunção", "Organizador"),
        ("Naam\tTijd van deelname\tTijd van vertrek\tDuur\tE-mail\tRol", "Organisator"),
        ("Nimi\tLiittymisaika\tPoistumisaika\tKesto\tSähköposti\tRooli", "Järjestäjä"),
        (
            (
                "Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania"
                "\tAdres e-mail\tRola"
            ),
            "Organizator",
        ),
        ("名前\t参加時刻\t退出時刻\t期間\tメール\t役割", "開催者"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8"])
def test_lists_in_ten_languages_are_read(header: str, organiser: str, encoding: str) -> None:
    lines = [
        header,
        f"Ben\t22/07/2026 18:58:00\t22/07/2026 21:00:00\t2h 2m\tben@asec.example\t{organiser}",
        f"Siti\t22/07/2026 19:00:11\t22/07/2026 20:00:41\t1h 30s\t{SITI}\t?",
    ]
    found = _read(tabbed(lines, encoding))
    assert found["format"] == "teams-report"
    assert [person["role"] for person in found["people"]] == ["host", "attendee"]
    assert found["people"][1]["intervals"] == THERE


LANGUAGES = [
    (
        ("1. Resumo", "2. Participantes", "3. Atividades em reunião"),
        (
            "Nome\tPrimeiro ingresso\tÚltima saída\tDuração na reunião\tEmail"
            "\tID do participante (UPN)\tFunção"
        ),
        "Nome\tHora de ingresso\tHora de saída\tDuração\tEmail\tFunção",
        "Organizador",
        ("22/07/26, 19:00:11", "22/07/26, 20:00:41"),
        "1h 30s",
    ),
    (
        ("1. Podsumowanie", "2. Uczestnicy", "3. Działania podczas spotkania"),
        (
            "Imię i nazwisko\tPierwsze dołączenie\tOstatnie wyjście\tCzas udziału w spotkaniu"
            "\tAdres e-mail\tIdentyfikator uczestnika (UPN)\tRola"
        ),
        (
            "Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania"
            "\tAdres e-mail\tRola"
        ),
        "Organizator",
        ("22.07.2026, 19:00:11", "22.07.2026, 20:00:41"),
        "1 godz. 30 sek.",
    ),
    (
        ("1. Zusammenfassung", "2. Teilnehmer", "3. Aktivitäten in der Besprechung"),
        (
            "Name\tErster Beitritt\tLetztes Verlassen\tDauer in der Besprechung\tE-Mail"
            "\tTeilnehmer-ID (UPN)\tRolle"
        ),
        "Name\tBeitrittszeit\tVerlassenszeit\tDauer\tE-Mail\tRolle",
        "Organisator",
        ("22.07.26, 19:00:11", "22.07.26, 20:00:41"),
        "60 Min. 30 Sek.",
    ),
    (
        ("1. Yhteenveto", "2. Osallistujat", "3. Kokouksen toiminnot"),
        (
            "Nimi\tEnsimmäinen liittyminen\tViimeinen poistuminen\tKokouksen kesto\tSähköposti"
            "\tOsallistujan tunnus (UPN)\tRooli"
        ),
        "Nimi\tLiittymisaika\tPoistumisaika\tKesto\tSähköposti\tRooli",
        "Järjestäjä",
        ("22.7.2026 klo 19.00.11", "22.7.2026 klo 20.00.41"),
        "1 t 30 s",
    ),
    (
        ("1. 概要", "2. 参加者", "3. 会議中のアクティビティ"),
        "名前\t最初の参加\t最後の退出\t会議の時間\tメール\t参加者 ID (UPN)\t役割",
        "名前\t参加時刻\t退出時刻\t期間\tメール\t役割",
        "開催者",
        ("2026/07/22 19:00:11", "2026/07/22 20:00:41"),
        "1時間30秒",
    ),
    (
        ("1. Muhtasari", "2. Washiriki", "3. Shughuli"),
        "Jina\tKuingia kwanza\tKutoka mwisho\tMuda\tBarua\tKitambulisho (UPN)\tJukumu",
        "Jina\tKuingia\tKutoka\tMuda\tBarua\tJukumu",
        None,
        ("22/07/2026 19:00:11", "22/07/2026 20:00:41"),
        "saa 1",
    ),
]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language[0][1])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_three_sections_are_known_by_words_numbers_or_values(
    language: tuple[Any, ...], encoding: str
) -> None:
    titles, people, stays, organiser, (joined, left), length = language
    rows = [("Ben", "ben@asec.example", organiser or "x"), ("Siti (Guest)", "", "y")]
    lines = [titles[0], "?\tWeek 3", f"?\t{joined}", "", titles[1], people]
    lines += (
        f"{name}\t{joined}\t{left}\t{length}\t{mail}\t{mail or SITI}\t{role}"
        for name, mail, role in rows
    )
    lines += ["", titles[2], stays]
    lines += (f"{name}\t{joined}\t{left}\t{length}\t{mail}\t{role}" for name, mail, role in rows)
    found = _read(tabbed(lines, encoding))
    assert [person["intervals"] for person in found["people"]] == [THERE, THERE]
    assert [person["email"] for person in found["people"]] == ["ben@asec.example", SITI]
    assert found["people"][0]["role"] == ("host" if organiser else "attendee")


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_report_saved_again_by_a_spreadsheet_is_read(delimiter: str, encoding: str) -> None:
    lines = [
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line.split("\t"))
        for line in SECTIONS
    ]
    width = PEOPLE.count("\t")
    padded = [line + delimiter * (width - line.count(delimiter)) for line in lines]
    assert _people(csv(*padded, encoding=encoding))["Siti Aminah"]["minutes"] == 89


def test_a_report_kept_as_a_workbook_is_read() -> None:
    people = _people(workbook(line.split("\t") for line in SECTIONS))
    assert people["Siti Aminah"]["minutes"] == 89
    assert people["Ana Lima"]["email"] == ANA


def test_columns_that_were_added_later_do_no_harm() -> None:
    lines = [f"{line}\tYes" if line.startswith(("Siti", "Ben")) else line for line in SECTIONS]
    lines = [
        f"{line}\tRegistered"
        if line in {PEOPLE, STAYS}
        else line.replace("First Join", "First join")
        for line in lines
    ]
    assert _people(tabbed(lines))["Siti Aminah"]["minutes"] == 89


def test_a_leaving_without_a_date_is_of_the_day_of_its_joining() -> None:
    lines = [REPORT, ROW.replace("\t7/22/26, 8:00", "\t8:00")]
    assert _people(tabbed([*lines, ROW]))["Siti Aminah"]["intervals"] == THERE
    late = ROW.replace("7:00:11 PM", "11:30:00 PM").replace(
        "\t7/22/26, 8:00:41 PM", "\t12:15:00 AM"
    )
    assert _people(tabbed([REPORT, late]))["Siti Aminah"]["minutes"] == 45


def test_a_presenter_of_the_meeting_from_a_phone_is_a_phone() -> None:
    row = "+60 12-345 6789\t7/22/26, 7:00:00 PM\t7/22/26, 8:00:00 PM\t1h\t\tAttendee\t"
    assert _read(tabbed([REPORT, ROW, row]))["people"][1]["role"] == "phone"


def test_two_reports_one_after_the_other_are_two_meetings() -> None:
    later = [line.replace("7/22/26", "7/29/26") for line in SECTIONS]
    data = tabbed([*SECTIONS, "", *later])
    found = _read(data, dt.date(2026, 7, 29))
    assert len(found["people"]) == 4
    assert found["people"][1]["intervals"][0][0] == "2026-07-29T19:00:11"
    assert "read is Week 3, solidarity, 2026-07-29" in found["warnings"][0]
    with pytest.raises(FileRefused, match="several meetings"):
        _read(data)


def test_no_meeting_on_the_named_day_is_said() -> None:
    later = [line.replace("7/22/26", "7/29/26") for line in SECTIONS]
    with pytest.raises(FileRefused, match="No meeting of this file is on 2026-08-05"):
        _read(tabbed([*SECTIONS, "", *later]), dt.date(2026, 8, 5))


def test_dates_that_fit_two_orders_are_left_open_or_settled_by_the_day() -> None:
    lines = [REPORT, ROW.replace("7/22/26", "5/9/26")]
    assert _people(tabbed(lines))["Siti Aminah"]["intervals"] is None
    settled = _people(tabbed(lines), dt.date(2026, 9, 5))
    assert settled["Siti Aminah"]["intervals"] == [["2026-09-05T19:00:11", "2026-09-05T20:00:41"]]
