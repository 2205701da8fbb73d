"""The tables of attendance: files, the ledger and what follows, listening points, objections."""

from academy.attendance.models.files import AttendanceImport, OfferedFile
from academy.attendance.models.ledger import (
    NOT_FOR_HANDS,
    SOURCES,
    Evidence,
    Identity,
    Match,
    Saying,
)
from academy.attendance.models.listening import HOST, ListeningPoint, PointEntry
from academy.attendance.models.objections import Objection
from academy.attendance.models.presence import Attendance, Tally
from academy.attendance.models.rules import Recompute, RuleChange

__all__ = [
    "HOST",
    "NOT_FOR_HANDS",
    "SOURCES",
    "Attendance",
    "AttendanceImport",
    "Evidence",
    "Identity",
    "ListeningPoint",
    "Match",
    "Objection",
    "OfferedFile",
    "PointEntry",
    "Recompute",
    "RuleChange",
    "Saying",
    "Tally",
]
