"""Moments in documents for programs: ISO 8601 with an offset, or a count since 1970."""

import datetime as dt
import re

_FRACTION = re.compile(r"([.,]\d{1,6})\d*")
#: Counts above this are milliseconds: as seconds they would be later than the year 5000.
_MOST_SECONDS = 100_000_000_000


def milliseconds_of(value: object) -> int | None:
    """Return the moment in milliseconds since 1970 in UTC; None for what is none.

    A text without an offset is in UTC, as such documents are. Nothing is guessed of a text that
    is no date and time: a second of 61 is no moment.
    """
    if isinstance(value, dict):
        return milliseconds_of(value.get("timestamp"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_sound = 0 < value < float("inf")
        return int(value if value > _MOST_SECONDS else value * 1000) if is_sound else None
    return _of_text(value) if isinstance(value, str) else None


def _of_text(text: str) -> int | None:
    """Programs write up to seven digits of a second, and Ruby a space before its offset."""
    plain = _FRACTION.sub(r"\1", text.strip()).replace(" UTC", "Z").replace(" +", "+")
    try:
        moment = dt.datetime.fromisoformat(plain)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return int(aware.timestamp() * 1000)
    except (OverflowError, ValueError):
        return None


def iso_of(milliseconds: int | None) -> str:
    """Write the moment as a cell, on the clock of UTC; one beyond the calendar as its number."""
    if milliseconds is None:
        return ""
    try:
        moment = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return str(milliseconds)[:60]
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
