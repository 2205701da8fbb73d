"""The door of a live session as one person finds it at one moment; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from academy.db import now
from academy.programme.models import LiveSession
from academy.programme.queries import Seat

State = Literal["early", "open", "no_room", "waiting", "not_going", "called_off", "over"]

#: Somebody who comes so early may leave the page open; before that, looking again costs her data.
WATCHED = timedelta(hours=1)
#: Never longer between two looks, for an organiser may move the hour, …
LONGEST_WAIT = timedelta(minutes=5)
#: … and never shorter, for the academy's sake and hers.
SHORTEST_WAIT = timedelta(seconds=20)
#: How often the page looks whether there is a room by now, or a place for who waits for one.
LOOK_AGAIN = timedelta(seconds=90)
#: So long after its end a live session is "the one that is over", not one of the past.
JUST_OVER = timedelta(hours=18)
#: So long before, an organiser is told that a room is missing.
SOON = timedelta(hours=48)
#: Not all phones ask in the same second: they spread over so many.
SPREAD = 8


@dataclass(frozen=True, slots=True)
class Door:
    """One live session, the person's place in it, and what the moment `at` makes of it."""

    live_session: LiveSession
    seat: Seat
    opens_at: datetime
    at: datetime

    @property
    def state(self) -> State:
        """What the person can do here now, in one word."""
        if self.live_session.status == "cancelled":
            return "called_off"
        if self.at >= self.live_session.ends_at:
            return "over"
        if self.seat.state != "going":
            return "waiting" if self.seat.state == "waiting" else "not_going"
        if self.at < self.opens_at:
            return "early"
        return "open" if self.live_session.room_url else "no_room"

    @property
    def has_opened(self) -> bool:
        """Whether people go in by now."""
        return self.opens_at <= self.at < self.live_session.ends_at

    @property
    def is_soon(self) -> bool:
        """Whether somebody may wait for it with the page open."""
        return self.opens_at - self.at <= WATCHED

    @property
    def is_coming(self) -> bool:
        """Whether it has not ended; one that was called off counts until its hour has passed."""
        return self.at < self.live_session.ends_at


@dataclass(frozen=True, slots=True)
class Corridor:
    """All doors of a series for one person, the earliest first."""

    doors: Sequence[Door]
    at: datetime

    @property
    def first(self) -> Door | None:
        """The door that matters now: one that is open to her, else the next that takes place."""
        held = [one for one in self.doors if one.is_coming and one.state != "called_off"]
        inside = [one for one in held if one.state in {"open", "no_room"}]
        return next(iter(inside or held), None)

    @property
    def called_off(self) -> Sequence[Door]:
        """Those that would have come before the first door, and do not take place."""
        before = self.first.live_session.starts_at if self.first else None
        return [
            one for one in self._coming("called_off")
            if before is None or one.live_session.starts_at < before
        ]  # fmt: skip

    @property
    def later(self) -> Sequence[Door]:
        """Every other door that is still to come."""
        seen = [self.first, *self.called_off]
        return [one for one in self.doors if one.is_coming and one not in seen]

    @property
    def recorded(self) -> Sequence[Door]:
        """What was held and can be seen again, the latest first."""
        over = [one for one in reversed(self.doors) if one.state == "over"]
        return [one for one in over if one.live_session.recording_url]

    @property
    def just_over(self) -> Door | None:
        """What ended a few hours ago and has no recording yet."""
        over = [one for one in self.doors if one.state == "over"]
        last = over[-1] if over else None
        if last is None or last.live_session.recording_url:
            return None
        return last if self.at - last.live_session.ends_at < JUST_OVER else None

    def seconds_to_look_again(self, spread: int) -> int:
        """Return after how many seconds the page is worth loading again; 0: not by itself.

        `spread` is any number of the person's: phones that wait for one door ask one after another.
        """
        door = self.first
        if door is None or not door.is_soon:
            return 0
        if door.state == "early":
            wait = min(door.opens_at - self.at, LONGEST_WAIT)
            return int(max(wait, SHORTEST_WAIT).total_seconds()) + 1 + spread % SPREAD
        waits = door.state in {"no_room", "waiting"}
        return int(LOOK_AGAIN.total_seconds()) + spread % SPREAD if waits else 0

    def _coming(self, state: State) -> list[Door]:
        return [one for one in self.doors if one.is_coming and one.state == state]


def corridor_of(
    seats: Sequence[tuple[LiveSession, Seat]], door_minutes: int, at: datetime
) -> Corridor:
    """Return the doors as they are at the moment `at`; to come are those with a place."""
    early = timedelta(minutes=door_minutes)
    doors = [Door(one, seat, one.starts_at - early, at) for one, seat in seats]
    return Corridor([one for one in doors if one.seat.state != "none" or not one.is_coming], at)


def without_room(live_sessions: Sequence[LiveSession]) -> Sequence[LiveSession]:
    """Return those that begin within two days, or have begun, and lead nowhere yet."""
    soon = now() + SOON
    return [one for one in live_sessions
            if not one.room_url and not one.is_over and one.starts_at <= soon]  # fmt: skip
