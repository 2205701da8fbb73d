"""Zoom's participants of a meeting in the shapes that arrive."""

import datetime as dt
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import Z1, Z2, Z3, Z4, Z6, Z7, csv, workbook

SITI = (
    "Siti Aminah (Siti A.),Siti@Coop.example,11/19/2021 09:54:15 AM,11/19/2021 12:01:59 PM,128,No"
)
SITI_THERE = [["2021-11-19T09:54:15", "2021-11-19T12:01:59"]]


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "participants_94849208356.csv", on=on))


def _people(data: bytes, on: dt.date | None = None) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data, on)["people"]}


def test_the_document_has_exactly_the_agreed_members() -> None:
    found = _read(csv(Z2, SITI))
    assert found == {
        "format": "zoom-meeting",
        "date_order": "month-first",
        "zone": None,
        "warnings": [],
        "refused": [],
        "people": [
            {
                "name": "Siti Aminah",
                "names": ["Siti Aminah"],
                "email": "siti@coop.example",
                "role": "attendee",
                "attended": True,
                "intervals": SITI_THERE,
                "minutes": 127,
            }
        ],
    }


@pytest.mark.parametrize(
    "header", [Z1, "Name,User Email,Total Duration,Guest", Z1.rsplit(",", 1)[0]]
)
def test_the_list_of_unique_users_has_minutes_and_no_times(header: str) -> None:
    rows = [
        f"{row},Yes"[: None if "Guest" in header else -4]
        for row in ("Siti,,45", "Budi,B@x.example,60")
    ]
    found = _read(csv(header, *rows))
    assert [person["minutes"] for person in found["people"]] == [45, 60]
    assert [person["intervals"] for person in found["people"]] == [None, None]
    assert found["date_order"] is None
    assert found["warnings"] == ["The file has no times, only minutes."]


def test_rows_without_times_add_their_minutes() -> None:
    header = "Name (Original Name),User Email,Duration (Minutes),Guest,Recording Consent"
    people = _people(csv(header, "Siti,,40,Yes,Y", "Siti,,20,Yes,N", "Budi,,,Yes,"))
    assert people["Siti"]["minutes"] == 60
    assert people["Budi"]["minutes"] is None


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        (Z2 + ",Recording Consent", ",Y"),
        (Z2 + ",Recording Disclaimer Response,In Waiting Room", ",OK,No"),
        (Z2.removesuffix(",Guest"), None),
        (Z2.upper(), ""),
        (Z2.replace(",", " , "), ""),
        (Z4.split(",Recording")[0], ""),
    ],
)
def test_columns_may_be_missing_added_or_written_otherwise(header: str, rest: str | None) -> None:
    row = SITI.removesuffix(",No") if rest is None else SITI + rest
    assert _people(csv(header, row))["Siti Aminah"]["intervals"] == SITI_THERE


@pytest.mark.parametrize("blank", ["", ",,,,,,", "  "])
def test_the_meeting_above_the_participants_tells_who_was_host(blank: str) -> None:
    meeting = (
        '"812 3456 7890",Week 1,11/19/2021 09:50:00 AM,11/19/2021 12:05:00 PM,SITI@coop.example,9,2'
    )
    budi = "Budi,,11/19/2021 10:00:00 AM,11/19/2021 10:30:30 AM,31,Yes"
    people = _people(csv(Z3, meeting, blank, Z2 + ",", SITI + ",", budi + ","))
    assert people["Siti Aminah"]["role"] == "host"
    assert people["Budi"] == {
        "name": "Budi",
        "names": ["Budi"],
        "email": None,
        "role": "attendee",
        "attended": True,
        "intervals": [["2021-11-19T10:00:00", "2021-11-19T10:30:30"]],
        "minutes": 30,
    }


def test_the_newer_portal_names_the_host_and_the_waiting_room() -> None:
    meeting = "Topic,ID,Host,Duration (minutes),Start time,End time,Participants"
    found = _people(
        csv(
            meeting,
            "Week 1,81234567890,Siti Aminah,128,11/19/2021 09:50:00 AM,11/19/2021 12:05:00 PM,4",
            "",
            Z4,
            SITI + ",OK,No",
            "Budi,,11/19/2021 09:50:00 AM,11/19/2021 09:55:00 AM,5,Yes,,Yes",
            "Budi,,11/19/2021 09:55:00 AM,11/19/2021 10:25:00 AM,30,Yes,OK,No",
            "Wati,,11/19/2021 09:50:00 AM,11/19/2021 09:55:00 AM,5,Yes,,Yes",
        )
    )
    assert found["Siti Aminah"]["role"] == "host"
    assert found["Budi"]["intervals"] == [["2021-11-19T09:55:00", "2021-11-19T10:25:00"]]
    assert (found["Wati"]["role"], found["Wati"]["attended"]) == ("waiting", False)
    assert (found["Wati"]["intervals"], found["Wati"]["minutes"]) == (None, None)


@pytest.mark.parametrize(
    "topic", ["Week 1 (May)", "Academy (Asia)", "Name (Original Name) explained"]
)
def test_a_topic_that_looks_like_a_header_is_none(topic: str) -> None:
    times = "11/19/2021 09:50:00 AM,11/19/2021 12:05:00 PM"
    older = csv(Z3, f'"812 3456 7890",{topic},{times},ben@asec.example,9,1', "", Z2, SITI)
    newer = csv(
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants",
        f"{topic},812,Ben,9,{times},1",
        "",
        Z4,
        SITI + ",OK,No",
    )
    assert list(_people(older)) == ["Siti Aminah"]
    assert list(_people(newer)) == ["Siti Aminah"]
    assert _read(newer)["format"] == "zoom-meeting"


def test_a_guest_who_bears_the_name_of_the_host_is_no_host() -> None:
    meeting = "Topic,ID,Host,Duration (minutes),Start time,End time,Participants"
    row = SITI.replace("Siti@Coop.example", "").removesuffix("No") + "Yes,OK,No"
    people = _people(csv(meeting, "Week 1,8,Siti Aminah,128,,,4", "", Z4, row))
    assert people["Siti Aminah"]["role"] == "attendee"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("header", "row"),
    [
        (Z6, "José Núñez,,19/11/2021 09:54:15,19/11/2021 12:01:59,128,Sí"),
        (Z7, 'José Núñez,,"19/11/2021 09:54:15 a. m.","19/11/2021 12:01:59 p. m.",128,Sí,OK,No'),
    ],
)
def test_spanish_files_are_read(header: str, row: str, encoding: str) -> None:
    people = _people(csv(header, row, encoding=encoding))
    assert people["José Núñez"]["intervals"] == SITI_THERE


def test_a_spanish_file_saved_again_by_excel_has_semicolons_and_no_seconds() -> None:
    row = "José Núñez;jose@coop.example;19/11/2021 9:54;19/11/2021 12:01;128;No"
    people = _people(csv(Z6.replace(",", ";"), row, encoding="cp1252"))
    assert people["José Núñez"]["intervals"] == [["2021-11-19T09:54:00", "2021-11-19T12:01:00"]]


def test_the_spanish_unique_list_is_read() -> None:
    header = "Nombre (nombre original),E-mail del usuario,Duración total (minutos),Invitado"
    assert _people(csv(header, "Ana,,45,Sí"))["Ana"]["minutes"] == 45


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "Nome (nome originale),E-mail,Ora di ingresso,Ora di uscita,Durata (minuti),Guest",
            "Mario",
        ),
        ("Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),x", "João"),
        ("Nom (nom original),E-mail,Heure d’arrivée,Heure de départ,Durée (minutes),Invité", "Zoé"),
        ("Nama (nama asli),Email,Waktu bergabung,Waktu keluar,Durasi (menit),Tamu", "Wati"),
        ("이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트", "홍길동"),
        ("名前（元の名前）,メールアドレス,参加時間,退出時間,期間（分）,ゲスト", "山田花子"),
        ("姓名（原名）,邮箱,加入时间,离开时间,时长（分钟）,访客", "王芳"),
        ("Имя (настоящее имя),Почта,Время входа,Время выхода,Длительность (мин.),Гость", "Иван"),
        ("Tên (Tên gốc),Email,Thời gian tham gia,Thời gian rời,Thời lượng (phút),Khách", "Ánh"),
        ("ສະບາຍດີ (ຊື່ເດີມ),ອີເມວ,ເຂົ້າ,ອອກ,ນາທີ,ແຂກ", "ບຸນມີ"),
        ("Jina (jina asili),Barua,Kuingia,Kutoka,Muda,Mgeni", "Amani"),
    ],
)
def test_other_languages_are_known_by_their_words_or_by_their_values(
    header: str, name: str
) -> None:
    rows = [
        f"{name} (x),,2021-11-19 09:54:15,2021-11-19 12:01:59,128,?",
        "Other,a@b.example,,,3,?",
    ]
    people = _people(csv(header, *rows))
    assert people[name]["intervals"] == SITI_THERE
    assert people[name]["minutes"] == 127


def test_a_workbook_keeps_its_moments() -> None:
    first = dt.datetime(2021, 11, 19, 9, 54, 15)  # noqa: DTZ001 - Excel knows no zones
    last = dt.datetime(2021, 11, 19, 12, 1, 59)  # noqa: DTZ001
    data = workbook([Z2.split(","), ["Siti Aminah", "", first, last, 128, "Yes"]])
    assert _people(data)["Siti Aminah"]["intervals"] == SITI_THERE


def test_a_header_alone_is_a_report_of_nobody() -> None:
    assert _read(csv(Z2))["people"] == []


def test_a_header_that_stands_again_in_the_middle_is_nobody() -> None:
    assert len(_read(csv(Z2, SITI, Z2, SITI))["people"]) == 1


def test_several_meetings_in_one_file_are_refused() -> None:
    header = "Topic,Meeting ID,User Name,User Email,Start Time,End Time," + Z2
    front = "Week {0},812 {0},Ben,ben@asec.example,11/19/2021 09:50:00 AM,11/19/2021 12:05:00 PM,"
    one = [front.format(1) + SITI, front.format(1) + SITI.replace("Siti", "Budi")]
    assert set(_people(csv(header, *one))) == {"Siti Aminah", "Budi Aminah"}
    with pytest.raises(FileRefused, match="several meetings"):
        _read(csv(header, *one, front.format(2) + SITI))


@pytest.mark.parametrize(
    "data",
    [
        b"Dear all,\nwe met on Saturday, it was good.\nRegards, Ben\n",
        b"1,2,3\n4,5,6\n",
        b"Name,Moderator,Activity Score,Talk Time,Join,Left,Duration\nSiti,FALSE,3,0,10,11,60\n",
        b"First Name,Last Name,Email,Registration Time,Approval Status\nSiti,A,a@b.example,x,ok\n",
        b"Name,Country\nSiti,Malaysia\n",
    ],
)
def test_what_is_no_report_of_zoom_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        _read(data)
    assert str(refusal.value).endswith(".")


def test_the_host_may_be_told_with_an_address_in_brackets() -> None:
    meeting = "Topic,ID,Host,Duration (minutes),Start time,End time,Participants"
    people = _people(csv(meeting, "W,8,Ben (siti@coop.example),9,,,1", "", Z4, SITI + ",OK,No"))
    assert people["Siti Aminah"]["role"] == "host"
