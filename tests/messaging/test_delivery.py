"""The delivery ledger: planned once, sent once, tried again, taken over from the dead."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from academy.db import session, transaction
from academy.lib import jobs
from academy.lib.processes import wait_until
from academy.messaging import service
from academy.messaging.channels import DeliveryFailed, DeliveryRefused
from academy.messaging.models import Message
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole

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
    assert wait_until(lambda: bool(asked), seconds=5)
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
    assert "/sign-in/secret" in pigeonhole.mails[0].get_content()
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


def test_a_claim_of_a_worker_that_died_is_taken_over_and_says_that_it_may_be_double(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    with transaction():
        message.state, message.claimed_at = "claimed", datetime.now(UTC) - timedelta(minutes=6)
    assert service.deliver_due() == 1
    session.refresh(message)
    assert (message.state, message.reason) == ("sent", service.TAKEN_OVER)


def test_a_claim_of_a_worker_that_may_live_is_left_alone(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    with transaction():
        message.state, message.claimed_at = "claimed", datetime.now(UTC) - timedelta(minutes=4)
    assert service.deliver_due() == 0


def test_after_a_day_of_failures_nobody_tries_any_more(cast: Cast, pigeonhole: Pigeonhole) -> None:
    message = plan(cast)
    with transaction():
        message.state, message.attempts = "failed", service.MOST_ATTEMPTS
    assert service.deliver_due() == 0


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
