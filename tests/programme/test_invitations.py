"""Calendar entries in mails, read by two programs that did not write them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.message import Message as EmailPart
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from flask.testing import FlaskClient
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from academy.db import session, transaction
from academy.messaging.models import MailChoices, Message
from academy.messaging.service import deliver_due
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import calendar_path, link_path
from academy.programme.service import (
    LiveSessionFacts,
    cancel_live_session,
    cancel_registration,
    cancel_series,
    change_live_session,
    create_series,
    register,
    say_no,
)
from academy.reminders.service import plan_reminders
from tests.messaging.conftest import Pigeonhole, pigeonhole, text_of
from tests.programme.scenes import a_series, somebody

__all__ = ["pigeonhole"]  # a fixture of the messages' tests
pytestmark = pytest.mark.usefixtures("app")
SITE = "https://academy.example.org"
DAY = timedelta(days=1)
LARGEST_MAIL = 30_000
MANY_WEEKS = 20
#: The longest line that may stand before it is folded (RFC 5545, 3.1).
LONGEST_LINE = 75


def objects(mail: EmailMessage) -> list[icalendar.Calendar]:
    """Return what goes into a calendar: what is shown first, then what is attached."""
    parts = [part for part in mail.walk() if part.get_content_subtype() in {"calendar", "ics"}]
    return [icalendar.Calendar.from_ical(_content(part)) for part in parts]


def _content(part: EmailPart) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def shown(mail: EmailMessage) -> icalendar.Event:
    (event,) = objects(mail)[0].events
    return event


def start_of(mail: EmailMessage) -> datetime:
    start = shown(mail).start
    assert isinstance(start, datetime)
    return start


def by_the_other(mail: EmailMessage) -> Event:
    part = next(part for part in mail.walk() if part.get_content_subtype() == "calendar")
    text = _content(part)
    assert max(map(len, text.split(b"\r\n"))) <= LONGEST_LINE
    (event,) = IcsCalendarStream.calendar_from_ics(text.decode()).events
    return event


def methods(mail: EmailMessage) -> list[str]:
    return [str(one["METHOD"]) for one in objects(mail)]


@pytest.fixture
def siti(pigeonhole: Pigeonhole) -> Registration:
    """Return the registration of Siti to two live sessions; no mail has left."""
    return register(somebody("Siti"), a_series(weeks=2))


def first_of(registration: Registration) -> LiveSession:
    return registration.series.live_sessions[0]


def test_a_confirmation_invites_to_the_next_and_has_them_all_in_one_file(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    mail, link = pigeonhole.mails[0], SITE + link_path(siti)
    event, start = shown(mail), first_of(siti).starts_at
    assert methods(mail) == ["REQUEST", "PUBLISH"]
    assert len(objects(mail)[1].walk("VEVENT")) == len(siti.series.live_sessions)
    assert objects(mail)[0].walk("VTIMEZONE")
    assert (event["LOCATION"], event["URL"], event["SEQUENCE"]) == (link, link, 0)
    assert (event.start, event.end) == (start, start + timedelta(minutes=150))
    assert event["ORGANIZER"] == "mailto:academy@example.org"
    assert event["ATTENDEE"] == f"mailto:{mail['To'].addresses[0].addr_spec}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    other = by_the_other(mail)
    assert (other.uid, other.dtstart, other.dtend) == (event["UID"], event.start, event.end)
    part = next(one for one in mail.walk() if one.get_content_subtype() == "calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"


def test_no_link_of_an_entry_stays_in_the_ledger(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    message = session.query(Message).filter_by(kind="registered").one()
    assert "BEGIN:VCALENDAR" not in f"{message.text}{message.subject}{message.reason}"
    assert link_path(siti) not in message.text


def test_uid_and_sequence_are_those_of_the_calendar_of_the_link(
    client: FlaskClient, siti: Registration, pigeonhole: Pigeonhole
) -> None:
    cancel_registration(siti)
    register(siti.person, siti.series)
    deliver_due()
    event = shown(pigeonhole.mails[-1])
    feed = icalendar.Calendar.from_ical(client.get(calendar_path(siti)).data)
    entry = feed.walk("VEVENT")[0]
    assert event["SEQUENCE"] == entry["SEQUENCE"] == siti.sequence
    assert str(event["UID"]).partition("@")[0] == str(entry["UID"]).partition("@")[0]


def test_a_new_time_is_the_same_entry_with_the_next_sequence(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    live_session = first_of(siti)
    move(live_session, timedelta(hours=3))
    deliver_due()
    before, after = (shown(mail) for mail in pigeonhole.mails)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
    assert after.start == before.start + timedelta(hours=3)
    assert methods(pigeonhole.mails[-1]) == ["REQUEST", "REQUEST"]


def test_another_length_writes_to_nobody_and_the_next_reminder_brings_it(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    one = first_of(siti)
    local = one.starts_at.astimezone(ZoneInfo(one.zone)).replace(tzinfo=None)
    change_live_session(one, LiveSessionFacts(title=one.title, start=local, minutes=90))
    assert deliver_due() == 0
    with time_machine.travel(one.starts_at - DAY, tick=False):
        plan_reminders()
        deliver_due()
    before, after = shown(pigeonhole.mails[0]), shown(pigeonhole.mails[-1])
    assert (after["UID"], after.sequence) == (before["UID"], before.sequence + 1)
    assert after.end == after.start + timedelta(minutes=90)


def move(live_session: LiveSession, by: timedelta) -> None:
    local = (live_session.starts_at + by).astimezone(ZoneInfo(live_session.zone))
    facts = LiveSessionFacts(
        title=live_session.title, start=local.replace(tzinfo=None), minutes=live_session.minutes
    )
    change_live_session(live_session, facts)


def test_a_confirmation_that_waited_tells_the_hour_to_which_it_moved_meanwhile(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    move(first_of(siti), timedelta(hours=3))
    deliver_due()
    mail = pigeonhole.mails[0]
    assert "17:00" in text_of(mail)
    assert "14:00" not in text_of(mail)
    assert start_of(mail).strftime("%H:%M") == "17:00"


@pytest.mark.parametrize("how", ["the live session", "the series", "by the learner"])
def test_what_does_not_take_place_is_cancelled(
    siti: Registration, pigeonhole: Pigeonhole, how: str
) -> None:
    deliver_due()
    if how == "the live session":
        cancel_live_session(first_of(siti))
    elif how == "the series":
        cancel_series(siti.series)
    else:
        cancel_registration(siti)
    deliver_due()
    mail = pigeonhole.mails[-1]
    event = shown(mail)
    assert set(methods(mail)) == {"CANCEL"}
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["UID"] == shown(pigeonhole.mails[0])["UID"]
    assert by_the_other(mail).status == "CANCELLED"


def test_who_leaves_and_comes_back_is_invited_anew_and_not_cancelled_after(
    siti: Registration, pigeonhole: Pigeonhole
) -> None:
    deliver_due()
    cancel_registration(siti)
    register(siti.person, siti.series)
    deliver_due()
    said = [(mail["Subject"], methods(mail)[:1]) for mail in pigeonhole.mails[1:]]
    assert [method for _subject, method in said] == [[], ["REQUEST"]]


def test_where_somebody_does_not_go_there_is_no_entry_and_who_waits_is_tentative(
    pigeonhole: Pigeonhole,
) -> None:
    series = a_series(weeks=2, capacity=1)
    first = register(somebody("Siti"), series)
    register(somebody("Bishnu"), series)
    say_no(first, series.live_sessions[1])
    deliver_due()
    mails = {text_of(mail).split()[1]: mail for mail in pigeonhole.mails
             if "registered" in mail["Subject"]}  # fmt: skip
    assert methods(mails["Siti,"]) == ["REQUEST", "REQUEST"]
    assert shown(mails["Bishnu,"])["STATUS"] == "TENTATIVE"


def test_a_name_that_somebody_typed_adds_no_property(pigeonhole: Pigeonhole) -> None:
    series = a_series(title='Dye; weave, \\n "x" ' + "ស្រី " * 20)
    register(somebody("Siti"), series)
    deliver_due()
    event = shown(pigeonhole.mails[0])
    assert str(event["SUMMARY"]).startswith('Dye; weave, \\n "x" ស្រី')
    assert by_the_other(pigeonhole.mails[0]).summary == str(event["SUMMARY"])


def test_a_confirmation_of_many_weeks_stays_small(pigeonhole: Pigeonhole) -> None:
    series = create_series(
        "ny", "Weaving – a year", zone="America/New_York", weeks=MANY_WEEKS, minutes=60,
        first_start=datetime(2031, 1, 4, 14),  # noqa: DTZ001  a clock's hour
    )  # fmt: skip
    register(somebody("Siti"), series)
    deliver_due()
    assert len(pigeonhole.mails[0].as_bytes()) < LARGEST_MAIL


READERS = ("Asia/Kathmandu", "Asia/Kabul", "Australia/Lord_Howe", "America/New_York",
           "America/Sao_Paulo")  # fmt: skip
#: Where the clock changes, and a start in the night in which it does, forth and back.
CHANGES = (
    ("America/New_York", "2031-03-09T03:30"), ("America/New_York", "2031-11-02T01:30"),
    ("Australia/Lord_Howe", "2031-10-05T02:45"), ("Australia/Lord_Howe", "2031-04-06T01:45"),
    ("Asia/Kuala_Lumpur", "2031-03-09T14:00"),
)  # fmt: skip


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.fromisoformat("2031-02-01T00:00+00:00"), tick=False) as it:
        yield it


@pytest.mark.parametrize("zone", READERS)
@pytest.mark.parametrize(("origin", "start"), CHANGES)
def test_subject_text_and_entry_tell_one_hour(
    clock: time_machine.Traveller, pigeonhole: Pigeonhole, zone: str, origin: str, start: str
) -> None:
    series = create_series("nights", "Nights", zone=origin, minutes=60, weeks=1,
                           first_start=datetime.fromisoformat(start))  # fmt: skip
    reader = somebody("Ana")
    with transaction() as current:
        reader.zone = zone
        current.add(MailChoices(person_id=reader.id, quiet_begins=0, quiet_ends=0))
    register(reader, series)
    clock.move_to(series.live_sessions[0].starts_at - DAY)
    plan_reminders()
    deliver_due()
    mail = pigeonhole.mails[-1]
    local, other = start_of(mail).astimezone(ZoneInfo(zone)), by_the_other(mail)
    live_session = series.live_sessions[0]
    assert _utc(other.dtstart) == _utc(shown(mail).start) == live_session.starts_at
    assert _utc(other.dtend) == _utc(shown(mail).end) == live_session.ends_at
    told = f"{local:%A} {local.day} {local:%B}"
    assert mail["Subject"] == f"{told}, {local:%H:%M}: Nights"
    for kind in ("plain", "html"):
        assert re.search(rf"{told} 2031, {local:%H:%M} in ", text_of(mail, kind))


def _utc(moment: date | None) -> datetime:
    # Python calls moments of an hour that comes twice unequal to every other zone's (PEP 495).
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def test_an_end_in_the_hour_that_comes_twice_is_the_same_in_every_calendar(
    client: FlaskClient, pigeonhole: Pigeonhole
) -> None:
    series = create_series("twice", "Twice", zone="America/New_York", minutes=60, weeks=1,
                           first_start=datetime.fromisoformat("2031-11-02T01:30"))  # fmt: skip
    ends_at = series.live_sessions[0].ends_at
    registration = register(somebody("Ana"), series)
    deliver_due()
    (entry,) = icalendar.Calendar.from_ical(client.get(calendar_path(registration)).data).events
    assert _utc(entry.end) == _utc(shown(pigeonhole.mails[0]).end) == ends_at
