"""What is published about the academy of May 2020, and what the demonstration adds to it.

Published (seed document 002, "Creating an online SSE community in Asia", 2 June 2020): weekly live
sessions in May 2020, five of them, two and a half hours each; 212 registered, 195 from 16 Asian
countries and 17 from 16 others; 55 present on average, 74 at most, 37 at least; the first two about
principles, the others about practice. Everything else here is invented and shown as illustrative.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEED = "the academy of May 2020"
SLUG = "sse-academy-2020"
SERIES_TITLE = "SSE Academy, May 2020"
ZONE = "Asia/Kuala_Lumpur"
MINUTES = 150
#: The Saturdays and the hour are invented: the document says "weekly" and "May 2020".
FIRST_DAY = date(2020, 5, 2)
HOUR = time(14, 0)

#: How many came to each live session: the largest, the smallest and the sum (5 x 55) are published,
#: which of them it was and the three others are invented.
ATTENDED = (61, 74, 55, 37, 48)
#: How many of these nobody can tell without a human: guests, telephones, shared rooms.
UNMATCHED = (8, 10, 7, 5, 6)

#: The split by country is invented; the sums 195 in 16 and 17 in 16 are published.
ASIAN_REGISTRANTS = {
    "MY": 46,
    "ID": 31,
    "PH": 27,
    "IN": 24,
    "LK": 12,
    "TH": 10,
    "NP": 8,
    "BD": 8,
    "KH": 6,
    "VN": 5,
    "MM": 5,
    "KR": 4,
    "JP": 3,
    "LA": 2,
    "HK": 2,
    "SG": 2,
}
OTHER_REGISTRANTS = dict.fromkeys(
    ("AU", "BR", "CA", "CO", "DE", "ES", "FJ", "GB", "IT", "KE", "MX", "NZ", "SN", "US", "ZA"), 1
) | {"FR": 2}

HOST_NAME = "SSE Academy Secretariat"
HOST_TABLET = "SSE Academy Secretariat - tablet"
HOST_ADDRESS = "secretariat@sse-academy.example"


@dataclass(frozen=True)
class PlannedLiveSession:
    """One of the five: its number, its words, and how many are to be found in its file."""

    number: int
    title: str
    summary: str
    attended: int
    unmatched: int

    @property
    def slug(self) -> str:
        """The address of the live session."""
        return f"{SLUG}-{self.number}"

    @property
    def starts_at(self) -> datetime:
        """The beginning, aware, in the zone of the organiser."""
        day = FIRST_DAY + timedelta(weeks=self.number - 1)
        return datetime.combine(day, HOUR, ZoneInfo(ZONE))


_WORDS = (
    (
        "Principles I: people, planet and a fair surplus",
        "What makes an enterprise part of the social solidarity economy: three results at once.",
    ),
    (
        "Principles II: values and governance that members own",
        "Who decides, who answers to whom, and how a community keeps its values while it trades.",
    ),
    (
        "Practice I: farms, food and local markets",
        "Village groups that grow, process and sell together, told by those who run them.",
    ),
    (
        "Practice II: crafts, tailoring and home-based work",
        "From single households to a shared brand: women who organise their own work.",
    ),
    (
        "Practice III: finance, tourism and the road after the lockdown",
        "Savings groups, community tourism, and what members will change after the pandemic.",
    ),
)

LIVE_SESSIONS = tuple(
    PlannedLiveSession(number, title, summary, attended, unmatched)
    for number, ((title, summary), attended, unmatched) in enumerate(
        zip(_WORDS, ATTENDED, UNMATCHED, strict=True), start=1
    )
)

SOURCE = "ASEC, “Creating an online SSE community in Asia”, 2 June 2020"
ILLUSTRATIVE = (
    "This is a demonstration. Published are only the numbers quoted as such; the people, the split "
    "by country, days and hours, titles, who came when, and the two listening points are invented, "
    "then imported and counted like real ones."
)
SUMMARY = "Five Saturdays on the principles and the practice of the social solidarity economy."
DESCRIPTION = """
In the first months of the pandemic the Asian Solidarity Economy Council turned weekly calls among
partners into an online academy: five live sessions of two and a half hours, two on principles and
three on practice, with case studies told by those who run them.

What you see here was loaded through the same imports that an organiser uses: one file of
registrations and five files of participants; two listening points were told on the desk.
"""
#: `figure` names the computed number that stands beside the quoted one, where there is one.
CITATIONS = [
    {"label": label, "value": value, "source": SOURCE, "figure": figure, "note": note}
    for label, value, figure, note in (
        ("Registered", "212", "registrants", ""),
        ("From Asian countries", "195 from 16", "asia", ""),
        ("From other countries", "17 from 16", "elsewhere", ""),
        (
            "Countries",
            "34",
            "countries",
            "Does not follow from the published parts: 16 Asian and 16 other countries are 32.",
        ),
        ("Present on average", "55", "mean", ""),
        ("Present at most", "74", "largest", ""),
        ("Present at least", "37", "smallest", ""),
        ("Case studies", "14 from 6 countries", "", ""),
        ("Recordings", "13", "", ""),
    )
]
