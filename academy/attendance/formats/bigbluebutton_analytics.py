"""The JSON that BigBlueButton sends to `meta_analytics-callback-url` when a meeting is over.

One entry is one user of the host's own numbering, with the moments of joining and leaving of all
devices, or device by device under "sessions". Who has not left stays to the end of the meeting.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from academy.attendance.formats.bigbluebutton_rows import Visit, clean, people_listed, report_of
from academy.attendance.formats.instants import milliseconds_of
from academy.attendance.formats.report import Report
from academy.lib.documents import Document, JsonDocument
from academy.lib.tables import RefusedRow

FORMAT = "bigbluebutton-analytics"
_NOBODY = "This BigBlueButton analysis lists no attendees."
_NO_ATTENDEE = "This attendee is no object with a name."
_NO_STAY = "This attendee has no moment of joining that can be read."
_BAD_MOMENT = "A joining or leaving time of this attendee is no moment: “{cell}”."
_NO_JOINING = "Somebody leaves who is not there."


class MeetingAnalytics:
    """Reads the body of one callback, whole or only its "data"."""

    def read(self, document: Document) -> Report | None:
        """Return the report, or None for a document without attendees as the callback has them."""
        value = document.value if isinstance(document, JsonDocument) else None
        data = value.get("data", value) if isinstance(value, dict) else {}
        attendees = people_listed(data, "attendees", _NOBODY)
        if attendees is None:
            return None
        refused: list[RefusedRow] = []
        visits = list(_visits(attendees, milliseconds_of(data.get("finish")), refused))
        return report_of(FORMAT, visits, refused)


def _visits(attendees: list[Any], finish: int | None, refused: list[RefusedRow]) -> Iterator[Visit]:
    for number, attendee in enumerate(attendees, start=1):
        if not isinstance(attendee, dict) or not isinstance(attendee.get("name"), str):
            refused.append(RefusedRow(number, _NO_ATTENDEE))
            continue
        problems: list[str] = []
        stays = [stay for part in _parts(attendee) for stay in _pairs(part, problems)]
        if not stays and not problems:
            problems.append(_NO_STAY)
        refused += (RefusedRow(number, problem) for problem in problems)
        for joined, left in stays:
            yield _visit(number, attendee, joined, left or finish)


def _parts(attendee: dict[str, Any]) -> list[dict[str, Any]]:
    """The devices one by one, where the document knows them; else all moments together."""
    sessions = attendee.get("sessions")
    listed = list(sessions.values()) if isinstance(sessions, dict) else sessions
    devices = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return devices if any(device.get("joins") for device in devices) else [attendee]


def _pairs(part: dict[str, Any], problems: list[str]) -> Iterator[tuple[int, int | None]]:
    """Pair each joining with the next leaving; of two joinings the first counts."""
    leaves = part.get("lefts") or part.get("leaves")
    events = [*_moments(part.get("joins"), 0, problems), *_moments(leaves, 1, problems)]
    joined: int | None = None
    for moment, is_leaving in sorted(events):
        if not is_leaving:
            joined = moment if joined is None else joined
        elif joined is None:
            problems.append(_NO_JOINING)
        else:
            yield joined, moment
            joined = None
    if joined is not None:
        yield joined, None


def _moments(values: object, kind: int, problems: list[str]) -> Iterable[tuple[int, int]]:
    for value in values if isinstance(values, list) else ():
        moment = milliseconds_of(value)
        if moment is None:
            problems.append(_BAD_MOMENT.format(cell=clean(value)[:60]))
        else:
            yield moment, kind


def _visit(number: int, attendee: dict[str, Any], joined: int, left: int | None) -> Visit:
    return Visit(
        number=number,
        name=clean(attendee["name"]),
        external_id=clean(attendee.get("ext_user_id") or attendee.get("extUserId") or ""),
        internal_id=str(attendee.get("id") or ""),
        is_moderator=attendee.get("moderator") is True,
        joined=joined,
        left=left,
    )
