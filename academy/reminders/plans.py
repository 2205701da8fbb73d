"""The messages of a series as the desk lists them: when each leaves, whether, and what it did."""

from dataclasses import dataclass
from datetime import datetime

from academy.db import now
from academy.programme.models import LiveSession, Series
from academy.reminders import texts
from academy.reminders.kinds import (
    AFTER_THE_END,
    AFTER_THE_START,
    ALWAYS_ON,
    BEFORE,
    EVERY_KIND,
    FOLLOW_UPS,
    HAPPENINGS,
    STARTED,
)
from academy.reminders.models import OwnText
from academy.reminders.queries import Figures, count_happenings, count_messages
from academy.reminders.service.switches import read_switches
from academy.reminders.versions import in_force


@dataclass(frozen=True, slots=True)
class TextState:
    """Whose words one language has."""

    language: str
    is_own: bool
    #: When the organisers' text could not be written, so that the academy's left instead.
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of message of a series."""

    kind: str
    is_on: bool
    figures: Figures
    texts: tuple[TextState, ...]
    #: When it leaves next, where nobody's quiet hours move it.
    next_at: datetime | None

    @property
    def is_follow_up(self) -> bool:
        """Whether it is told after the end."""
        return self.kind in FOLLOW_UPS

    @property
    def is_happening(self) -> bool:
        """Whether it leaves at once, when something happens."""
        return self.kind in HAPPENINGS

    @property
    def is_always_on(self) -> bool:
        """Whether nobody can switch it off."""
        return self.kind in ALWAYS_ON


def list_plans(series: Series) -> list[Plan]:
    """Return every kind in the order in which they leave; five statements."""
    switches = read_switches(series.id)
    counted = count_messages(series.id) | count_happenings(series.id)
    own = in_force([series.id])
    return [
        Plan(
            kind, switches[kind], counted.get(kind, Figures()),
            tuple(_state(own.get((series.id, kind, one)), one) for one in texts.languages()),
            _next_moment(kind, series),
        )
        for kind in EVERY_KIND
    ]  # fmt: skip


def _next_moment(kind: str, series: Series) -> datetime | None:
    """Return when the kind leaves next: not what has left already for the live session to come."""
    if kind in HAPPENINGS:
        return None
    held = (one for one in series.live_sessions if one.status == "published")
    return min((at for one in held if (at := moment_of(kind, one)) > now()), default=None)


def _state(own: OwnText | None, language: str) -> TextState:
    if own is None or not own.is_own:
        return TextState(language, is_own=False, failed_at=None)
    return TextState(language, is_own=True, failed_at=own.failed_at)


def moment_of(kind: str, live_session: LiveSession) -> datetime:
    """Return when the kind leaves, or may leave at the earliest, where nobody sleeps."""
    if kind in FOLLOW_UPS:
        return live_session.ends_at + AFTER_THE_END
    if kind == STARTED:
        return live_session.starts_at + AFTER_THE_START
    return live_session.starts_at - BEFORE[kind]
