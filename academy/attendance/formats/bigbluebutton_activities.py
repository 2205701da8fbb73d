"""The JSON of BigBlueButton's learning dashboard: every user, every device, every stay.

Three generations are read: stays inside the devices, devices with one stay each, and users with
one stay each. A stay that has not ended lasts to the end of the meeting, if that is known.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from academy.attendance.formats.bigbluebutton_rows import Visit, clean, people_listed, report_of
from academy.attendance.formats.report import Report
from academy.lib.documents import Document, JsonDocument
from academy.lib.tables import RefusedRow

FORMAT = "bigbluebutton-activities"
#: What stands beside the users.
_MARKS = frozenset(("intId", "extId", "createdOn", "endedOn", "polls", "screenshares"))
_NO_USER = "This user is no object with a name and stays."
_NO_STAY = "A stay of this user does not say in milliseconds when it began."
_NOBODY = "This learning dashboard lists no users."


class LearningActivities:
    """Reads the document that the learning dashboard shows."""

    def read(self, document: Document) -> Report | None:
        """Return the report, or None for a document without the dashboard's users."""
        value = document.value if isinstance(document, JsonDocument) else None
        if not isinstance(value, dict) or not value.keys() & _MARKS:
            return None
        listed = people_listed(value, "users", _NOBODY)
        if listed is None:
            return None
        refused: list[RefusedRow] = []
        visits = list(_visits(listed, _milliseconds(value.get("endedOn")), refused))
        return report_of(FORMAT, visits, refused)


def _visits(users: list[Any], ended: int | None, refused: list[RefusedRow]) -> Iterator[Visit]:
    numbers = count(1)
    for user in users:
        number = next(numbers)
        if not isinstance(user, dict) or not isinstance(user.get("name"), str):
            refused.append(RefusedRow(number, _NO_USER))
            continue
        stays = list(_stays(user))
        for place, (device, stay) in enumerate(stays):
            at = number if place == 0 else next(numbers)
            joined = _milliseconds(stay.get("registeredOn"))
            if joined is None:
                refused.append(RefusedRow(at, _NO_STAY))
            else:
                left = _milliseconds(stay.get("leftOn")) or ended
                yield _visit(at, user, device, joined, left)
        if not stays:
            refused.append(RefusedRow(number, _NO_USER))


def _visit(number: int, user: dict[str, Any], device: str, joined: int, left: int | None) -> Visit:
    return Visit(
        number=number,
        name=clean(user["name"]),
        external_id=clean(user.get("extId") or ""),
        internal_id=device,
        is_moderator=user.get("isModerator") is True,
        joined=joined,
        left=left,
    )


def _stays(user: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    devices = user.get("intIds")
    if not isinstance(devices, dict):
        yield str(user.get("intId") or ""), user
        return
    for key, device in devices.items():
        if isinstance(device, dict):
            sessions = device.get("sessions")
            stays = sessions if isinstance(sessions, list) else [device]
            yield from ((str(key), stay) for stay in stays if isinstance(stay, dict))


def _milliseconds(value: object) -> int | None:
    """Return a moment that is set; the dashboard writes 0 for one that is not."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and 0 < value < float("inf") else None  # type: ignore[operator,call-overload]
