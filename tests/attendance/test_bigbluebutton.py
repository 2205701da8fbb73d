"""BigBlueButton: the learning dashboard as CSV and JSON, and events.xml, with their twins."""

import datetime as dt
import json
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv

HEADER = (
    "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,"
    "Raise Hands,Join,Left,Duration"
)
GERMAN = (
    "Name,Moderator,Aktivitätsbewertung,Redezeit,Webcam-Zeit,Nachrichten,Reaktionen,"
    "Abstimmungen,Handzeichen,Beitritt,Verlassen,Dauer"
)
NO_MESSAGES = '"2.5","00:01:10","-","3","0","1","0"'
ANONYMOUS = '"Anonymous"' + ',""' * 11
START = 1_588_399_200_000  # 2 May 2020, 06:00 UTC
MINUTE = 60_000


def _row(name: str, joined: str, left: str, length: str, moderator: str = "FALSE") -> str:
    return f'"{name}","{moderator}",{NO_MESSAGES},"{joined}","{left}","{length}"'


SITI = _row("Siti Aminah", "5/2/2020, 2:03:11 PM", "5/2/2020, 4:03:11 PM", "02:00:00")
HOST = _row("Ben", "5/2/2020, 1:50:00 PM", "5/2/2020, 4:30:00 PM", "02:40:00", "TRUE")


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "bbb", on=on))


def _people(data: bytes) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data, dt.date(2020, 5, 2))["people"]}


@pytest.mark.parametrize("header", [HEADER, GERMAN, ",".join("名" * 12)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_dashboard_is_known_by_its_values(header: str, encoding: str) -> None:
    people = _people(csv(header, SITI, HOST, ANONYMOUS, encoding=encoding))
    assert {name: person["role"] for name, person in people.items()} == {
        "Siti Aminah": "attendee",
        "Ben": "host",
        "Anonymous": "collective",
    }
    assert people["Siti Aminah"]["intervals"] == [["2020-05-02T14:03:11", "2020-05-02T16:03:11"]]
    assert (people["Siti Aminah"]["minutes"], people["Anonymous"]["minutes"]) == (120, None)


def test_devices_at_once_are_added_up_by_the_dashboard_and_not_by_us() -> None:
    twice = SITI.replace("02:00:00", "04:00:00")
    assert _people(csv(HEADER, twice, HOST))["Siti Aminah"]["minutes"] == 120


def test_time_away_between_two_stays_is_not_counted() -> None:
    away = SITI.replace("02:00:00", "00:45:30")
    assert _people(csv(HEADER, away, HOST))["Siti Aminah"]["minutes"] == 45


def test_a_comma_in_a_question_shifts_the_header_and_nothing_else() -> None:
    header = f"{HEADER},Is rice, or is wheat, grown?"
    people = _people(csv(header, f'{SITI},"rice"', f'{HOST},"-"', f'{ANONYMOUS},"wheat"'))
    assert people["Siti Aminah"]["minutes"] == 120


def test_quotation_marks_in_a_name_are_not_escaped_by_the_dashboard() -> None:
    people = _people(csv(HEADER, SITI.replace("Siti Aminah", 'Siti "Ami" Aminah'), HOST))
    assert list(people) == ["Siti Ami Aminah", "Ben"]


def test_answers_to_polls_are_not_kept() -> None:
    file = read_attendance(csv(f"{HEADER},Q", f'{SITI},"my secret"', f'{HOST},"-"'), "bbb.csv")
    assert not any("my secret" in row.raw.values() for row in file.connections)


def test_whoever_is_still_there_has_minutes_and_no_end() -> None:
    still = _row("Siti", "5/2/2020, 2:03:11 PM", "-", "01:10:20")
    siti = _people(csv(HEADER, still, HOST))["Siti"]
    assert (siti["intervals"], siti["minutes"]) == (None, 70)


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("2.5.2020, 14:03:11", "2.5.2020, 16:03:11"),
        ("2.5.2020 klo 14.03.11", "2.5.2020 klo 16.03.11"),
        ("02/05/2020, 14:03:11", "02/05/2020, 16:03:11"),
        ("2/5/2020, 14.03.11", "2/5/2020, 16.03.11"),
        ("2-5-2020, 14:03:11", "2-5-2020, 16:03:11"),
        ("2020/5/2 14:03:11", "2020/5/2 16:03:11"),
        ("2.05.2020, 14:03:11", "2.05.2020, 16:03:11"),
        ("2/5/2563 14:03:11", "2/5/2563 16:03:11"),
    ],
)
def test_dates_of_the_viewers_language(joined: str, left: str) -> None:
    siti = _people(csv(HEADER, _row("Siti", joined, left, "02:00:00")))["Siti"]
    assert siti["intervals"] == [["2020-05-02T14:03:11", "2020-05-02T16:03:11"]]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ('"Budi","FALSE"', "moderator"),
        ('"Budi","perhaps",' + SITI.split(",", 2)[2], "moderator"),
        (_row("Budi", "5/2/2020, 14:00:61", "5/2/2020, 4:00:00 PM", "00:10:00"), "moment"),
        (_row("Budi", "5/2/2020, 4:00:00 PM", "5/2/2020, 2:00:00 PM", "00:10:00"), "before"),
        (_row("Bu\0di", "5/2/2020, 2:00:00 PM", "5/2/2020, 4:00:00 PM", "00:10:00"), "zero bytes"),
    ],
)
def test_a_bad_row_of_the_dashboard_is_listed(row: str, word: str) -> None:
    others = [SITI.replace("Siti", f"Siti {number}") for number in range(9)]
    document = _read(csv(HEADER, *others, row, ANONYMOUS))
    assert [word in refused["why"] for refused in document["refused"]] == [True]
    assert len(document["people"]) == 10


def _user(
    name: str, ext_id: str, *stays: tuple[int, int], moderator: bool = False
) -> dict[str, Any]:
    """Return a user of the newest dashboard; stays are minutes after the start."""
    sessions = [
        {"registeredOn": START + a * MINUTE, "leftOn": b and START + b * MINUTE} for a, b in stays
    ]
    devices = {
        f"w_{name}{n}": {"intId": f"w_{n}", "sessions": [one]} for n, one in enumerate(sessions)
    }
    return {"name": name, "extId": ext_id, "isModerator": moderator, "intIds": devices}


def _activities(*users: dict[str, Any], **more: Any) -> bytes:
    document = {"intId": "x", "extId": "sse", "users": dict(enumerate(users)), "polls": {}, **more}
    return json.dumps(document, ensure_ascii=False).encode()


def test_stays_of_two_devices_are_one_presence_in_utc() -> None:
    document = _read(_activities(_user("Siti", "reg-212", (0, 60), (30, 90))))
    assert (document["format"], document["zone"]) == ("bigbluebutton-activities", "UTC")
    [siti] = document["people"]
    assert siti["intervals"] == [["2020-05-02T06:00:00", "2020-05-02T07:30:00"]]
    assert siti["minutes"] == 90


def test_a_stay_without_an_end_lasts_to_the_end_of_the_meeting_if_that_is_known() -> None:
    user = _user("Siti", "reg-212", (0, 0))
    ended = _activities(user, endedOn=START + 150 * MINUTE)
    assert _people(ended)["Siti"]["minutes"] == 150
    assert _people(_activities(user, endedOn=0))["Siti"]["minutes"] is None


def test_one_id_with_two_names_is_one_and_one_name_with_two_ids_is_two() -> None:
    renamed = _activities(_user("Siti", "r1", (0, 10)), _user("Siti Aminah", "r1", (10, 20)))
    assert [person["names"] for person in _read(renamed)["people"]] == [["Siti", "Siti Aminah"]]
    namesakes = _activities(_user("Siti", "r1", (0, 10)), _user("Siti", "r2", (10, 20)))
    assert [person["minutes"] for person in _read(namesakes)["people"]] == [10, 10]


def test_a_guest_who_comes_again_is_the_same_by_name_for_the_id_is_made_up() -> None:
    guest = _activities(_user("Siti", "gl-guest-1a", (0, 10)), _user("Siti", "w_77", (10, 20)))
    assert [person["minutes"] for person in _read(guest)["people"]] == [20]


def test_moderators_are_hosts_and_the_id_is_kept_for_matching() -> None:
    file = read_attendance(_activities(_user("Ben", "r9", (0, 9), moderator=True)), "x.json")
    assert (file.people[0].role, list(file.people[0].external_ids)) == ("host", ["r9"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_json_in_other_encodings(encoding: str) -> None:
    data = _activities(_user("José Peña Muñoz", "r1", (0, 60))).decode().encode(encoding)
    assert list(_people(data)) == ["José Peña Muñoz"]


def test_older_dashboards_have_one_stay_a_device_or_a_user() -> None:
    stay = {"registeredOn": START, "leftOn": START + 9 * MINUTE}
    device = {"name": "A", "extId": "r1", "isModerator": False, "intIds": {"w_1": stay}}
    user = {"name": "B", "extId": "r2", "isModerator": False, "intId": "w_2", **stay}
    people = _people(_activities(device, user))
    assert [person["minutes"] for person in people.values()] == [9, 9]


@pytest.mark.parametrize(
    "bad",
    [
        None, 7, {}, {"name": 3}, {"name": "Budi", "intIds": {}},
        {"name": "Budi", "intIds": {"w": {"registeredOn": "soon"}}},
        {"name": "Budi", "intIds": {"w": {"registeredOn": 10**30, "leftOn": 10**30}}},
        {"name": "Budi", "intIds": {"w": {"registeredOn": START, "leftOn": START - 1_000}}},
        {"name": "  ", "intIds": {"w": {"registeredOn": START, "leftOn": START + 1_000}}},
    ],
)  # fmt: skip
def test_a_bad_user_is_listed_and_the_good_ones_are_used(bad: Any) -> None:
    document = _read(_activities(_user("Siti", "r1", (0, 60)), bad))
    assert [row["row"] for row in document["refused"]] == [2]
    assert [person["name"] for person in document["people"]] == ["Siti"]


@pytest.mark.parametrize(
    "data",
    [
        _activities(_user("Siti", "r1", (0, 60)))[:-20],
        _activities(),
        b'{"users": {}}',
        b'{"a": 1}',
        b'[{"a": 1}]',
        b"[" * 100_000,
        b'{"a": ' * 100_000,
        b'{"intId": 1, "users": {"a": ' + b"9" * 5_000 + b"}}",
        b'{"intId": "a\0b", "users": {}}',
    ],
)
def test_a_json_document_that_is_broken_or_something_else_is_refused_whole(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        _read(data)
    assert str(refusal.value).endswith(".")


def _event(
    kind: str, at: int, /, module: str = "PARTICIPANT", *, utc: bool = True, **fields: str
) -> str:
    moment = f"<timestampUTC>{START + at * MINUTE}</timestampUTC>" if utc else ""
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items())
    stamp = f'timestamp="{5_000 + at * MINUTE}"'
    return f'<event {stamp} module="{module}" eventname="{kind}">{moment}{inner}</event>'


def _join(
    user: str, name: str, at: int, role: str = "VIEWER", ext: str = "", *, utc: bool = True
) -> str:
    fields = {"userId": user, "externalUserId": ext or user, "name": name, "role": role}
    return _event("ParticipantJoinEvent", at, utc=utc, **fields)


def _left(user: str, at: int, *, utc: bool = True) -> str:
    return _event("ParticipantLeftEvent", at, utc=utc, userId=user)


def _events(*events: str, before: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    root = f'<recording meeting_id="183f0bf3a0982a127bdb8161-{START}">'
    return "\n".join([before, root, *events, "</recording>"]).encode()


def test_joining_and_leaving_in_the_protocol_of_a_recording() -> None:
    document = _read(
        _events(
            _join("w_1", "Siti &amp; Sons", 0),
            _join("w_2", "Ben", 0, "MODERATOR"),
            _left("w_1", 20),
            _join("w_1", "Siti &amp; Sons", 30),
            _event("ParticipantLeftEvent", 35, "VOICE", participant="w_1"),
            _left("w_1", 60),
            _event("EndAndKickAllEvent", 150),
        )
    )
    siti, ben = document["people"]
    assert (document["format"], document["zone"]) == ("bigbluebutton-events", "UTC")
    assert (siti["name"], siti["minutes"], len(siti["intervals"])) == ("Siti & Sons", 50, 2)
    assert (ben["role"], ben["minutes"]) == ("host", 150)


def test_older_protocols_have_a_running_clock_and_the_meeting_its_beginning() -> None:
    people = _people(
        _events(
            _event("AssignPresenterEvent", 0, utc=False),
            _join("w_1", "Siti", 10, utc=False),
            _left("w_1", 20, utc=False),
        )
    )
    assert people["Siti"]["intervals"] == [["2020-05-02T06:10:00", "2020-05-02T06:20:00"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_xml_in_other_encodings_whatever_it_says_of_itself(encoding: str) -> None:
    data = _events(_join("w_1", "José Peña Muñoz", 0), _left("w_1", 9)).decode().encode(encoding)
    assert list(_people(data)) == ["José Peña Muñoz"]


def test_a_bad_event_is_listed_with_its_line_and_the_good_ones_are_used() -> None:
    nobody = _event("ParticipantJoinEvent", 3, name="X")
    document = _read(_events(_join("w_1", "Siti", 0), _left("w_9", 2), nobody, _left("w_1", 9)))
    assert [row["row"] for row in document["refused"]] == [4, 5]
    assert [person["minutes"] for person in document["people"]] == [9]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE recording [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (_events(_join("w_1", "&c;", 0), before=BOMB), "document type"),
        (
            _events(
                _join("w_1", "&c;", 0),
                before='<!DOCTYPE recording [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
            ),
            "document type",
        ),
        (_events(_join("w_1", "Siti", 0))[:-30], "cut off"),
        (_events(_join("w_1", "Siti &nothing;", 0)), "broken"),
        (_events("<a>" * 1_000 + "</a>" * 1_000), "nested"),
        (b'<?xml version="1.0"?><Workbook><Row/></Workbook>', "no attendance report"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html/>', "web page"),
        (b'<?xml version="1.0"?>', "."),
    ],
)
def test_xml_that_is_dangerous_broken_or_something_else_is_refused_whole(
    data: bytes, word: str
) -> None:
    with pytest.raises(FileRefused, match=word):
        _read(data)
