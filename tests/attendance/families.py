"""One file of each family of attendance files, and how each is damaged at Budi's row.

The files stand in tests/attendance/samples, each beside the JSON that reading it gives. All tell
of the live session of 2 May 2020, 14:00 to 16:30 in Kuala Lumpur.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
NAME = "Budi Hartono"


@dataclass(frozen=True)
class Family:
    """A sample, and the texts in it that tell of Budi."""

    format: str
    file: str
    #: A moment of his joining and of his leaving, as they stand in his rows.
    joined: str = ""
    left: str = ""
    name: str = NAME
    encoding: str = "utf-8"
    #: The header's first words, for a second header between the rows.
    header: str = ""
    #: How many of his rows there are.
    rows: int = 1

    @property
    def path(self) -> Path:
        """Where the sample is."""
        return SAMPLES / self.file

    @property
    def text(self) -> str:
        """The sample as text, without its byte order mark."""
        return self.path.read_bytes().decode(self.encoding).lstrip("\ufeff")

    @property
    def is_table(self) -> bool:
        """Whether it has rows and cells, so that a damaged row costs itself only."""
        return self.file.endswith(".csv")

    def damaged(self, damage: "Damage") -> bytes:
        """Return the bytes of the sample with the damage done."""
        return damage(self, self.text).encode(self.encoding)


Damage = Callable[[Family, str], str]

FAMILIES = (
    Family("zoom-meeting", "zoom-meeting.csv", "05/02/2020 02:05:00 PM", "05/02/2020 04:25:00 PM",
           encoding="utf-8-sig", header="Name (Original Name)"),
    Family("zoom-webinar", "zoom-webinar.csv", "May 02, 2020 14:05:00", "May 02, 2020 16:25:00",
           header="Attended,User Name (Original Name),First"),
    Family("teams-list", "teams-list.csv", "02/05/2020, 14:05:00", "02/05/2020, 16:25:00",
           encoding="utf-16", header="Full Name", rows=2),
    Family("teams-report", "teams-report.csv", "5/2/20, 2:05:00 PM", "5/2/20, 4:25:00 PM",
           encoding="utf-16", header="Name\tJoin Time", rows=2),
    Family("teams-live-event", "teams-live-event.csv", "5/2/20 6:05:00 AM", "5/2/20 8:25:00 AM",
           header="SessionId", rows=2),
    Family("google-meet", "google-meet.csv", "2:05 PM", "4:25 PM", name="Budi,Hartono",
           header="First name"),
    Family("bigbluebutton-dashboard", "bigbluebutton-dashboard.csv", "5/2/2020, 2:05:00 PM",
           "5/2/2020, 4:25:00 PM", header="Name,Moderator"),
    Family("bigbluebutton-activities", "bigbluebutton-activities.json", "1588399500000",
           "1588407900000"),
    Family("bigbluebutton-analytics", "bigbluebutton-analytics.json",
           "2020-05-02T06:05:00.000+00:00", "2020-05-02T08:25:00.000+00:00"),
    Family("bigbluebutton-events", "bigbluebutton-events.xml", "1588399500000", "1588407900000",
           rows=2),
    Family("teams-graph", "teams-graph.json", "2020-05-02T06:05:00.2782182Z",
           "2020-05-02T08:25:00.2782182Z"),
    Family("eventbrite-checkins", "eventbrite-checkins.csv", name="Budi,Hartono",
           header="Order #"),
    Family("luma-checkins", "luma-checkins.csv", "2020-05-02T06:05:00.123Z", header="api_id",
           encoding="utf-8-sig"),
)  # fmt: skip


def cut_off(family: Family, text: str) -> str:
    """The download broke in the middle of Budi's last row."""
    return text[: text.rindex(family.name) + len(family.name) + 3]


def zero_bytes(family: Family, text: str) -> str:
    """Two bytes of Budi's name became zero."""
    return text.replace(family.name, family.name.replace("ud", "\0\0"))


def open_quote(family: Family, text: str) -> str:
    """A quotation mark opens before Budi's name and is never closed."""
    quoted = f'"{family.name}"'
    if quoted in text:
        return text.replace(quoted, f'"{family.name}', 1)
    return text.replace(family.name, f'"{family.name}', 1)


def short_row(family: Family, text: str) -> str:
    """Of Budi's rows only the beginning is left."""
    return "\n".join(_begun(family, line) for line in text.splitlines()) + "\n"


def _begun(family: Family, line: str) -> str:
    if family.name not in line:
        return line
    begun = line[: line.index(family.name) + 4]
    return begun + '"' if begun.count('"') % 2 else begun


def second_header(family: Family, text: str) -> str:
    """The header stands once more before Budi's first row."""
    lines = text.splitlines()
    header = next((line for line in lines if line.startswith(family.header)), lines[0])
    begin = max(place for place, line in enumerate(lines) if line == header)
    place = next(at for at in range(begin, len(lines)) if family.name in lines[at])
    return "\n".join([*lines[:place], header, *lines[place:]]) + "\n"


def tab_in_a_date(family: Family, text: str) -> str:
    """A tab stands in the moment at which Budi joined."""
    middle = len(family.joined) // 2
    return text.replace(family.joined, family.joined[:middle] + "\t" + family.joined[middle:])


def formula_as_name(family: Family, text: str) -> str:
    """Budi's name is what a spreadsheet would calculate."""
    return text.replace(family.name, "=1+1" + family.name[4:])


def second_of_61(family: Family, text: str) -> str:
    """Budi joined in a second that no minute has."""
    return text.replace(family.joined, _with_61(family))


def _with_61(family: Family) -> str:
    moment = family.joined
    if moment.isdigit():
        return '"06:05:61"' if family.file.endswith(".json") else "06:05:61"
    return moment.replace(":00", ":61", 1) if ":00" in moment else moment.replace("05", "61", 1)


def leave_before_join(family: Family, text: str) -> str:
    """Budi's leaving and joining changed places."""
    swapped = text.replace(family.joined, "\1").replace(family.left, family.joined)
    return swapped.replace("\1", family.left)
