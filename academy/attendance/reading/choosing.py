"""Which of several meetings in one file is meant: that of the named day, or the one that is named.

Different meetings are never added up. A list that goes on over several days is read as a whole if
no day is named, with a warning.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

from academy.attendance.formats import Meeting, Report
from academy.attendance.reading.connections import Line
from academy.attendance.reading.dating import dates_of
from academy.attendance.reading.moments import ORDERS, DateText
from academy.attendance.reading.ordering import Ordering
from academy.lib.tables import FileRefused

_DAY = dt.timedelta(days=1)
_SHOWN = 10
_ALL = "This file holds {count} meetings ({all}); all of them are read. Name a day to read one."
_ONE = "This file holds {count} meetings; read is {chosen}."
_NAME_A_DAY = (
    "This file holds several meetings ({all}); name the day of the live session, or the meeting."
)
_NAME_ONE = "This file holds several meetings on {on} ({all}); name the meeting."
_NONE = "No meeting of this file is on {on}; it holds {all}."
_UNKNOWN = "This file holds no meeting “{asked}”; it holds {all}."

_Days = dict[str, set[dt.date]]


class SeveralMeetings(FileRefused):
    """The file holds several meetings and it is not known which one is meant."""

    def __init__(self, sentence: str, choices: tuple[Meeting, ...]) -> None:
        super().__init__(sentence)
        self.choices = choices


def keys_in_words(error: SeveralMeetings) -> str:
    """Return a line for each meeting with the key that names it, for a command line."""
    listed = [f"  {one.key}  {one.title}".rstrip() for one in error.choices[:_SHOWN]]
    return "\n".join(["Name one of them with --meeting KEY:", *listed])


def choose_meeting(
    report: Report, lines: list[Line], ordering: Ordering, on: dt.date | None, asked: str | None
) -> tuple[Report, list[Line]]:
    """Return the report and the lines of the meeting that is meant, with a warning that says so.

    Raises SeveralMeetings where neither the day nor `asked`, a meeting's key, tells which it is.
    """
    every = report.meetings
    if len(every) <= 1:
        return report, lines
    days = _days(every, lines, ordering)
    chosen = _chosen(report, days, on, asked)
    sentence = _ALL if chosen == every else _ONE
    warning = sentence.format(
        count=len(every), all=_listed(every, days), chosen=_listed(chosen, days)
    )
    keys = {meeting.key for meeting in chosen}
    found = replace(
        report,
        sections=tuple(section for section in report.sections if section.meeting in keys),
        host_email=chosen[0].host_email or report.host_email,
        host_name=chosen[0].host_name or report.host_name,
        meeting_dates=tuple(date for one in chosen for date in one.dates) or report.meeting_dates,
        warnings=(warning, *report.warnings, *(said for one in chosen for said in one.warnings)),
    )
    return found, [line for line in lines if line.section.meeting in keys]


def _chosen(
    report: Report, days: _Days, on: dt.date | None, asked: str | None
) -> tuple[Meeting, ...]:
    every = report.meetings
    if asked is not None:
        found = tuple(meeting for meeting in every if meeting.key == asked)
        return found or _ask(_UNKNOWN, every, days, asked=asked)
    if on is None:
        return _ask(_NAME_A_DAY, every, days) if report.must_choose else every
    found = _on(every, days, on)
    if not found:
        return _ask(_NONE, every, days, on=on)
    if len(found) > 1 and report.must_choose:
        return _ask(_NAME_ONE, found, days, on=on)
    return found


def _ask(sentence: str, choices: tuple[Meeting, ...], days: _Days, **facts: object) -> NoReturn:
    raise SeveralMeetings(sentence.format(all=_listed(choices, days), **facts), choices)


def _on(meetings: tuple[Meeting, ...], days: _Days, on: dt.date) -> tuple[Meeting, ...]:
    """Those of the very day; or of its neighbours, for the file may be of another zone."""
    for wanted in ({on}, {on - _DAY, on + _DAY}):
        found = tuple(meeting for meeting in meetings if days[meeting.key] & wanted)
        if found:
            return found
    return ()


def _days(meetings: Iterable[Meeting], lines: list[Line], ordering: Ordering) -> _Days:
    """Return the days on which somebody joined, in every order of day and month still possible."""
    dates: dict[str, set[DateText]] = {meeting.key: set() for meeting in meetings}
    for line in lines:
        if line.joined and line.joined.date:
            dates[line.section.meeting].add(line.joined.date)
    for meeting in meetings:
        dates[meeting.key] = dates[meeting.key] or set(dates_of(meeting.dates))
    return {
        key: {day for date in found for day in _possible(date, ordering)}
        for key, found in dates.items()
    }


def _possible(date: DateText, ordering: Ordering) -> Iterable[dt.date]:
    certain = ordering.day(date)
    if certain is not None:
        return [certain]
    # Lists without times prove no order: then every reading is possible.
    orders = ordering.possible or ORDERS
    return [day for order, day in date.readings().items() if order in orders]


def _listed(meetings: Iterable[Meeting], days: _Days) -> str:
    named = [_named(meeting, sorted(days[meeting.key])) for meeting in meetings]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return "; ".join(named[:_SHOWN]) + more


def _named(meeting: Meeting, days: list[dt.date]) -> str:
    day = " or ".join(day.isoformat() for day in days[:2]) or "no date"
    # A comma: a number and a day behind it would read like a telephone number.
    return ", ".join(filter(None, (meeting.title, day)))
