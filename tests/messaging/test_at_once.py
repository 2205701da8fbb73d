"""Workers, beats and redelivered tasks at the same time: every mail leaves once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from academy.db import now, session, transaction
from academy.messaging import service
from academy.messaging.models import Message
from academy.messaging.service.claims import claim_due
from academy.people.service import create_person
from tests.messaging.conftest import Pigeonhole

AT_ONCE = 10
VALUES = {"path": "/sign-in/secret", "minutes": 15}


def _all_at_once(deed: Callable[[], object]) -> None:
    def alone(_turn: int) -> None:
        try:
            deed()
        finally:
            session.remove()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(alone, range(AT_ONCE)))


def test_ten_sweeps_at_once_send_each_mail_once(
    own_database: Flask, pigeonhole: Pigeonhole
) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    for number in range(30):
        service.post(person.id, "s@example.org", "sign_in_link", f"token:{number}", VALUES)
    _all_at_once(service.deliver_due)
    counts = Counter(mail["Message-ID"] for mail in pigeonhole.mails)
    assert (len(counts), set(counts.values())) == (30, {1})
    assert {state for (state,) in session.query(Message.state)} == {"sent"}


def test_one_task_delivered_ten_times_sends_one_mail(
    own_database: Flask, pigeonhole: Pigeonhole
) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    number = service.post(person.id, "s@example.org", "sign_in_link", "token:1", VALUES)
    _all_at_once(lambda: service.deliver(number))
    assert len(pigeonhole.mails) == 1


def test_the_same_message_planned_ten_times_at_once_is_one_row(
    own_database: Flask, pigeonhole: Pigeonhole
) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    planned: set[int] = set()
    _all_at_once(
        lambda: planned.add(
            service.post(person.id, "s@example.org", "sign_in_link", "token:1", VALUES)
        )
    )
    assert len(planned) == session.query(Message).count() == 1


def test_what_a_database_that_died_may_have_forgotten_is_marked_when_it_is_taken_over(
    own_database: Flask, pigeonhole: Pigeonhole
) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    for number in range(2):
        service.post(person.id, "s@example.org", "sign_in_link", f"token:{number}", VALUES)
    first, second = claim_due(2)
    with transaction() as current:
        current.execute(update(Message).values(claimed_at=now() - timedelta(minutes=2)))
        before = now() - timedelta(days=1)
        current.execute(update(Message).where(Message.id == first.id).values(server_since=before))
    assert service.deliver_due() == 2
    marks = {one.id: one.perhaps_twice for one in session.query(Message)}
    # SQLite is no server: what it was told stands in its file.
    is_server = session.get_bind().dialect.name == "postgresql"
    assert marks == {first.id: is_server, second.id: False}
