"""Addresses by which somebody chooses what to be told, from a mail and without signing in."""

from academy.security.signed_links import read, sign

_PURPOSE = "mail choices"


def choices_path(person_id: int) -> str:
    """Return the path of the page of choices of this person: a secret of theirs."""
    return f"/mail/{sign(_PURPOSE, person_id)}"


def unsubscribe_path(person_id: int, group: str = "reminders") -> str:
    """Return the path that a mail program asks with one click (RFC 8058), of a group of kinds."""
    return f"{choices_path(person_id)}/no-{group}"


def read_token(token: str) -> int | None:
    """Return whose choices the token opens; None where it is none of ours."""
    numbers = read(_PURPOSE, token)
    return numbers[0] if numbers is not None and len(numbers) == 1 else None
