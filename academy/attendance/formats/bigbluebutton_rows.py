"""Connections of BigBlueButton's documents as rows of text, so that they are read as all others."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from academy.attendance.formats.instants import iso_of
from academy.attendance.formats.report import Columns, Report, Section
from academy.lib.tables import FileRefused, RefusedRow, Row

HEADER = Row(0, ["name", "externalUserId", "moderator", "joined", "left"])
_COLUMNS: Columns = {"name": 0, "moderator": 2, "joined": 3, "left": 4}
_WITH_ID: Columns = {**_COLUMNS, "external_id": 1}
#: What BigBlueButton and Greenlight make up for whoever comes without an account, each time anew.
_MADE_UP = re.compile(r"(?:w|a|gl-guest|guest|gl-unauthenticated)[_-].*", re.IGNORECASE | re.DOTALL)


def people_listed(document: object, key: str, nobody: str) -> list[Any] | None:
    """Return the people whom a document names one by one or by their ids; None if it names none.

    Raises FileRefused with `nobody` where the list is there and empty.
    """
    value = document.get(key) if isinstance(document, dict) else None
    listed = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(listed, list):
        return None
    if not listed:
        raise FileRefused(nobody)
    return listed


def clean(text: object) -> str:
    """Return a name or an id of such a document on one line and of a length that can be kept."""
    return " ".join(str(text).replace("\0", " ").split())[:4_000]


class Visit(NamedTuple):
    """One stay of one device."""

    #: The line of the file, or the visit's own number where the file has no lines.
    number: int
    name: str
    external_id: str
    #: What the server called this device; a guest's external id is often the same.
    internal_id: str
    is_moderator: bool
    #: Milliseconds since 1970 in UTC.
    joined: int | None
    left: int | None


def report_of(format_name: str, visits: Iterable[Visit], refused: Iterable[RefusedRow]) -> Report:
    """Return the report of these visits: on the clock of UTC, by id where it is a lasting one."""
    every = list(visits)
    made_up = {visit.external_id for visit in every if _is_made_up(visit)}
    lasting = [_row(visit) for visit in every if visit.external_id not in made_up]
    others = [_row(visit) for visit in every if visit.external_id in made_up]
    return Report(
        format=format_name,
        sections=(Section(HEADER, _WITH_ID, lasting), Section(HEADER, _COLUMNS, others)),
        zone="UTC",
        refused=tuple(sorted(refused)),
    )


def _is_made_up(visit: Visit) -> bool:
    same = visit.external_id in {"", visit.internal_id}
    return same or bool(_MADE_UP.fullmatch(visit.external_id))


def _row(visit: Visit) -> Row:
    flag = "true" if visit.is_moderator else "false"
    moments = [iso_of(visit.joined), iso_of(visit.left)]
    return Row(visit.number, [visit.name, visit.external_id, flag, *moments])
