"""Documents that programs give out about a meeting: Microsoft Graph, BigBlueButton's callback."""

import json
from typing import Any


def stay(joined: str | None, left: str | None, day: str = "2020-05-02") -> dict[str, Any]:
    """Return an interval of Graph; the clock is UTC."""

    def at(clock: str | None) -> str | None:
        return f"{day}T{clock}.2782182Z" if clock else None

    return {"joinDateTime": at(joined), "leaveDateTime": at(left), "durationInSeconds": 0}


def record(name: str, email: str, *stays: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Return one record of Graph."""
    return {
        "id": f"{name}-record",
        "emailAddress": email,
        "totalAttendanceInSeconds": 5_460,
        "role": "Attendee",
        "identity": {"id": None, "displayName": name, "tenantId": None},
        "attendanceIntervals": list(stays),
        **facts,
    }


def graph(*records: Any, **facts: Any) -> bytes:
    """Return a report with its records, as Graph answers."""
    report = {
        "id": "c9b6db1c",
        "totalParticipantCount": len(records),
        "meetingStartDateTime": "2020-05-02T05:58:23.945Z",
        "meetingEndDateTime": "2020-05-02T08:31:49.77Z",
        "attendanceRecords": list(records),
        **facts,
    }
    return json.dumps(report, ensure_ascii=False, indent=1).encode()


SITI = record("Siti Aminah", "siti@coop.example", stay("06:00:11", "08:20:00"))
BUDI = record("Budi Hartono", "", stay("06:05:00", "07:00:00"), stay("07:10:00", "08:25:00"))
BEN = record("Ben", "ben@asec.example", stay("05:58:00", "08:31:00"), role="Organizer")


def attendee(name: str, key: str, joins: list[Any], leaves: list[Any], **facts: Any) -> Any:
    """Return one attendee of BigBlueButton's callback."""
    return {
        "ext_user_id": key,
        "name": name,
        "moderator": False,
        "joins": joins,
        "leaves": leaves,
        "duration": 8_340,
        "recent_talking_time": "",
        "engagement": {"chats": 2, "talks": 1, "raisehand": 0, "emojis": 0, "talk_time": 12},
        "sessions": [{"joins": joins, "lefts": leaves}],
        **facts,
    }


def analytics(*attendees: Any, **facts: Any) -> bytes:
    """Return the body of one callback."""
    body = {
        "version": "1.0",
        "meeting_id": "sse-2020-05-02",
        "internal_meeting_id": "abc-1588399200000",
        "data": {
            "metadata": {"meeting_name": "Week 1"},
            "duration": 9_000,
            "start": "2020-05-02T06:00:00.000+00:00",
            "finish": "2020-05-02T08:30:00.000+00:00",
            "attendees": list(attendees),
            "files": [],
            "polls": [],
            **facts,
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def utc(clock: str) -> str:
    """Return a moment of 2 May 2020 as the callback writes it."""
    return f"2020-05-02T{clock}.000+00:00"
