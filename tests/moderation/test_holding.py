"""What moderation holds of a person, and that the log keeps no name of who left."""

from flask import Flask
from sqlalchemy import select

from academy.db import session, transaction
from academy.moderation.holding import HOLDER
from academy.moderation.models import Appeal, Decision
from academy.moderation.service import appeal, decide_on_person
from tests.cast import Cast


def test_a_person_reads_what_was_decided_about_them_and_is_forgotten(
    app: Flask, cast: Cast
) -> None:
    decision = decide_on_person(cast.learner, cast.moderator, "warn", "spam", note="Please stop.")
    appeal(decision, cast.learner, "It was a recipe.")
    told = HOLDER.told(cast.learner.id)
    assert told["decisions_about_me"][0]["note"] == "Please stop."
    assert told["appeals"][0]["words"] == "It was a recipe."
    with transaction():
        HOLDER.let_go(cast.learner.id)
    session.expire_all()
    left = session.scalars(select(Decision)).one()
    assert (left.action, left.person_id, left.note) == ("warn", None, "")
    assert session.scalars(select(Appeal)).all() == []
