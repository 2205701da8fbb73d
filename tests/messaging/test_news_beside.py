"""News where several workers look at the same moment: nothing twice, nothing torn apart."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from academy.db import now, session, transaction
from academy.messaging import service
from academy.messaging.models import Message, Notice
from academy.messaging.notices import News, NoticeKind, Said, plug_notices, unplug_notices
from academy.people.models import Person

PEOPLE, EACH, WORKERS = 60, 4, 4


@pytest.fixture
def everything(own_database: Flask) -> Iterator[list[News]]:
    """Return news for sixty people, four each, of a kind that is always open."""
    plug_notices(NoticeKind("beside", "Beside", "", lambda waiting: {one.id for one in waiting}))
    with transaction() as current:
        people = [Person(name=f"Person {number}", country="KH") for number in range(PEOPLE)]
        current.add_all(people)
    yield [
        News(
            person_id=person.id, kind="beside", occasion=f"beside:{number}", path="/",
            happened_at=now(), words={"en": Said(f"News {number}")},
        )
        for person in people
        for number in range(EACH)
    ]  # fmt: skip
    unplug_notices("beside")


def together(work: Callable[[], int]) -> list[int]:
    """Let four workers do it at the same moment; return what each says."""
    barrier = Barrier(WORKERS)

    def one(_number: int) -> int:
        barrier.wait()
        try:
            return work()
        finally:
            session.remove()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_handed_over_by_four_at_once_it_is_kept_once(everything: list[News]) -> None:
    assert sum(together(lambda: service.hand_over_notices(everything))) == PEOPLE * EACH
    assert session.scalar(select(func.count(Notice.id))) == PEOPLE * EACH


def test_four_workers_plan_one_mail_for_each_with_all_of_it(everything: list[News]) -> None:
    service.hand_over_notices(everything)
    with transaction() as current:
        current.execute(update(Notice).values(due_at=now() - timedelta(minutes=1)))
    session.remove()
    assert sum(together(service.plan_digests)) == PEOPLE
    mails = session.scalars(select(Message.person_id).where(Message.kind == "digest")).all()
    assert len(mails) == len(set(mails)) == PEOPLE
    digests = select(Notice.digest, func.count()).group_by(Notice.digest)
    assert {row[1] for row in session.execute(digests)} == {EACH}
