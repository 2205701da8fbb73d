"""BigBlueButton's events.xml: whoever joins and leaves in the protocol of a recorded meeting."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from academy.attendance.formats.bigbluebutton_rows import Visit, report_of
from academy.attendance.formats.report import Report
from academy.lib.documents import Document, Record, XmlDocument
from academy.lib.tables import RefusedRow

FORMAT = "bigbluebutton-events"
_JOIN, _LEFT = "ParticipantJoinEvent", "ParticipantLeftEvent"
#: The meeting's internal id ends with the milliseconds of its creation.
_CREATED = re.compile(r".*-(\d{13})")
_NO_MOMENT = "This event does not say when it was."
_NO_USER = "This event does not name its user."
_UNKNOWN = "Somebody leaves who is not there."


class RecordedEvents:
    """Reads the events of one meeting."""

    def read(self, document: Document) -> Report | None:
        """Return the report, or None for a document whose root is no recording of a meeting."""
        if not isinstance(document, XmlDocument) or document.root != "recording":
            return None
        protocol = _Protocol(_created(document.attributes.get("meeting_id", "")))
        protocol.follow(document.records(_is_presence))
        return report_of(FORMAT, protocol.finish(), protocol.refused)


def _created(meeting: str) -> int | None:
    found = _CREATED.fullmatch(meeting)
    return int(found[1]) if found else None


def _is_presence(record: Record) -> bool:
    """The voice conference has events of the same name: these are about sound, not presence."""
    attributes = record.attributes
    return attributes.get("module") == "PARTICIPANT" and (
        attributes.get("eventname") in {_JOIN, _LEFT}
    )


@dataclass
class _Protocol:
    """Who is there while the events go by."""

    created: int | None
    visits: list[Visit] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    _open: dict[str, Visit] = field(default_factory=dict)
    #: What is added to the server's running clock to make it UTC.
    _offset: int | None = None
    _last: int | None = None

    def follow(self, records: Iterable[Record]) -> None:
        """Take the events in their order."""
        for record in records:
            if record.tag == "event":
                clock = _number(record.attributes.get("timestamp"))
                self._tell_the_time(clock, _number(record.fields.get("timestampUTC")))
                self._last = clock or self._last
                if _is_presence(record):
                    self._take(record, clock)

    def _tell_the_time(self, clock: int | None, utc: int | None) -> None:
        """Until an event says the time in UTC, the first was when the meeting was created."""
        if clock is None:
            return
        if utc is not None:
            self._offset = utc - clock
        elif self._offset is None and self.created is not None:
            self._offset = self.created - clock

    def _take(self, record: Record, clock: int | None) -> None:
        moment = _number(record.fields.get("timestampUTC")) or self._in_utc(clock)
        user = record.fields.get("userId", "")
        if not user or moment is None:
            self.refused.append(RefusedRow(record.line, _NO_MOMENT if user else _NO_USER))
        elif record.attributes["eventname"] == _LEFT:
            self._leave(record.line, user, moment)
        else:
            self._open.setdefault(user, _visit(record, user, moment))

    def _leave(self, line: int, user: str, moment: int) -> None:
        visit = self._open.pop(user, None)
        if visit is None:
            self.refused.append(RefusedRow(line, _UNKNOWN))
        else:
            self.visits.append(visit._replace(left=moment))

    def _in_utc(self, clock: int | None) -> int | None:
        return None if clock is None or self._offset is None else clock + self._offset

    def finish(self) -> list[Visit]:
        """Let whoever is still there stay to the last event; return all visits as they began."""
        end = self._in_utc(self._last)
        for visit in self._open.values():
            is_after = end is not None and visit.joined is not None and end >= visit.joined
            self.visits.append(visit._replace(left=end if is_after else None))
        return sorted(self.visits)


def _visit(record: Record, user: str, moment: int) -> Visit:
    fields = record.fields
    return Visit(
        number=record.line,
        name=" ".join(fields.get("name", "").split()),
        external_id=fields.get("externalUserId", ""),
        internal_id=user,
        is_moderator=fields.get("role", "").upper() == "MODERATOR",
        joined=moment,
        left=None,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None  # noqa: PLR2004
