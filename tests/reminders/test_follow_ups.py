"""After the end: who is told what, when, and who is not because it is not known or has changed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from academy.attendance.models import AttendanceImport
from academy.attendance.service import import_attendance, record_presence, undo_import
from academy.db import session, transaction
from academy.messaging.models import MailChoices, Message
from academy.messaging.service import deliver_due
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.service import cancel_registration, register, say_no
from academy.programme.weekly import to_local
from academy.reminders import gate
from academy.reminders.kinds import FOLLOW_UPS
from academy.reminders.service import list_due, plan_follow_ups, switch
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def live_session(cast: Cast) -> LiveSession:
    """Return a live session of 150 minutes in seven days, of which everybody is to be told."""
    series = a_series()
    for kind in FOLLOW_UPS:
        switch(series, kind, is_on=True, actor_id=cast.organiser.id)
    return series.live_sessions[0]


def _join(live_session: LiveSession, name: str, zone: str = "Asia/Kuala_Lumpur") -> Registration:
    person = somebody(name)
    with transaction():
        person.zone = zone
    return register(person, live_session.series)


@pytest.fixture
def stayed(live_session: LiveSession) -> Registration:
    """Return the registration of Siti, who stays to the end."""
    return _join(live_session, "Siti")


@pytest.fixture
def left(live_session: LiveSession) -> Registration:
    """Return the registration of Budi, who leaves after 47 minutes."""
    return _join(live_session, "Budi")


@pytest.fixture
def away(live_session: LiveSession) -> Registration:
    """Return the registration of Maya, who does not come."""
    return _join(live_session, "Maya")


@pytest.fixture
def clock(
    live_session: LiveSession, stayed: Registration, left: Registration, away: Registration
) -> Iterator[time_machine.Traveller]:
    """Turn the clock to a minute after the end, when nobody knows yet who came."""
    deliver_due()
    with time_machine.travel(live_session.ends_at + MINUTE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counted(
    live_session: LiveSession, stayed: Registration, left: Registration,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    """Let a file say who came."""
    _read_file(live_session, {_address(stayed): 150, _address(left): 47})


def _address(who: Registration) -> str:
    return who.person.addresses[0].address


def _read_file(live_session: LiveSession, came: dict[str, int]) -> None:
    """Read a file in which each, by address or name, stayed so many minutes."""
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for who, minutes in came.items():
        start = to_local(live_session.starts_at, live_session.zone)
        times = ",".join(f"{one:%m/%d/%Y %I:%M:%S %p}" for one in (start, start + minutes * MINUTE))
        lines.append(f"{who},{who if '@' in who else ''},{times},{minutes},Yes")
    import_attendance(live_session, "\n".join(lines).encode(), "zoom.csv")


def _came(live_session: LiveSession, who: Registration, minutes: int, source: str = "roll") -> int:
    start = live_session.starts_at
    return record_presence(
        live_session, who.person_id, source, joined_at=start, left_at=start + minutes * MINUTE
    )


def _tick() -> None:
    plan_follow_ups()
    deliver_due()


def _told(state: str = "sent") -> dict[str, str]:
    """Return which follow-up each has, by name."""
    session.expire_all()
    statement = select(Person.name, Message.kind).join(Message, Message.person_id == Person.id)
    found = session.execute(statement.where(Message.kind.in_(FOLLOW_UPS), Message.state == state))
    return {name: kind.removeprefix("follow_up_") for name, kind in found}


def _text(name: str) -> str:
    statement = select(Message.text).join(Person, Person.id == Message.person_id)
    return session.scalars(statement.where(Person.name == name, Message.kind.in_(FOLLOW_UPS))).one()


@pytest.mark.usefixtures("counted")
def test_everybody_is_told_what_fits_two_hours_after_the_end(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    _tick()
    assert _told() == {}
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert _told() == {"Siti": "attended", "Budi": "left_early", "Maya": "missed"}
    assert plan_follow_ups() == 0


@pytest.mark.usefixtures("counted")
def test_who_left_reads_from_which_minute_on_and_the_size_of_the_recording(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction() as current:
        held = current.get_one(LiveSession, live_session.id)
        held.recording_url, held.recording_megabytes = "https://video.example.org/1", 80
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert "until minute 47 of 150" in _text("Budi")
    assert "(size: 80 MB):\n\nhttps://video.example.org/1\n" in _text("Budi")


@pytest.mark.usefixtures("counted")
def test_who_missed_all_or_part_of_it_reads_the_summary(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction() as current:
        current.get_one(LiveSession, live_session.id).summary = "How three of them share."
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    for name in ("Maya", "Budi"):
        assert "\n\nHow three of them share.\n\n" in _text(name)
    assert "How three of them share." not in _text("Siti")


@pytest.mark.usefixtures("counted")
def test_without_a_recording_nothing_is_said_of_one(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert "recording" not in _text("Budi") + _text("Siti") + _text("Maya")
    assert f"/attendance/{live_session.slug}/" in _text("Maya")


@pytest.mark.parametrize("source", ["link", "code", "self_report"])
def test_what_says_nothing_of_the_others_tells_nobody_that_they_missed_it(
    live_session: LiveSession, stayed: Registration, clock: time_machine.Traveller, source: str
) -> None:
    _came(live_session, stayed, 150, source)
    clock.move_to(live_session.ends_at + 3 * HOUR)
    assert plan_follow_ups() == 0


def test_one_tick_on_the_roll_tells_nobody_else_that_they_missed_it(
    live_session: LiveSession, stayed: Registration, clock: time_machine.Traveller
) -> None:
    _came(live_session, stayed, 150, "roll")
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert _told() == {"Siti": "attended"}


@pytest.mark.parametrize("becomes_known", ["before planning", "between planning and leaving"])
def test_as_long_as_somebody_stands_unmatched_nobody_missed_it(
    live_session: LiveSession, stayed: Registration, clock: time_machine.Traveller,
    becomes_known: str,
) -> None:  # fmt: skip
    _read_file(live_session, {_address(stayed): 150})
    if becomes_known == "between planning and leaving":
        plan_follow_ups()
    _read_file(live_session, {"iPad (3)": 150})
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert _told() == {"Siti": "attended"}


@pytest.mark.usefixtures("counted")
def test_nothing_is_planned_of_a_kind_that_is_off(
    live_session: LiveSession, clock: time_machine.Traveller, cast: Cast
) -> None:
    switch(live_session.series, "follow_up_missed", is_on=False, actor_id=cast.organiser.id)
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert set(_told()) == {"Siti", "Budi"}


@pytest.mark.usefixtures("counted")
def test_switched_off_between_planning_and_leaving_it_stays(
    live_session: LiveSession, clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_follow_ups()
    switch(live_session.series, "follow_up_missed", is_on=False, actor_id=cast.organiser.id)
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert _told("suppressed") == {"Maya": "missed"}


@pytest.mark.usefixtures("counted")
def test_whose_attendance_changes_meanwhile_gets_what_fits_now(
    live_session: LiveSession, away: Registration, clock: time_machine.Traveller
) -> None:
    plan_follow_ups()
    _came(live_session, away, 150, "self_report")
    clock.move_to(live_session.ends_at + 2 * HOUR)
    deliver_due()
    assert _told("suppressed") == {"Maya": "missed"}
    _tick()
    assert _told()["Maya"] == "attended"


@pytest.mark.usefixtures("counted")
def test_when_the_file_is_taken_back_nobody_is_told_anything(
    live_session: LiveSession, clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_follow_ups()
    undo_import(session.scalars(select(AttendanceImport)).one(), cast.organiser.id)
    clock.move_to(live_session.ends_at + 2 * HOUR)
    deliver_due()
    assert _told() == {}
    reasons = session.scalars(select(Message.reason).where(Message.kind.in_(FOLLOW_UPS)))
    assert set(reasons) == {gate.CHANGED_MEANWHILE}


@pytest.mark.usefixtures("counted")
def test_who_leaves_the_series_or_wants_no_mail_is_not_told(
    live_session: LiveSession, stayed: Registration, left: Registration,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    plan_follow_ups()
    cancel_registration(stayed)
    with transaction() as current:
        current.add(MailChoices(person_id=left.person_id, refused=["reminders"]))
    clock.move_to(live_session.ends_at + 2 * HOUR)
    deliver_due()
    assert _told() == {"Maya": "missed"}


def test_who_said_no_did_not_miss_anything(
    live_session: LiveSession, stayed: Registration, away: Registration, left: Registration
) -> None:
    say_no(away, live_session)
    with time_machine.travel(live_session.ends_at + 2 * HOUR, tick=False):
        _read_file(live_session, {_address(stayed): 150})
        _tick()
        assert _told() == {"Siti": "attended", "Budi": "missed"}


def test_a_live_session_that_ends_early_makes_nobody_a_leaver(
    live_session: LiveSession, stayed: Registration, left: Registration,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    _read_file(live_session, {_address(stayed): 100, _address(left): 95})
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert _told() == {"Siti": "attended", "Budi": "attended", "Maya": "missed"}


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/New_York", None), ("Europe/Lisbon", None), ("Pacific/Auckland", 7),
     ("Asia/Kathmandu", None)],
)  # fmt: skip
def test_nobody_is_woken_by_it(
    live_session: LiveSession, clock: time_machine.Traveller, zone: str, hour: int | None
) -> None:
    with transaction():
        for person in session.scalars(select(Person)):
            person.zone = zone
    for registration in session.scalars(select(Registration)).all():
        _came(live_session, registration, 150)
    plan_follow_ups()
    due = session.scalars(select(Message.due_at).where(Message.kind.in_(FOLLOW_UPS))).all()
    local = {to_local(moment, zone).hour for moment in due}
    assert all(7 <= one < 21 for one in local)
    assert hour is None or local == {hour}


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("after", "planned"), [(2 * HOUR, 3), (71 * HOUR, 3), (73 * HOUR, 0)])
def test_after_three_days_it_is_of_no_use(
    live_session: LiveSession, clock: time_machine.Traveller, after: timedelta, planned: int
) -> None:
    _awake_at_every_hour()
    clock.move_to(live_session.ends_at + after)
    assert plan_follow_ups() == planned


def _awake_at_every_hour() -> None:
    with transaction() as current:
        for person_id in session.scalars(select(Registration.person_id)).all():
            current.add(MailChoices(person_id=person_id, quiet_begins=0, quiet_ends=0, refused=[]))


@pytest.mark.usefixtures("counted")
def test_in_indonesian_too(
    live_session: LiveSession, left: Registration, clock: time_machine.Traveller
) -> None:
    with transaction() as current:
        current.get_one(Person, left.person_id).language = "id"
    clock.move_to(live_session.ends_at + 2 * HOUR)
    _tick()
    assert "sampai menit ke-47 dari 150 menit" in _text("Budi")


@pytest.mark.usefixtures("counted")
def test_asking_what_is_due_names_them_and_plans_nothing(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    due = list_due(live_session.ends_at + 2 * HOUR)
    assert {one["kind"] for one in due} == set(FOLLOW_UPS)
    assert _told("planned") == {}
