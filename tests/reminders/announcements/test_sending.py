"""Sending an announcement: once, to the list that was seen, at each reader's hour; and stopping."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, func, select

from academy.db import session, transaction
from academy.messaging.bounces import Bounce
from academy.messaging.letters import Letter
from academy.messaging.models import MailChoices, Message
from academy.messaging.service import deliver_due, take_bounces
from academy.messaging.service.choices import Choices, choose
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.personal_links import link_path
from academy.programme.service import cancel_registration, register
from academy.programme.service.retention import preview_retention
from academy.reminders.announcements import gate
from academy.reminders.announcements.keeping import KEEPER
from academy.reminders.announcements.queries import read_standings
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import (
    AlreadyConfirmed,
    DraftChanged,
    NothingToDo,
    NotReady,
    confirm,
    go_on,
    save_segment,
    save_text,
    save_when,
    stop,
)
from academy.reminders.announcements.service.drafts import HourPassed
from academy.reminders.gate import NO_LONGER_REGISTERED
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, pigeonhole, text_of
from tests.programme.scenes import a_series, somebody
from tests.reminders.announcements.drafts import (
    HALO,
    HELLO,
    a_draft,
    joined,
    messages,
    seen,
    send,
)
from tests.statements import counted

__all__ = ["pigeonhole"]
NOON = datetime(2030, 5, 1, 4, tzinfo=UTC)  # 12:00 in Kuala Lumpur


@pytest.fixture
def series(cast: Cast) -> Series:
    """Return a series to which nobody has registered yet."""
    return a_series("threads")


@pytest.fixture
def clock() -> object:
    """Stand at noon in Kuala Lumpur."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


pytestmark = pytest.mark.usefixtures("clock")


def test_it_leaves_in_the_readers_language_with_their_own_link_and_way_out(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    siti = joined(series, "Siti")
    joined(series, "Sutrisno", "Asia/Jakarta", language="id-ID")
    draft = a_draft(series, cast.organiser, en=HELLO, id=HALO)
    assert send(draft, cast.organiser) == 2
    deliver_due()
    by_subject = {str(mail["Subject"]): mail for mail in pigeonhole.mails}
    english, indonesian = by_subject["Bring a needle"], by_subject["Bawa jarum"]
    assert link_path(siti) in text_of(english)
    assert "registered for Weaving together" in text_of(english)
    assert "/no-announcements" in english["List-Unsubscribe"]
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (english["Content-Language"], indonesian["Content-Language"]) == ("en", "id")
    assert "terdaftar di" in text_of(indonesian)


def test_a_language_without_a_text_gets_english_and_says_so_in_the_header(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    joined(series, "Sutrisno", "Asia/Jakarta", language="id")
    send(a_draft(series, cast.organiser), cast.organiser)
    deliver_due()
    assert pigeonhole.mails[0]["Content-Language"] == "en"
    assert "The SSE Academy" in text_of(pigeonhole.mails[0])


def test_where_only_one_text_is_written_everybody_gets_that(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    joined(series, "Siti")
    send(a_draft(series, cast.organiser, id=HALO), cast.organiser)
    deliver_due()
    assert pigeonhole.mails[0]["Subject"] == "Bawa jarum"
    assert pigeonhole.mails[0]["Content-Language"] == "id"


def test_of_a_live_session_it_tells_the_hour_on_the_readers_clock(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    joined(series, "Maya", "Asia/Kathmandu", country="NP")
    when = Letter("{{ hour }}", "{{ live_session }}: {{ when }}\n")
    segment = Segment(series.live_sessions[0].id)
    send(a_draft(series, cast.organiser, segment, en=when), cast.organiser)
    deliver_due()
    assert str(pigeonhole.mails[0]["Subject"]).endswith("11:45")
    assert "11:45 in Kathmandu (14:00 in Kuala Lumpur)" in text_of(pigeonhole.mails[0])


def test_confirmed_twice_it_is_sent_once(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    shown = seen(draft, cast.organiser)
    confirm(draft.id, cast.organiser, **shown)  # type: ignore[arg-type]
    with pytest.raises(AlreadyConfirmed):
        confirm(draft.id, cast.organiser, **shown)  # type: ignore[arg-type]
    assert len(messages(draft)) == 1
    with pytest.raises(AlreadyConfirmed):
        save_text(draft.id, "en", HALO, seen=1, actor_id=cast.organiser.id)
    with pytest.raises(AlreadyConfirmed):
        save_segment(draft.id, Segment())


def test_what_was_shown_is_who_gets_it(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    shown = seen(draft, cast.organiser)
    joined(series, "Late")
    with pytest.raises(DraftChanged):
        confirm(draft.id, cast.organiser, **shown)  # type: ignore[arg-type]
    assert messages(draft) == {}
    send(draft, cast.organiser)
    joined(series, "Later")
    deliver_due()
    assert set(messages(draft)) == {"Siti", "Late"}


def test_words_that_were_changed_since_are_looked_at_again(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    shown = seen(draft, cast.organiser)
    save_text(draft.id, "en", HALO, seen=1, actor_id=cast.organiser.id)
    with pytest.raises(DraftChanged):
        confirm(draft.id, cast.organiser, **shown)  # type: ignore[arg-type]


def test_to_nobody_or_without_words_it_is_not_sent(series: Series, cast: Cast) -> None:
    draft = a_draft(series, cast.organiser)
    with pytest.raises(NotReady):
        send(draft, cast.organiser)


def test_whoever_leaves_the_series_or_takes_consent_back_meanwhile_gets_none(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    gone, silent, never, siti = (
        joined(series, name) for name in ("Gone", "Silent", "Never", "Siti")
    )
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    cancel_registration(gone)
    choose(silent.person_id, Choices(True, 0, 0, announcements=False))
    with transaction():
        never.consents = {"mail_reminders": False}
    deliver_due()
    found = messages(draft)
    assert {name: found[name].reason for name in ("Gone", "Silent", "Never")} == {
        "Gone": NO_LONGER_REGISTERED, "Silent": gate.REFUSED, "Never": gate.NO_CONSENT,
    }  # fmt: skip
    assert found["Siti"].state == "sent"
    told = [str(mail["To"]) for mail in pigeonhole.mails if mail["Subject"] == HELLO.subject]
    assert told == [siti.person.addresses[0].address]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Asia/Kathmandu", datetime(2030, 5, 2, 3, 15, tzinfo=UTC)),
        ("Asia/Kabul", datetime(2030, 5, 2, 4, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2030, 5, 1, 22, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2030, 5, 2, 13, 0, tzinfo=UTC)),
        ("", datetime(2030, 5, 2, 1, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_each_readers_own_clock(
    series: Series, cast: Cast, zone: str, at: datetime
) -> None:
    joined(series, "Reader", zone)
    draft = a_draft(series, cast.organiser)
    save_when(draft.id, cast.organiser, "2030-05-02T09:00", None)
    send(draft, cast.organiser)
    assert messages(draft)["Reader"].due_at == at
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        deliver_due()
        assert messages(draft)["Reader"].state == "planned"
    with time_machine.travel(at, tick=False):
        deliver_due()
        assert messages(draft)["Reader"].state == "sent"


def test_an_hour_that_has_passed_for_some_leaves_at_once_for_them(
    series: Series, cast: Cast
) -> None:
    joined(series, "Hana", "Pacific/Auckland", country="NZ")
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    save_when(draft.id, cast.organiser, "2030-05-01T14:00", None)  # in Auckland it is 16:00
    send(draft, cast.organiser)
    found = messages(draft)
    assert found["Hana"].due_at == NOON
    assert found["Siti"].due_at == NOON + timedelta(hours=2)


def test_an_hour_that_has_passed_for_everybody_is_refused(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    for hour in ("2030-05-01T11:59", "2032-05-01T11:59"):
        with pytest.raises(HourPassed):
            save_when(draft.id, cast.organiser, hour, None)
    with pytest.raises(HourPassed):
        save_when(draft.id, cast.organiser, "", NOON - timedelta(minutes=1))


def test_nobody_is_written_to_in_their_night(series: Series, cast: Cast) -> None:
    joined(series, "Ana", "America/Sao_Paulo", country="BR")
    owl = joined(series, "Owl", "America/Sao_Paulo", country="BR")
    with transaction() as current:
        current.add(MailChoices(person_id=owl.person_id, quiet_begins=0, quiet_ends=0))
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    found = messages(draft)
    assert found["Ana"].due_at == datetime(2030, 5, 1, 10, tzinfo=UTC)  # 07:00 there
    assert found["Owl"].due_at == NOON


def test_a_worker_that_stood_still_waits_for_the_morning(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    with time_machine.travel(NOON + timedelta(hours=14), tick=False):  # 02:00 there
        deliver_due()
    assert messages(draft)["Siti"].due_at == NOON + timedelta(hours=19)


def test_whoever_moves_to_another_zone_gets_it_at_their_new_hour(
    series: Series, cast: Cast
) -> None:
    siti = joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    save_when(draft.id, cast.organiser, "2030-05-02T09:00", None)
    send(draft, cast.organiser)
    choose(siti.person_id, Choices(True, 20 * 60, 10 * 60))
    assert messages(draft)["Siti"].due_at == datetime(2030, 5, 2, 2, tzinfo=UTC)


def test_stopped_the_rest_stays_and_can_go_on(series: Series, cast: Cast) -> None:
    joined(series, "Hana", "Pacific/Auckland", country="NZ")
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    save_when(draft.id, cast.organiser, "2030-05-01T14:00", None)
    send(draft, cast.organiser)
    deliver_due()
    assert stop(draft.id, cast.organiser.id) == 1
    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        deliver_due()
        found = messages(draft)
        assert (found["Hana"].state, found["Siti"].state) == ("sent", "suppressed")
        assert (found["Siti"].cause, found["Siti"].reason) == ("stopped", gate.STOPPED)
        with pytest.raises(NothingToDo):
            stop(draft.id, cast.organiser.id)
        assert go_on(draft.id, cast.organiser.id) == 1
        deliver_due()
        assert messages(draft)["Siti"].state == "sent"
        with pytest.raises(NothingToDo):
            stop(draft.id, cast.organiser.id)
    noted = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject == f"announcement:{draft.id}")
    )
    assert [action.partition(".")[2] for action in noted] == [
        "begun", "confirmed", "stopped", "resumed",
    ]  # fmt: skip


def test_stopped_while_a_worker_sends_a_batch_the_rest_of_it_stays(
    series: Series, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    for number in range(4):
        joined(series, f"Person {number}")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)

    def stop_at_the_second() -> None:
        if len(pigeonhole.mails) == 2:
            stop(draft.id, cast.organiser.id)

    pigeonhole.then = stop_at_the_second
    deliver_due()
    states = sorted(message.state for message in messages(draft).values())
    assert states == ["sent", "sent", "suppressed", "suppressed"]


def test_how_far_it_has_come_is_counted(series: Series, cast: Cast) -> None:
    people = [joined(series, f"Person {number}") for number in range(3)]
    joined(series, "Ana", "America/Sao_Paulo", country="BR")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    cancel_registration(people[0])
    deliver_due()
    standing = read_standings([draft.id], cast.organiser)[draft.id]
    assert (standing.sent, standing.coming) == (2, 1)
    assert standing.suppressed == {NO_LONGER_REGISTERED: 1}
    assert (standing.done, standing.total) == (3, 4)
    assert standing.next_at == datetime(2030, 5, 1, 10, tzinfo=UTC)
    sent = messages(draft)["Person 1"].message_id
    take_bounces([Bounce(sent, is_final=True, reason="550 gone")])
    standing = read_standings([draft.id], cast.organiser)[draft.id]
    assert (standing.sent, standing.not_sent) == (1, 2)


def test_confirming_costs_the_same_however_many_there_are(
    series: Series, cast: Cast, engine: Engine
) -> None:
    with transaction():
        people = [somebody().id for _each in range(200)]
    for person in session.scalars(select(Person).where(Person.id.in_(people))):
        register(person, series, source="import")
    draft = a_draft(series, cast.organiser)
    shown = seen(draft, cast.organiser)
    with counted(engine) as statements:
        confirm(draft.id, cast.organiser, **shown)  # type: ignore[arg-type]
    assert len(statements) <= 12
    waiting = select(func.count(Message.id)).where(Message.occasion == draft.occasion)
    assert session.scalar(waiting) == 200


def test_with_the_people_of_a_series_goes_what_was_announced_to_them(
    series: Series, cast: Cast
) -> None:
    siti = joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    other = a_draft(a_series("looms"), cast.organiser)
    assert KEEPER.people(series.id) == {siti.person_id}
    assert preview_retention(series).deleted["announcements"] == 1
    with transaction():
        KEEPER.forget(series.id)
    assert messages(draft) == {}
    assert other.texts
    assert draft.title == HELLO.subject
