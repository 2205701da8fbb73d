"""What makes a reminder one: a live session at its time; a new time is a new occasion."""

from datetime import UTC, datetime

from academy.programme.models import LiveSession


def occasion_of(live_session: LiveSession) -> str:
    """Return "live-session:17:20200502T0600", the same as long as the time stays."""
    return f"live-session:{live_session.id}:{_stamp(live_session.starts_at)}"


def read_occasion(occasion: str) -> tuple[int, str]:
    """Return the number of the live session and the stamp of its time."""
    _word, number, stamp = occasion.split(":")
    return int(number), stamp


def holds(live_session: LiveSession, stamp: str) -> bool:
    """Whether the live session still has the time of which the message was planned."""
    return _stamp(live_session.starts_at) == stamp


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M}"
