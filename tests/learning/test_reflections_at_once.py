"""Learners who share reflections at the same moment: one thread, each of them once."""

from collections.abc import Iterator
from threading import Thread as Worker

import pytest
from flask import Flask
from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Reflection, Thread
from academy.discussion.ports import SHOW, plug_gatekeeper
from academy.discussion.service.reflecting import share
from academy.learning.models import Attempt, Lesson
from academy.learning.service import begin_attempt, hand_in
from academy.moderation.gate import judge
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import REFLECTION, load_course


@pytest.fixture
def attempts(own_database: Flask) -> Iterator[list[int]]:
    """Return attempts of three people that were handed in, in a database where commits are real."""
    plug_gatekeeper(lambda _draft: SHOW)
    load_course(more=REFLECTION)
    lesson = session.scalars(select(Lesson).where(Lesson.key == "weaving-warp")).one()
    cast, ids = Cast(), []
    for person in (cast.learner, cast.other_learner, cast.organiser):
        attempt = begin_attempt(lesson, person)
        hand_in(attempt, person, {"mine": [f"Thoughts of {person.name}"]}, "en")
        ids.append(attempt.id)
    session.remove()
    yield ids
    plug_gatekeeper(judge)


def test_those_who_share_at_once_share_in_one_thread_and_each_once(attempts: list[int]) -> None:
    problems: list[Exception] = []

    def run(attempt_id: int) -> None:
        try:
            attempt = session.get_one(Attempt, attempt_id)
            person = session.get_one(Person, attempt.person_id)
            share(attempt, "mine", person, audience="learners", title="T", language="en")
        except Exception as problem:  # noqa: BLE001 (a worker's; the test names it)
            problems.append(problem)
        finally:
            session.remove()

    workers = [Worker(target=run, args=(one,)) for one in attempts * 2]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert session.execute(select(Thread.audience, Thread.visible_posts)).all() == [("learners", 3)]
    assert sorted(session.scalars(select(Reflection.attempt_id))) == attempts
