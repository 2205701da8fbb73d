"""The three questions that a file may leave open, each with choices that a human can judge."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from academy.attendance.importing.placing import Placement, Search, Window, differs, place_file
from academy.attendance.importing.recognition import describe_read, ends_of
from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.files import AttendanceFile, OpenedFile, understand
from academy.attendance.reading.ordering import Calendar, Ordering
from academy.i18n.zones import zone_of
from academy.lib.tables import FileRefused

#: A list of meetings that a human can look through.
_MOST_MEETINGS = 20


def ask(
    opened: OpenedFile,
    placement: Placement,
    file: AttendanceFile | None,
    problem: FileRefused | None,
    search: Search,
) -> dict[str, Any]:
    """Return what is open: {"zone": […], "date_order": […], "meeting": […]}, each where it is."""
    questions: dict[str, Any] = {}
    if placement.zones and placement.window and file:
        questions["zone"] = list(_zones(placement.zones, placement.window, file))
    if placement.orders:
        questions["date_order"] = list(_orders(opened, placement, search))
    keys = placement.meetings or _choices(problem)
    if keys:
        questions["meeting"] = list(_meetings(opened, keys, placement))
    return questions


def _choices(problem: FileRefused | None) -> Sequence[str]:
    return [one.key for one in problem.choices] if isinstance(problem, SeveralMeetings) else []


def _zones(zones: Iterable[str], window: Window, file: AttendanceFile) -> Iterable[dict[str, str]]:
    """Say for each clock when the file would begin and end, on the clock of the live session."""
    first, last = ends_of(file)
    for zone in zones:
        begins, ends = (_told(moment, zone, window.zone) for moment in (first, last))
        yield {"zone": zone, "begins": begins, "ends": ends}


def _told(moment: dt.datetime | None, zone: str, home: str) -> str:
    if moment is None:
        return ""
    return moment.replace(tzinfo=zone_of(zone)).astimezone(zone_of(home)).isoformat()[:16]


def _orders(
    opened: OpenedFile, placement: Placement, search: Search
) -> Iterable[dict[str, str | int]]:
    """Say for each order on which day a line is that the orders read differently, and where.

    The first day of a file may be one that both read alike, as 5 May is.
    """
    telling = next(filter(differs, opened.lines))
    moment = next(one for one in (telling.joined, telling.left) if one and one.differs)
    for order in placement.orders:
        said = replace(placement.answers, date_order=order)
        [found, *_others] = place_file(opened, replace(search, answers=said))
        begins = Calendar(Ordering(order, (order,))).certain(moment)
        yield {
            "order": order,
            "begins": begins.isoformat()[:16] if begins else "",
            "live_session": found.window.id if found.window else 0,
        }


def _meetings(
    opened: OpenedFile, keys: Sequence[str], placement: Placement
) -> Iterable[dict[str, str | int]]:
    """Say of each meeting when it was and who came; the live session's day is a witness."""
    titles = {meeting.key: meeting.title for meeting in opened.report.meetings}
    order, window = placement.answers.date_order, placement.window
    on = window.starts_at.astimezone(zone_of(window.zone)).date() if window else None
    for key in keys[:_MOST_MEETINGS]:
        found = describe_read(understand(opened, on=on, meeting=key, date_order=order))
        yield {
            "key": key,
            "title": titles.get(key, ""),
            "begins": str(found["first"]),
            "ends": str(found["last"]),
            "people": int(found["people"]),
        }
