"""Whatever bytes arrive, they are read or refused with a sentence; nothing else happens."""

from hypothesis import example, given
from hypothesis import strategies as st

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import WEBINAR, Z2, Z4, Z6, csv

ROW = "Siti (S),siti@x.example,11/19/2021 09:54:15 AM,11/19/2021 12:01:59 PM,128,No"
JSON = (
    b'{"intId":"x","users":{"u":{"name":"Siti","extId":"r","isModerator":false,"intIds":'
    b'{"w":{"registeredOn":1588399200000,"leftOn":1588399260000}}}}}'
)
XML = (
    b'<recording meeting_id="a-1588399200000"><event timestamp="1" module="PARTICIPANT" eventname='
    b'"ParticipantJoinEvent"><userId>w</userId><name>Siti</name></event></recording>'
)
WHOLE = (
    WEBINAR.encode(),
    csv(Z2, ROW, ROW.replace("siti@x.example", "")),
    csv(Z4, ROW + ",OK,No", encoding="utf-16"),
    csv("Name,Email,Duration,Time joined,Time exited", "Siti,s@x.example,58 min,10:00,10:58"),
    csv("api_id,name,email,approval_status,checked_in_at", "g,Siti,,approved,2020-05-02T06:03:11Z"),
    JSON,
    XML,
    csv(Z6.replace(",", ";"), "José;;19/11/2021 9:54;19/11/2021 12:01;128;Sí", encoding="cp1252"),
)
PIECES = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"\xff",
    b"(",
    b")",
    b"--",
    b"Attended",
    b"99/99/9999",
]


def _sentence_or_people(data: bytes) -> bool:
    try:
        document = as_json(read_attendance(data, "report.csv"))
    except FileRefused as refusal:
        return str(refusal).endswith(".")
    return all(row["why"].endswith(".") for row in document["refused"])


@given(st.binary(max_size=400))
@example(b"\x81")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert _sentence_or_people(data)


@given(st.text(max_size=200))
def test_any_cell_under_a_true_header_is_read_or_refused(text: str) -> None:
    assert _sentence_or_people(csv(Z2, text, ROW.replace("Siti", text)))


@given(
    st.sampled_from(WHOLE),
    st.lists(
        st.tuples(st.integers(0, 2_000), st.sampled_from(PIECES), st.integers(0, 30)), max_size=8
    ),
)
def test_any_damage_to_a_true_file_is_read_or_refused(
    whole: bytes, damage: list[tuple[int, bytes, int]]
) -> None:
    data = bytearray(whole)
    for place, piece, length in damage:
        data[place : place + length] = piece
    assert _sentence_or_people(bytes(data))


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 500), st.integers(0, 90)), max_size=12
    )
)
def test_no_row_is_lost_and_no_minute_is_counted_twice(rows: list[tuple[str, int, int]]) -> None:
    lines = [
        f"{name},,11/19/2021 {start // 60:02}:{start % 60:02}:00,"
        f"11/19/2021 {(start + length) // 60:02}:{(start + length) % 60:02}:00,{length},No"
        for name, start, length in rows
    ]
    file = read_attendance(csv(Z2, *lines), "report.csv")
    assert sum(len(person.connections) for person in file.people) == len(rows)
    assert sum(person.minutes or 0 for person in file.people) == sum(
        length for _, _, length in rows
    )
