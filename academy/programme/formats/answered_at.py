"""When somebody answered, as forms write it: in the order of parts that the whole file shows."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Literal, NamedTuple

DateOrder = Literal["month-first", "day-first", "year-first"]
ORDERS: tuple[DateOrder, ...] = ("month-first", "day-first", "year-first")

_NUMBERS = re.compile(
    r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{1,4})\.?,?\s*"
    r"(?P<before>上午|下午|오전|오후|午前|午後)?\s*"
    r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?\s*"
    r"(?P<after>[ap]\.?\s?m\.?|SA|CH)?\s*(?P<zone>(?:GMT|UTC|Z)?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?)",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAY, _REST = r"(?:[a-z]{3,9},?\s+)?", r"(?P<year>\d{4})\b(?P<clock>.*)"
_WITH_NAME = (
    re.compile(
        _WEEKDAY + r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+" + _REST, re.IGNORECASE
    ),
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})[\s-]+(?P<name>[a-z]{3,9})\.?,?[\s-]+" + _REST, re.IGNORECASE
    ),
)
_AFTERNOON = frozenset({"pm", "下午", "오후", "午後", "ch"})
_MORNING = frozenset({"am", "上午", "오전", "午前", "sa"})
_CENTURY = 2000
#: Years in which somebody may have answered; of others no zone's clock can tell the moment.
_YEARS = range(1970, 2200)
#: The farthest zone from Greenwich, in minutes.
_FARTHEST = 14 * 60
_LONGEST = 60
_NOON = 12


class Parts(NamedTuple):
    """A date of three numbers, and the clock beside it."""

    first: int
    second: int
    third: int
    separator: str
    clock: timedelta
    zone: timezone | None

    @property
    def is_year_first(self) -> bool:
        """Whether the year stands first, so that the order is no question."""
        return self.first > 31  # noqa: PLR2004 - no day and no month is larger


def settle_order(texts: Iterable[str], *, in_time_order: bool = False) -> DateOrder | None:
    """Return in which order the file writes day and month; None where both orders would do.

    A number above twelve settles it, and so do dots. `in_time_order` says that the maker writes
    rows in the order of time: then an order in which time would run backwards is out of the
    question.
    """
    dates = [parts for text in texts if (parts := _numbers(text)) is not None]
    if not dates or all(parts.is_year_first for parts in dates):
        return "year-first" if dates else None
    open_dates = [parts for parts in dates if not parts.is_year_first]
    fitting = [order for order in ORDERS[:2] if _fits_all(open_dates, order)]
    if len(fitting) > 1 and in_time_order:
        fitting = [order for order in fitting if _runs_forward(open_dates, order)] or fitting
    if len(fitting) > 1 and all(parts.separator == "." for parts in open_dates):
        fitting = ["day-first"]
    return fitting[0] if len(fitting) == 1 else None


def _fits_all(dates: Iterable[Parts], order: DateOrder) -> bool:
    return all(_moment(parts, order) is not None for parts in dates)


def _runs_forward(dates: Sequence[Parts], order: DateOrder) -> bool:
    moments = [_moment(parts, order) for parts in dates]
    whole = [moment.replace(tzinfo=None) for moment in moments if moment is not None]
    return all(one <= following for one, following in pairwise(whole))


def read_moment(text: str, order: DateOrder | None) -> datetime | None:
    """Return the moment that `text` says, with its offset where it has one, else without.

    None where it says none, or where day and month could be either and `order` is not settled.
    """
    clean = text.strip()
    found = _read(clean, order) if 0 < len(clean) <= _LONGEST else None
    return found if found is not None and found.year in _YEARS else None


def _read(clean: str, order: DateOrder | None) -> datetime | None:
    iso = _iso(clean)
    if iso is not None:
        return iso
    parts = _numbers(clean)
    return _moment(parts, order) if parts is not None else _with_month_name(clean)


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return datetime.fromisoformat(re.sub(r"\s*UTC$", "+00:00", text))
    except ValueError:
        return None


def _numbers(text: str) -> Parts | None:
    found = _NUMBERS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    clock = _clock(found)
    if clock is None:
        return None
    zone = _zone(found["zone"].strip())
    return Parts(int(found[1]), int(found[3]), int(found[4]), found[2], clock, zone)


def _clock(found: re.Match[str]) -> timedelta | None:
    if found["hour"] is None:
        return timedelta()
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = re.sub(r"[.\s]", "", (found["before"] or found["after"] or "").lower())
    if half in _AFTERNOON and hour < _NOON:
        hour += _NOON
    elif half in _MORNING and hour == _NOON:
        hour = 0
    is_on_the_clock = hour < 24 and minute < 60 and second < 60  # noqa: PLR2004
    return timedelta(hours=hour, minutes=minute, seconds=second) if is_on_the_clock else None


def _zone(text: str) -> timezone | None:
    if not text:
        return None
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text)
    if offset is None:
        return UTC
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    if minutes > _FARTHEST:
        return UTC
    return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))


def _moment(parts: Parts, order: DateOrder | None) -> datetime | None:
    if parts.is_year_first:
        year, month, day = parts.first, parts.second, parts.third
    elif order == "day-first" or (order is None and parts.first == parts.second):
        year, month, day = parts.third, parts.second, parts.first
    elif order == "month-first":
        year, month, day = parts.third, parts.first, parts.second
    else:
        return None
    return _put_together(year, month, day, parts)


def _put_together(year: int, month: int, day: int, parts: Parts) -> datetime | None:
    try:
        date = datetime(year if year > 99 else year + _CENTURY, month, day, tzinfo=parts.zone)  # noqa: PLR2004
    except ValueError:
        return None
    return date + parts.clock


def _with_month_name(text: str) -> datetime | None:
    for pattern in _WITH_NAME:
        found = pattern.fullmatch(text)
        if found and found["name"][:3].lower() in _MONTHS:
            month = _MONTHS.index(found["name"][:3].lower()) + 1
            in_numbers = f"{found['year']}/{month}/{found['day']} {found['clock'].strip()}"
            return read_moment(in_numbers, None)
    return None
