"""Objecting and answering at the same moment, over real connections: said once, answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from academy import db
from academy.attendance import service
from academy.attendance.models import Evidence, Objection
from academy.attendance.service import Word
from academy.db import session, transaction
from academy.messaging.models import Message
from academy.programme.models import LiveSession, Series
from tests.attendance.conftest import register
from tests.cast import Cast


def test_of_eight_words_at_the_same_moment_one_is_open(own_database: Flask) -> None:
    held, siti, _actors = _scene()
    _at_once(8, lambda: service.object_to(session.get_one(LiveSession, held), siti, Word("not_me")))
    assert session.scalar(select(func.count(Objection.id))) == 1
    assert session.scalars(select(Objection.version)).one() == 8


def test_of_eight_answers_at_the_same_moment_one_counts(own_database: Flask) -> None:
    held, siti, actor = _scene()
    said = service.object_to(session.get_one(LiveSession, held), siti, Word("was_there"))
    number, seen = said.id, said.version
    session.remove()

    def answer() -> bool:
        try:
            objection = session.get_one(Objection, number)
            service.confirm_presence(objection, seen=seen, actor_id=actor)
        except service.ObjectionMoved:
            return False
        return True

    assert sum(_at_once(8, answer)) == 1
    assert session.scalar(select(func.count(Evidence.id))) == 1
    letters = select(func.count(Message.id)).where(Message.kind == "objection_answered")
    assert session.scalar(letters) == 1


def _at_once(times: int, step: object) -> list[bool]:
    def run(_number: int) -> bool:
        try:
            return bool(step())  # type: ignore[operator]
        finally:
            session.remove()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def _scene() -> tuple[int, int, int]:
    actor = Cast().organiser.id
    with transaction() as current:
        series = Series(slug="may", title="May", zone="Asia/Kuala_Lumpur", status="published")
        current.add(series)
    siti = register(series, "Siti Aminah", "siti@example.org").id
    with transaction() as current:
        live_session = LiveSession(
            series_id=series.id, slug="may-1", number=1, title="Principles", minutes=150,
            starts_at=db.now() - timedelta(hours=1), zone="UTC", status="published",
        )  # fmt: skip
        current.add(live_session)
    held = live_session.id
    session.remove()
    return held, siti, actor
