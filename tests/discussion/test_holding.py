"""What is held of a person in discussions: given to them as a file, and let go with them."""

from flask import Flask
from sqlalchemy import select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.holding import HOLDER
from academy.discussion.models import Post, PostVersion, Reaction, Reading, Thread, ThreadSummary
from tests.cast import Cast


def test_a_person_reads_what_they_wrote(app: Flask, cast: Cast) -> None:
    service.start_thread(cast.learner, "How?", "With salt.")
    told = HOLDER.told(cast.learner.id)
    assert told["posts"][0]["words"] == "With salt."
    assert told["threads_begun"][0]["title"] == "How?"
    assert HOLDER.needed({cast.learner.id, cast.organiser.id}, None) == {cast.learner.id}


def test_whoever_leaves_takes_their_words_along(app: Flask, cast: Cast) -> None:
    thread, first = service.start_thread(cast.learner, "How?", "With salt.")
    service.edit_post(first.post, cast.learner, "With sun.", version=1)
    answer = service.reply(thread.id, cast.organiser, "Thank you.", answers=1).post
    service.react(thread, answer, cast.learner, "useful")
    service.summarise(thread.id, cast.moderator, "Salt.", version=0, covers=2)
    assert HOLDER.told(cast.moderator.id)["summaries"][0]["words"] == "Salt."
    with transaction():
        HOLDER.let_go(cast.moderator.id)
    assert session.execute(select(ThreadSummary.written_by, ThreadSummary.body)).all() == [
        (None, "Salt.")
    ]
    with transaction():
        HOLDER.let_go(cast.learner.id)
    session.expire_all()
    assert session.scalars(select(Post.body).order_by(Post.number)).all() == ["", "Thank you."]
    assert session.scalars(select(PostVersion.body)).all() == [""]
    assert session.scalars(select(Reaction)).all() == []
    assert [one.person_id for one in session.scalars(select(Reading))] == [cast.organiser.id]
    left = session.scalars(select(Thread)).one()
    assert (left.started_by, left.visible_posts) == (None, 1)
