"""A hidden thread is hidden in the quotes of other threads, too, and comes back with them."""

import pytest
from flask import Flask

from academy.db import session
from academy.discussion import service
from academy.discussion.models import Post, Thread
from academy.discussion.quoting import quote
from academy.moderation.service import decide_on_thread, undo_decision
from tests.cast import Cast

SECRET = "The recipe is seven plumjam leaves."


@pytest.fixture
def threads(app: Flask, cast: Cast) -> tuple[Thread, Post]:
    """Return a thread, and a post of another one that quotes it."""
    source = service.start_thread(cast.moderator, "Leaves", SECRET)[0]
    quoted = quote("Tenzin", source.id, 1, SECRET) + "Why seven?"
    return source, service.start_thread(cast.administrator, "Why", quoted)[1].post


def _says(post: Post) -> str:
    session.expire_all()
    return session.get_one(Post, post.id).body


def test_hidden_and_shown_its_quotes_go_and_come_with_it(
    threads: tuple[Thread, Post], cast: Cast
) -> None:
    source, quoting = threads
    decide_on_thread(source, cast.moderator, "hide_thread", "spam")
    assert "plumjam" not in _says(quoting)
    assert "Why seven?" in _says(quoting)
    decide_on_thread(source, cast.moderator, "show_thread", "fits")
    assert SECRET in _says(quoting)


def test_a_decision_taken_back_brings_them_back(threads: tuple[Thread, Post], cast: Cast) -> None:
    source, quoting = threads
    decision = decide_on_thread(source, cast.moderator, "hide_thread", "spam")
    undo_decision(decision, cast.moderator)
    assert SECRET in _says(quoting)


def test_what_quotes_it_while_it_is_hidden_loses_the_quote_at_once(
    threads: tuple[Thread, Post], cast: Cast
) -> None:
    source, _quoting = threads
    decide_on_thread(source, cast.moderator, "hide_thread", "spam")
    quoted = quote("Tenzin", source.id, 1, SECRET) + "I kept it."
    late = service.start_thread(cast.administrator, "Kept", quoted)[1].post
    assert "plumjam" not in _says(late)
