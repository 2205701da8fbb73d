"""A clock that jumps, and the nights in which it does so everywhere: one reminder, at its hour."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from sqlalchemy import select

from academy.db import now, session
from academy.lib.processes import wait_until
from academy.messaging.models import Message
from academy.programme.models import LiveSession
from academy.reminders.occasions import occasion_of
from tests.faults.how_long import IS_LONG
from tests.faults.post import Post
from tests.faults.readers import live_session_with_readers
from tests.faults.stepping import SteppedClock
from tests.faults.table import record

pytestmark = pytest.mark.operations
READERS = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Half an hour at Lord Howe, around Ramadan at Casablanca, none in Sao Paulo and Kolkata.
ZONES = (
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata",
    "Australia/Lord_Howe", "Africa/Casablanca",
)  # fmt: skip
#: The short version watches a whole hour and half an hour.
WATCHED = ZONES if IS_LONG else ("Europe/Berlin", "Australia/Lord_Howe")
NINE = time(9)


@pytest.fixture
def clock(tmp_path: Path) -> SteppedClock:
    return SteppedClock(tmp_path / "clock")


def test_a_clock_set_forth_and_back_reminds_once_and_stops_nothing(
    academy: Post, clock: SteppedClock
) -> None:
    live_session_with_readers(READERS, now() + 3 * HOUR - timedelta(minutes=10))
    with academy.running("worker", clock.file), academy.running("beat", clock.file):
        assert wait_until(lambda: academy.count("planned") == 2 * READERS, seconds=30)
        clock.step_to(7200)
        assert academy.wait_for_all(READERS, seconds=30)
        known = READERS
        for offset in (0, -7200, 0) if IS_LONG else (0,):
            clock.step_to(offset)
            known += len(academy.plan(3, in_seconds=offset - known))
            assert academy.wait_for_all(known, seconds=30), f"beat stands still at {offset}"
    record(
        "clock set 2 h forth and back while worker and beat run", messages=known,
        lost=known - len(academy.sink.taken), doubled=len(academy.sink.doubled),
        note="beat goes on at each",
    )  # fmt: skip
    assert academy.sink.number == known


def test_in_the_nights_of_a_clock_change_each_is_reminded_once_an_hour_before_nine(
    academy: Post, clock: SteppedClock
) -> None:
    nights = sorted(
        ((datetime.combine(day, NINE, ZoneInfo(zone)), zone) for zone in WATCHED
         for day in _changes(zone)), key=lambda night: night[0].astimezone(UTC),
    )  # fmt: skip
    assert len(nights) == 2 * len(WATCHED)
    reminded: dict[str, int] = {}
    with academy.running("worker", clock.file):
        for nine, zone in nights:
            first = live_session_with_readers(
                2, nine - 7 * DAY, zone=zone, weeks=2, registered_at=nine - 2 * HOUR
            )
            that_day = first.series.live_sessions[1]
            assert that_day.starts_at == nine.astimezone(UTC)
            reminded[f"{nine:%F} {zone}"] = _pass_through(academy, clock, that_day, zone)
    record(
        f"the nights of both clock changes in {len(WATCHED)} zones", runs=len(nights),
        messages=2 * len(nights), lost=2 * len(nights) - sum(reminded.values()),
        doubled=len(academy.sink.doubled),
        late=academy.late(), note="09:00 on every clock, mail and calendar entry agree",
    )  # fmt: skip
    assert set(reminded.values()) == {2}, reminded
    assert not academy.sink.doubled


def _changes(zone: str) -> Iterable[date]:
    """Return the two days of next year on which the zone's clocks changed in the night before.

    Where they never do, two ordinary Sundays.
    """
    there, year = ZoneInfo(zone), now().year + 1
    days = [date(year, 1, 1) + each * DAY for each in range(365)]
    found = [
        day for day in days
        if _offset(day, there) != _offset(day - DAY, there)
    ]  # fmt: skip
    return found or [date(year, 2, 21), date(year, 10, 17)]


def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, NINE, zone).utcoffset()


def _pass_through(academy: Post, clock: SteppedClock, live_session: LiveSession, zone: str) -> int:
    """Let the hours before the start pass; return how many were reminded, after looking at all."""
    starts_at, occasion = live_session.starts_at, occasion_of(live_session)
    clock.be_at(starts_at - 1.5 * HOUR)
    academy.look(job="reminder.plan")
    assert wait_until(lambda: len(_states(occasion)) == 4, seconds=20)
    for before in (HOUR + timedelta(seconds=60), HOUR - timedelta(seconds=5), HOUR / 2):
        clock.be_at(starts_at - before)
        academy.look(job="reminder.plan")
        _look_through(academy, clock)
        sent = [name for name, state in _states(occasion).items() if state == "sent"]
        assert len(sent) == (0 if before > HOUR else 2), (zone, before)
    for name in sent:
        _check(academy.sink.contents[name], starts_at, zone)
    return sum(academy.sink.taken[name] for name in sent)


def _look_through(academy: Post, clock: SteppedClock) -> None:
    """Let a look pass: what else is due leaves before, or with, the one that is due last."""
    (last,) = academy.plan(1, in_seconds=clock.offset - 1)
    academy.look()
    assert wait_until(lambda: last in academy.sink.taken, seconds=20)
    assert wait_until(lambda: academy.count("claimed") == 0, seconds=20)


def _states(occasion: str) -> dict[str, str]:
    session.rollback()
    statement = select(Message.message_id, Message.state).where(Message.occasion == occasion)
    return {row[0]: row[1] for row in session.execute(statement)}


def _check(content: bytes, starts_at: datetime, zone: str) -> None:
    """Subject, text and calendar entry of the mail say nine o'clock, and the same moment."""
    mail = message_from_bytes(content, policy=default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "09:00" in mail["Subject"]
    assert "09:00" in body.get_content()
    calendars = [part for part in mail.walk() if part.get_content_subtype() == "calendar"]
    (event,) = icalendar.Calendar.from_ical(calendars[0].get_content()).events
    assert isinstance(event.start, datetime)
    assert event.start.astimezone(UTC) == starts_at
    assert event.start.astimezone(ZoneInfo(zone)).time() == NINE
