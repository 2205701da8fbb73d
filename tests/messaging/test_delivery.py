"""The delivery ledger: planned once, sent once, tried again, taken over from the dead."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest
import time_machine
from sqlalchemy import update

from academy.db import session, transaction
from academy.lib import jobs
from academy.lib.processes import wait_until
from academy.messaging import ports, service
from academy.messaging.channels import DeliveryFailed, DeliveryRefused, DeliveryUncertain
from academy.messaging.models import Message
from academy.messaging.service import delivery
from academy.messaging.service.claims import claim_due
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, text_of

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)


def plan(cast: Cast, occasion: str = "token:1", address: str = "sreymom@example.org") -> Message:
    values = {"path": "/sign-in/secret", "minutes": 15}
    message_id = service.post(cast.learner.id, address, "sign_in_link", occasion, values)
    return session.get_one(Message, message_id)


def test_a_message_is_planned_once_however_often_it_is_asked_for(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    assert plan(cast).id == plan(cast).id
    assert session.query(Message).count() == 1


def test_another_occasion_is_another_message(cast: Cast, pigeonhole: Pigeonhole) -> None:
    assert plan(cast, "token:1").id != plan(cast, "token:2").id


def test_planning_asks_for_the_delivery_after_the_commit(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    asked: list[tuple[str, tuple[int | str, ...]]] = []
    time.sleep(2 * jobs.MOMENT)  # what earlier tests asked for has been looked for by now
    jobs.plug(lambda job, ids: asked.append((job, ids)), lambda *_facts: None)
    with transaction():
        plan(cast)
        plan(cast, "token:2")
        assert asked == []
    assert wait_until(lambda: bool(asked), seconds=20)
    assert asked == [("message.sweep", ())]


def test_a_message_is_sent_once(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    assert [service.deliver(message.id), service.deliver(message.id)] == [True, False]
    assert len(pigeonhole.mails) == 1
    session.refresh(message)
    assert (message.state, message.attempts, message.reason) == ("sent", 1, "")


def test_a_secret_is_in_the_mail_and_no_longer_in_the_ledger(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    service.deliver(message.id)
    session.refresh(message)
    assert "/sign-in/secret" in text_of(pigeonhole.mails[0])
    assert message.text == ""


def test_the_sweep_sends_what_the_queue_lost(cast: Cast, pigeonhole: Pigeonhole) -> None:
    plan(cast, "token:1"), plan(cast, "token:2")
    assert [service.deliver_due(), service.deliver_due()] == [2, 0]


def test_a_mail_server_out_of_reach_is_tried_again_later_and_less_often(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message, waits = plan(cast), []
    pigeonhole.trouble = DeliveryFailed("451 try later")
    with time_machine.travel(message.due_at, tick=False) as clock:
        for _try in range(3):
            service.deliver_due()
            session.refresh(message)
            waits.append((message.due_at - datetime.now(UTC)).total_seconds() / 60)
            clock.move_to(message.due_at)
    assert waits == [1, 2, 4]
    assert (message.state, message.reason) == ("failed", "451 try later")


def test_nothing_is_sent_before_it_is_due(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    with transaction():
        message.due_at = datetime.now(UTC) + timedelta(minutes=3)
    assert service.deliver_due() == 0


def test_the_message_id_stays_the_same_at_every_try(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    pigeonhole.trouble = DeliveryFailed("down")
    with time_machine.travel(NOON + timedelta(days=9000), tick=False) as clock:
        service.deliver(message.id)
        pigeonhole.trouble = None
        clock.shift(timedelta(minutes=2))
        assert service.deliver(message.id)
    assert pigeonhole.mails[0]["Message-ID"] == message.message_id


def test_a_refusal_for_good_is_not_tried_again(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    pigeonhole.trouble = DeliveryRefused("550 no such user")
    service.deliver(message.id)
    pigeonhole.trouble = None
    assert service.deliver_due() == 0
    session.refresh(message)
    assert (message.state, message.reason) == ("suppressed", "550 no such user")


def _die(message: Message, *, minutes: int, in_the_middle: bool) -> None:
    """Leave the message as a worker does that died so many minutes ago."""
    with transaction():
        message.state, message.claimed_at = (
            "claimed",
            datetime.now(UTC) - timedelta(minutes=minutes),
        )
        message.handed_over_at = message.claimed_at if in_the_middle else None


def test_what_a_dead_worker_had_handed_over_is_sent_again_and_marked_as_perhaps_twice(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    _die(message, minutes=6, in_the_middle=True)
    assert service.deliver_due() == 1
    session.refresh(message)
    assert (message.state, message.perhaps_twice) == ("sent", True)


def test_what_a_dead_worker_had_only_claimed_is_sent_once(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    _die(message, minutes=2, in_the_middle=False)
    assert service.deliver_due() == 1
    session.refresh(message)
    assert (message.state, message.perhaps_twice) == ("sent", False)


def test_a_line_that_broke_in_the_middle_is_tried_again_and_marked(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    pigeonhole.trouble = DeliveryUncertain("the line broke")
    service.deliver_due()
    session.refresh(message)
    assert (message.state, message.perhaps_twice) == ("failed", True)


def test_what_is_too_late_is_listed_as_missed_and_not_sent(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    with transaction():
        message.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert (service.deliver_due(), pigeonhole.mails) == (0, [])
    session.refresh(message)
    assert (message.state, message.cause) == ("suppressed", "missed")


def test_an_account_closed_meanwhile_gets_no_mail(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    with transaction():
        cast.learner.disabled_at = datetime.now(UTC)
    assert (service.deliver_due(), pigeonhole.mails) == (0, [])
    session.refresh(message)
    assert (message.cause, message.reason) == ("outdated", "the account is closed")


def test_what_has_nothing_to_tell_any_more_is_not_sent(
    cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = plan(cast, "token:1"), plan(cast, "token:2")
    monkeypatch.setitem(ports.gatekeepers, "test", lambda due: {due[0].id: "taken back"})
    assert service.deliver_due() == 1
    session.expire_all()
    assert [(one.state, one.reason) for one in (first, second)] == [
        ("suppressed", "taken back"), ("sent", ""),
    ]  # fmt: skip


def test_a_message_stopped_in_the_middle_of_a_batch_is_not_sent(
    cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(cast, "token:1"), plan(cast, "token:2")
    pigeonhole.then = lambda: _stop("token:2")
    assert service.deliver_due() == 1
    assert len(pigeonhole.mails) == 1


def _stop(occasion: str) -> None:
    with transaction():
        statement = update(Message).where(Message.occasion == occasion)
        session.execute(statement.values(state="suppressed", reason="stopped"))


def test_a_slow_batch_gives_back_what_it_did_not_reach(
    cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = plan(cast, "token:1"), plan(cast, "token:2")
    monkeypatch.setattr(delivery, "SECONDS_A_BATCH", 30.0)
    ticks = chain([0.0, 0.0], repeat(31.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    claims = claim_due(10)
    assert delivery.deliver_claims(claims) == 1
    session.expire_all()
    assert [(one.state, one.attempts) for one in (first, second)] == [("sent", 1), ("planned", 0)]


@pytest.mark.parametrize(("minutes", "in_the_middle"), [(4, True), (0, False)])
def test_a_claim_of_a_worker_that_may_live_is_left_alone(
    cast: Cast, pigeonhole: Pigeonhole, *, minutes: int, in_the_middle: bool
) -> None:
    _die(plan(cast), minutes=minutes, in_the_middle=in_the_middle)
    assert service.deliver_due() == 0


def test_the_last_failure_says_that_it_was_given_up(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    pigeonhole.trouble = DeliveryFailed("451 try later")
    with transaction():
        message.state, message.attempts = "failed", service.MOST_ATTEMPTS - 1
    service.deliver_due()
    session.refresh(message)
    assert (message.state, message.cause) == ("suppressed", "given_up")


def test_after_a_day_of_failures_nobody_tries_any_more(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    with transaction():
        message.state, message.attempts = "failed", service.MOST_ATTEMPTS
    assert service.deliver_due() == 0


@pytest.mark.parametrize("in_the_middle", [True, False])
def test_what_was_cut_off_at_its_last_try_is_listed_as_given_up(
    cast: Cast, pigeonhole: Pigeonhole, *, in_the_middle: bool
) -> None:
    message = plan(cast)
    _die(message, minutes=6, in_the_middle=in_the_middle)
    with transaction():
        message.attempts = service.MOST_ATTEMPTS
    assert (service.deliver_due(), pigeonhole.mails) == (0, [])
    session.refresh(message)
    assert (message.state, message.cause) == ("suppressed", "given_up")


def _spoil(monkeypatch: pytest.MonkeyPatch, message: Message) -> None:
    """Let asking for this message raise what nobody expected."""
    number = message.id

    def judge(due: Sequence[ports.Due]) -> dict[int, str]:
        if number in {one.id for one in due}:
            raise ZeroDivisionError
        return {}

    monkeypatch.setitem(ports.gatekeepers, "test", judge)


def test_a_message_that_cannot_be_written_does_not_hold_up_the_others(
    cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned, sound = plan(cast, "token:1"), plan(cast, "token:2")
    _spoil(monkeypatch, poisoned)
    assert service.deliver_due() == 1
    session.expire_all()
    assert [(one.state, one.attempts, one.reason) for one in (poisoned, sound)] == [
        ("failed", 1, "it could not be written: ZeroDivisionError"), ("sent", 1, ""),
    ]  # fmt: skip


def test_a_batch_that_breaks_off_is_given_back_and_what_was_sent_stays_sent(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    messages = [plan(cast, f"token:{each}") for each in range(4)]
    pigeonhole.then = lambda: setattr(pigeonhole, "trouble", ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        service.deliver_due()
    session.expire_all()
    assert [(one.state, one.attempts) for one in messages] == [
        ("sent", 1), ("claimed", 1), ("planned", 0), ("planned", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["a@b.org, c@d.org", "a@b.org\nBcc: c@d.org", "a@b.org>", "", "nobody", "a b@c.org", "a@b@c"],
)
def test_what_is_no_single_address_gets_no_mail(
    cast: Cast, pigeonhole: Pigeonhole, address: str
) -> None:
    message = plan(cast, address=address)
    assert not service.deliver(message.id)
    session.refresh(message)
    assert (pigeonhole.mails, message.state) == ([], "suppressed")
