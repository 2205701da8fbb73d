"""Random meetings, written as Zoom writes them in every variant, are read back as they were."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.attendance.reading.files import as_json, read_attendance

NAMES = ("Siti Aminah", "Lee, Ana", "José Núñez", "สมชาย ใจดี", "O'Brien", "Đặng Ánh", "ស៊ីថា", "Budi")
HEADERS = {
    "en": ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)"),
    "new": ("Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)"),
    "es": (
        "Nombre (nombre original)",
        "E-mail del usuario",
        "Hora para unirse",
        "Hora para salir",
        "Duración (minutos)",
    ),
    "es new": (
        "Nombre (nombre original)",
        "Correo electrónico",
        "Hora de entrada",
        "Hora de salida",
        "Duración (minutos)",
    ),
    "it": (
        "Nome (nome originale)",
        "E-mail",
        "Ora di ingresso",
        "Ora di uscita",
        "Durata (minuti)",
    ),
    "unknown": ("Jina (jina asili)", "Barua", "Kuingia", "Kutoka", "Muda"),
}
ORDERS = {"m": "month-first", "d": "day-first", "y": "year-first"}
STYLES = {
    "m12": "%m/%d/%Y %I:%M:%S %p",
    "m24": "%m/%d/%Y %H:%M:%S",
    "d12": "%d/%m/%Y %I:%M:%S %p",
    "d24": "%d-%m-%Y %H:%M:%S",
    "y24": "%Y-%m-%d %H:%M:%S",
}


@dataclass(frozen=True)
class Meeting:
    """What truly happened: who was there, with which address, and when."""

    start: dt.datetime
    people: dict[str, tuple[str | None, list[tuple[dt.datetime, dt.datetime]]]]


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """Return a meeting of a few people who come, leave and come again."""
    start = draw(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 12, 28)))  # noqa: DTZ001
    start = start.replace(microsecond=0, fold=0)
    people: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)):
        at, connections = start, []
        for gap, length in draw(
            st.lists(st.tuples(st.integers(1, 900), st.integers(1, 4_000)), min_size=1, max_size=3)
        ):
            joined = at + dt.timedelta(seconds=gap)
            at = joined + dt.timedelta(seconds=length)
            connections.append((joined, at))
        email = f"p{NAMES.index(name)}@coop.example" if draw(st.booleans()) else None
        people[name] = (email, connections)
    return Meeting(start, people)


def _written(meeting: Meeting, language: str, style: str, delimiter: str, *, padded: bool) -> str:
    def cell(text: str) -> str:
        quoted = text.replace('"', '""')
        return f'"{quoted}"' if delimiter in text else text

    rows = [[*HEADERS[language], "Guest"]]
    for name, (email, connections) in meeting.people.items():
        for number, (joined, left) in enumerate(connections):
            shown = f"{name} (Old Name {number})" if number else name
            stated = -(-(left - joined).seconds // 60)
            times = [joined.strftime(STYLES[style]), left.strftime(STYLES[style])]
            address = (email or "").upper() if number else email or ""
            rows.append([shown, address, *times, str(stated), "No"])
    end = delimiter * 3 if padded else ""
    return "\r\n".join(delimiter.join(map(cell, row)) + end for row in rows) + "\r\n"


def _is_proved(meeting: Meeting, style: str) -> bool:
    """Say whether the file settles its order: a day above 12, ISO, or a night in between."""
    days = {
        moment.date() for _e, spans in meeting.people.values() for span in spans for moment in span
    }
    return style[0] == "y" or any(day.day > 12 for day in days)


@settings(max_examples=300, deadline=None)
@given(
    meeting=meetings(),
    language=st.sampled_from(sorted(HEADERS)),
    style=st.sampled_from(sorted(STYLES)),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    padded=st.booleans(),
    day_is_named=st.booleans(),
)
def test_what_was_written_is_read(
    *,
    meeting: Meeting,
    language: str,
    style: str,
    delimiter: str,
    encoding: str,
    padded: bool,
    day_is_named: bool,
) -> None:
    data = _written(meeting, language, style, delimiter, padded=padded).encode(encoding)
    on = meeting.start.date() if day_is_named else None
    document = as_json(read_attendance(data, "participants.csv", on=on))
    truth = [_truth(name, *what) for name, what in meeting.people.items()]
    assert document["refused"] == []
    assert [person["minutes"] for person in document["people"]] == [one["minutes"] for one in truth]
    if day_is_named or _is_proved(meeting, style):
        assert document["date_order"] in {ORDERS[style[0]], None}
        assert document["people"] == truth


def _truth(
    name: str, email: str | None, connections: list[tuple[dt.datetime, dt.datetime]]
) -> dict[str, Any]:
    seconds = sum((left - joined).total_seconds() for joined, left in connections)
    return {
        "name": name,
        "names": [name],
        "email": email,
        "role": "attendee",
        "attended": True,
        "intervals": [[joined.isoformat(), left.isoformat()] for joined, left in connections],
        "minutes": int(seconds // 60),
    }
