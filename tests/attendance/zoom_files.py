"""Small Zoom files for tests of the ledger."""

from collections.abc import Iterable

from tests.attendance.files import csv

HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
DAY = "05/02/2020"

#: Name shown, address, joined and left as HH:MM:SS of 2 May 2020, 24 hours.
Row = tuple[str, str, str, str]


def zoom_file(rows: Iterable[Row]) -> bytes:
    """Return a participants report with one connection a row."""
    lines = [
        f"{name},{email},{_moment(joined)},{_moment(left)},{_length(joined, left)},Yes"
        for name, email, joined, left in rows
    ]
    return "\n".join([HEADER, *lines, ""]).encode()


def _moment(clock: str) -> str:
    hour, minute, second = clock.split(":")
    half = "AM" if int(hour) < 12 else "PM"
    return f"{DAY} {(int(hour) - 1) % 12 + 1:02}:{minute}:{second} {half}"


def _length(joined: str, left: str) -> int:
    return -((_seconds(joined) - _seconds(left)) // 60)


def _seconds(clock: str) -> int:
    hour, minute, second = map(int, clock.split(":"))
    return hour * 3600 + minute * 60 + second


def account_file(*meetings: tuple[str, str]) -> bytes:
    """Return an export of a whole account: a meeting of one guest for each (number, date)."""
    header = (
        "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,"
        "Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,"
        "Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room"
    )
    return csv(
        header,
        *(
            f"Week {number},812 345 000{number},Ben,ben@asec.example,,,No,{date} 01:00:00 PM,"
            f"{date} 02:00:00 PM,{date} 04:30:00 PM,150,1,Siti,siti{number}@example.org,"
            f"{date} 02:00:00 PM,{date} 04:20:00 PM,140,Yes,,No"
            for number, date in meetings
        ),
    )
