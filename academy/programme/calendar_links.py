"""Addresses by which calendar programs subscribe to one of ours, each in the way it wants."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class CalendarLinks:
    """The address of a calendar, and what opens it in each of the common programs."""

    #: The whole address, for every other program.
    address: str
    google: str
    outlook: str
    apple: str

    @classmethod
    def of(cls, address: str, title: str) -> "CalendarLinks":
        """Return the links to the calendar at `address`, which is called `title`."""
        subscribed = "webcal" + address.removeprefix("https").removeprefix("http")
        whole = quote(address, safe="")
        return cls(
            address=address,
            google=f"https://calendar.google.com/calendar/r?cid={quote(subscribed, safe='')}",
            outlook="https://outlook.live.com/calendar/0/addfromweb"
            f"?url={whole}&name={quote(title, safe='')}",
            apple=subscribed,
        )
