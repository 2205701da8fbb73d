"""Planning many messages: in one statement, with every sign as it is, and none a second time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from academy.db import now, session, transaction
from academy.messaging.models import Message
from academy.messaging.service import plan_many
from academy.people.models import Person
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")
ODD = 'Zoë "Z" \\ ’ 东\t\n{0} %s :x <b>'


@pytest.fixture
def siti() -> Person:
    """Return somebody to write to."""
    with transaction() as current:
        person = Person(name="Siti")
        current.add(person)
    return person


def _row(person: Person, number: int, **more: Any) -> dict[str, Any]:
    return {
        "person_id": person.id, "address": "siti@example.org", "kind": "reminder_one_day",
        "occasion": f"live-session:{number}", "due_at": now(), "expires_at": None, **more,
    }  # fmt: skip


def test_a_thousand_take_one_statement(siti: Person, engine: Engine) -> None:
    with counted(engine) as statements:
        assert plan_many([_row(siti, number) for number in range(1000)]) == 1000
    assert len(statements) == 1


def test_what_is_planned_already_stays_and_is_not_counted(siti: Person) -> None:
    assert plan_many([_row(siti, 1)]) == 1
    assert plan_many([_row(siti, 1, address="new@example.org"), _row(siti, 2)]) == 1
    found = session.execute(select(Message.occasion, Message.address).order_by(Message.id)).all()
    assert [tuple(row) for row in found] == [
        ("live-session:1", "siti@example.org"), ("live-session:2", "siti@example.org"),
    ]  # fmt: skip


def test_a_row_is_as_one_that_was_posted_alone(siti: Person) -> None:
    due = (now() + timedelta(hours=3)).replace(microsecond=123456)
    plan_many([_row(siti, 1, due_at=due, expires_at=due, subject=ODD, text=ODD)])
    message = session.scalars(select(Message)).one()
    assert (message.due_at, message.expires_at) == (due, due)
    assert (message.subject, message.text, message.reason, message.cause) == (ODD, ODD, "", "")
    assert (message.state, message.channel, message.attempts) == ("planned", "mail", 0)
    assert (message.perhaps_twice, message.sent_at) == (False, None)
    assert message.message_id.startswith("<")
    assert now() - message.created_at < timedelta(minutes=1)


def test_nothing_to_plan_is_nothing(siti: Person) -> None:
    assert plan_many([]) == 0
