"""Decisions about where posts stand and what they say: told, in the log, and taken back."""

import pytest
from flask import Flask
from sqlalchemy import select

from academy.db import session, transaction
from academy.discussion import service as discussion
from academy.discussion.models import Post, PostVersion, Thread
from academy.messaging.models import Notice
from academy.messaging.notices import Waiting
from academy.moderation.errors import NotPossible
from academy.moderation.models import Decision
from academy.moderation.news import write
from academy.moderation.service import (
    answer_appeal,
    appeal,
    decide_on_post,
    edit_with_note,
    merge_threads,
    move_thread,
    split_thread,
    undo_decision,
)
from tests.cast import Cast


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of four posts that are shown: 1 and 3 of a learner, 2 and 4 of another."""
    begun, first = discussion.start_thread(cast.learner, "How do you dry fish?", "Words 1")
    decide_on_post(first.post, cast.moderator, "approve", "fits")
    for each, person in enumerate((cast.other_learner, cast.learner, cast.other_learner)):
        written = discussion.reply(begun.id, person, f"Words {each + 2}")
        if written.is_held:
            decide_on_post(written.post, cast.moderator, "approve", "fits")
    with transaction() as current:
        for notice in current.scalars(select(Notice)):
            current.delete(notice)
    return begun


def _told() -> dict[int, str]:
    """Return who is told of decisions, and by which title."""
    found = session.scalars(select(Notice).where(Notice.kind == "moderation")).all()
    said = write([
        Waiting(one.id, one.person_id, one.occasion, "en", one.facts) for one in found
    ])  # fmt: skip
    return {one.person_id: said[one.id].title for one in found}


def test_who_wrote_what_was_split_off_is_told_where_it_is(cast: Cast, thread: Thread) -> None:
    decision = split_thread(
        thread, {2, 3}, cast.moderator, "off_topic", "A question of its own.", title="Kilns"
    )
    assert (decision.action, decision.person_id) == ("split", cast.other_learner.id)
    assert set(_told()) == {cast.learner.id, cast.other_learner.id}
    assert set(_told().values()) == {"Your posts are in another thread now"}
    undo_decision(decision, cast.administrator)
    session.expire_all()
    assert thread.visible_posts == 4
    with pytest.raises(NotPossible):
        undo_decision(decision, cast.administrator)


def test_a_merge_is_told_and_an_appeal_parts_the_threads_again(cast: Cast, thread: Thread) -> None:
    other, _ = discussion.start_thread(cast.moderator, "Smoke", "Ask here.")
    decision = merge_threads(thread, other.id, cast.moderator, "repeated")
    told = _told()
    assert told[cast.learner.id] == "Your thread was merged into another one"
    assert "in which you wrote" in told[cast.other_learner.id]
    one = appeal(decision, cast.learner, "It is about fish.")
    answer_appeal(one, cast.administrator, "It is.", upheld=True)
    session.expire_all()
    assert thread.merged_into is None
    assert decision.undone_by == cast.administrator.id


def test_an_appeal_is_upheld_even_where_the_threads_cannot_part_any_more(
    cast: Cast, thread: Thread
) -> None:
    other, _ = discussion.start_thread(cast.moderator, "Smoke", "Ask here.")
    third, _ = discussion.start_thread(cast.moderator, "Salt", "Ask here, too.")
    decision = merge_threads(thread, other.id, cast.moderator, "repeated")
    one = appeal(decision, cast.learner, "It is about fish.")
    merge_threads(other, third.id, cast.moderator, "repeated")
    answer_appeal(one, cast.administrator, "You are right, but …", upheld=True)
    assert one.upheld
    assert decision.undone_at is None


def test_a_moved_thread_goes_back(cast: Cast, thread: Thread) -> None:
    decision = move_thread(thread, cast.moderator, ("case", 5, "lessons"), "off_topic")
    assert "about something else" in _told()[cast.other_learner.id]
    undo_decision(decision, cast.moderator)
    assert (thread.subject_kind, thread.subject_id) == ("topic", None)


def test_what_was_hidden_before_a_split_is_shown_where_it_is_now(
    cast: Cast, thread: Thread
) -> None:
    post = session.scalars(select(Post).where(Post.body == "Words 3")).one()
    hidden = decide_on_post(post, cast.moderator, "hide", "off_topic")
    split = split_thread(thread, {2, 3}, cast.moderator, "off_topic", title="Kilns")
    undo_decision(hidden, cast.moderator)
    session.expire_all()
    new = session.scalars(select(Thread).where(Thread.title == "Kilns")).one()
    assert (thread.visible_posts, new.visible_posts) == (2, 2)
    undo_decision(split, cast.moderator)
    session.expire_all()
    assert (thread.visible_posts, new.visible_posts) == (4, 0)


def test_an_edit_with_a_note_keeps_the_words_and_gives_them_back(
    cast: Cast, thread: Thread
) -> None:
    post = session.scalars(select(Post).where(Post.body == "Words 2")).one()
    decision = edit_with_note(
        post, cast.moderator, "Words", "private", "A telephone number was here.", version=1
    )
    assert (post.body, post.moderator_note) == ("Words", "A telephone number was here.")
    before = session.scalars(select(PostVersion)).one()
    assert (before.body, before.note) == ("Words 2", "A telephone number was here.")
    assert _told() == {cast.other_learner.id: "A moderator changed your post"}
    undo_decision(decision, cast.moderator)
    assert (post.body, post.moderator_note, post.version) == ("Words 2", "", 3)


def test_undoing_an_edit_leaves_what_the_author_wrote_since(cast: Cast, thread: Thread) -> None:
    post = session.scalars(select(Post).where(Post.body == "Words 2")).one()
    decision = edit_with_note(post, cast.moderator, "Words", "private", "No.", version=1)
    discussion.edit_post(post, cast.other_learner, "Better words", version=2)
    undo_decision(decision, cast.moderator)
    assert (post.body, post.moderator_note) == ("Better words", "")


def test_edits_are_undone_the_last_one_first(cast: Cast, thread: Thread) -> None:
    post = session.scalars(select(Post).where(Post.body == "Words 2")).one()
    first = edit_with_note(post, cast.moderator, "Words", "private", "One.", version=1)
    second = edit_with_note(post, cast.administrator, "Word", "private", "Two.", version=2)
    with pytest.raises(NotPossible):
        undo_decision(first, cast.moderator)
    session.expire_all()
    assert first.undone_at is None
    undo_decision(second, cast.moderator)
    assert (post.body, post.moderator_note) == ("Words", "One.")
    undo_decision(first, cast.moderator)
    assert (post.body, post.moderator_note) == ("Words 2", "")


def test_unknown_reasons_are_refused(cast: Cast, thread: Thread) -> None:
    with pytest.raises(NotPossible):
        merge_threads(thread, thread.id, cast.moderator, "because")
    assert session.scalars(select(Decision).where(Decision.action == "merge")).all() == []
