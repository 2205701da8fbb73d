"""The personal link of a registration and its calendar: addresses that nobody else can make.

Both hold the number of the registration and which link it is by now (`link_version`); renewing
raises the version, and every link of an earlier one is worthless.
"""

from dataclasses import dataclass
from typing import Protocol

from academy.security.signed_links import read, sign

_LINK, _CALENDAR, _OWN = "personal link", "calendar", "calendar of a person"
_PARTS = 2


class Linked(Protocol):
    """What has a personal link: a registration, or the two numbers of it that a link holds."""

    @property
    def id(self) -> int:
        """The number of the registration."""

    @property
    def link_version(self) -> int:
        """Which of its links it is, counted from 1."""


@dataclass(frozen=True, slots=True)
class Named:
    """The registration that a link names, and which of its links it is."""

    id: int
    link_version: int


def link_token(registration: Linked) -> str:
    """Return the secret part of the personal link."""
    return sign(_LINK, registration.id, registration.link_version)


def link_path(registration: Linked) -> str:
    """Return the path of the personal link."""
    return f"/j/{link_token(registration)}"


def code_path(registration: Linked, slug: str) -> str:
    """Return the path where the holder enters the code of a room, of live session `slug`."""
    return f"/codes/{slug}/{link_token(registration)}"


def card_path(registration: Linked) -> str:
    """Return the path of the page with the link as a picture, to print."""
    return f"{link_path(registration)}/card"


def calendar_path(registration: Linked) -> str:
    """Return the path of the calendar of the registration's live sessions."""
    return f"/calendar/{sign(_CALENDAR, registration.id, registration.link_version)}.ics"


def own_calendar_path(person_id: int, version: int) -> str:
    """Return the path of the calendar of all live sessions of a person."""
    return f"/calendar/{sign(_OWN, person_id, version)}.ics"


def read_own_calendar(token: str) -> Named | None:
    """Return the person (id) and which of their calendars a token names; None if it is no such."""
    return _named(read(_OWN, token))


def read_link(token: str) -> Named | None:
    """Return what a token of a personal link names; None where it is none of ours."""
    return _named(read(_LINK, token))


def read_calendar(token: str) -> Named | None:
    """Return what a token of a calendar names; None where it is none of ours."""
    return _named(read(_CALENDAR, token))


def _named(numbers: tuple[int, ...] | None) -> Named | None:
    return Named(*numbers) if numbers is not None and len(numbers) == _PARTS else None
