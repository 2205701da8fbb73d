"""Small Zoom files for tests of the ledger."""

from collections.abc import Iterable

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
