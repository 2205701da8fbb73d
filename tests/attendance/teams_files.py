"""Teams' files as Teams writes them, built in code for the tests."""

from collections.abc import Iterable

#: How Teams writes; the same re-saved; and without the mark at the beginning.
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig")

LIST = "Full Name\tUser Action\tTimestamp"
REPORT = "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)"
PEOPLE = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"
STAYS = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole"
LIVE = "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role"

SUMMARY = (
    "1. Summary",
    "Meeting title\tWeek 3, solidarity",
    "Attended participants\t4",
    "Start time\t7/22/26, 6:58:00 PM",
    "End time\t7/22/26, 9:01:02 PM",
    "Meeting duration\t2h 3m 2s",
    "Average attendance time\t1h 27m 51s",
    "",
)
BEN = "ben@asec.example"
SITI = "siti@coop.example"
ANA = "ana@union.example"
KIM = "kim_x.org#EXT#@asec.onmicrosoft.com"
SECTIONS = (
    *SUMMARY,
    "2. Participants",
    PEOPLE,
    f"Ben\t7/22/26, 6:58:00 PM\t7/22/26, 9:01:02 PM\t2h 3m 2s\t{BEN}\t{BEN}\tOrganizer",
    f"Siti Aminah\t7/22/26, 7:00:11 PM\t7/22/26, 9:00:00 PM\t1h 29m 49s\t{SITI}\t{SITI}\tPresenter",
    f"Ana Lima (Guest)\t7/22/26, 7:05:00 PM\t7/22/26, 8:05:30 PM\t1h 30s\t\t{ANA}\tAttendee",
    f"Kim (Guest)\t7/22/26, 7:06:00 PM\t7/22/26, 8:06:00 PM\t1h\t\t{KIM}\tAttendee",
    "",
    "3. In-Meeting Activities",
    STAYS,
    f"Ben\t7/22/26, 6:58:00 PM\t7/22/26, 9:01:02 PM\t2h 3m 2s\t{BEN}\tOrganizer",
    f"Siti Aminah\t7/22/26, 7:00:11 PM\t7/22/26, 7:30:00 PM\t29m 49s\t{SITI}\tPresenter",
    f"Siti Aminah\t7/22/26, 8:00:00 PM\t7/22/26, 9:00:00 PM\t1h\t{SITI}\tPresenter",
    "Ana Lima (Guest)\t7/22/26, 7:05:00 PM\t7/22/26, 8:05:30 PM\t1h 30s\t\tAttendee",
    "Kim (Guest)\t7/22/26, 7:06:00 PM\t7/22/26, 8:06:00 PM\t1h\t\tAttendee",
)


def tabbed(lines: Iterable[str], encoding: str = "utf-16") -> bytes:
    """Return the lines as Teams writes them: tabs, CRLF, two bytes a sign."""
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
