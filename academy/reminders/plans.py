"""The messages of a series as the desk lists them: when each leaves, whether, and what it did."""

from dataclasses import dataclass
from datetime import datetime

from academy.programme.models import LiveSession, Series
from academy.reminders import texts
from academy.reminders.kinds import (
    AFTER_THE_END,
    AFTER_THE_START,
    BEFORE,
    FOLLOW_UPS,
    PLANS,
    STARTED,
)
from academy.reminders.models import OwnText
from academy.reminders.queries import Figures, count_messages, find_next
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
    #: When it leaves for the next live session, where nobody's quiet hours move it.
    next_at: datetime | None

    @property
    def is_follow_up(self) -> bool:
        """Whether it is told after the end."""
        return self.kind in FOLLOW_UPS


def list_plans(series: Series) -> list[Plan]:
    """Return every kind in the order in which they leave; four statements."""
    switches, counted = read_switches(series.id), count_messages(series.id)
    own, coming = in_force([series.id]), find_next(series)
    return [
        Plan(
            kind, switches[kind], counted.get(kind, Figures()),
            tuple(_state(own.get((series.id, kind, one)), one) for one in texts.languages()),
            moment_of(kind, coming) if coming else None,
        )
        for kind in PLANS
    ]  # fmt: skip


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
