"""Quotes: made by a button, taken out while what they quote is hidden, and given back."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, PostVersion, Thread, WithheldQuote
from academy.discussion.quoting import Source, give_back, quote, withhold
from academy.discussion.service.locking import lock_thread
from academy.discussion.service.writing import appear, vanish
from academy.people.models import Person
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
SAID = "The recipe is seven leaves.\nBoil them twice, says my aunt."
MARK = "[2](/threads/7/posts/2/) \\[…\\]"
#: What somebody wrote, and what is left of it while the post is hidden.
TEXTS = [
    ("> Boil them twice\n\nWhy?", f"> {MARK}\n\nWhy?"),
    ("> *boil*   them **TWICE**, says", f"> {MARK}"),
    ("> The recipe is\nseven leaves. Boil\n\nWell", f"> {MARK}\n\nWell"),
    ("> [Ibu · 2](/threads/7/posts/2/):\n> Altogether other words\n\nYes", f"> {MARK}\n\nYes"),
    ("> [Ibu · 9](/threads/7/posts/9/):\n> My own pot is old", ""),
    ("> [A · 9](/threads/7/posts/9/):\n> > [Ibu · 2](/threads/7/posts/2/):\n> > Some\n> Mine, not",
     f"> [A · 9](/threads/7/posts/9/):\n> > {MARK}\n> Mine, not"),
    ("- > seven leaves. Boil them\n- other", f"- > {MARK}\n- other"),
    ("1. > > The recipe is seven leaves", f"1. > > {MARK}"),
    ("Boil them twice, I say", ""),
    ("> yes\n\n> the leaves", ""),
    ("2 > 1, and seven leaves boiled", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), TEXTS)
def test_a_quote_of_what_is_hidden_is_taken_out_and_given_back(text: str, left: str) -> None:
    source = Source({(7, 2)}, [SAID])
    found = withhold(text, source, MARK)
    assert found.body == (left or text)
    assert withhold(found.body, source, MARK).body == found.body
    back = found.body
    for taken in found.taken:
        back = give_back(back, MARK, taken)
    assert back == text


def test_twenty_thousand_marks_of_a_quote_cost_nothing() -> None:
    source = Source({(7, 2)}, [SAID * 400])
    for text in (">" * 20_000, "> " * 10_000, ">\n" * 10_000, "1.-" * 6_000 + ">"):
        assert withhold(text, source, MARK).taken == ()


def test_the_button_quotes_the_words_with_their_place_and_no_quotes_in_them() -> None:
    made = quote("Siti [x]", 7, 2, "> before\n\nOne\n\n\n\nTwo")
    assert made == "> [Siti \\[x\\] · 2](/threads/7/posts/2/):\n> One\n>\n> Two\n\n"


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread whose third post quotes the second."""
    begun, _ = service.start_thread(cast.learner, "Leaves", "Which leaves are good?")
    service.reply(begun.id, cast.other_learner, SAID)
    quoted = quote("Siti", begun.id, 2, SAID)
    third = service.reply(begun.id, cast.learner, quoted + "Thanks", answers=2).post
    service.edit_post(third, cast.learner, quoted + "Thank you", version=1)
    return begun


def _post(number: int) -> Post:
    return session.scalars(select(Post).where(Post.number == number)).one()


def _hide(number: int, state: str = "hidden") -> None:
    with transaction() as current:
        post = _post(number)
        vanish(current, lock_thread(current, post.thread_id), post, state)


def _show(number: int) -> None:
    with transaction() as current:
        post = _post(number)
        appear(current, lock_thread(current, post.thread_id), post)


def test_the_quote_comes_back_with_what_it_quotes_also_in_earlier_versions(
    thread: Thread, cast: Cast
) -> None:
    before = _post(3).body
    _hide(2)
    assert "leaves" not in _post(3).body
    assert _post(3).body.endswith("Thank you")
    assert "leaves" not in session.scalars(select(PostVersion.body)).one()
    _show(2)
    assert _post(3).body == before
    assert "leaves" in session.scalars(select(PostVersion.body)).one()
    assert session.scalar(select(func.count()).select_from(WithheldQuote)) == 0


def test_words_that_were_removed_are_gone_from_quotes_for_good(thread: Thread, cast: Cast) -> None:
    _hide(2)
    service.remove_own(service.reply(thread.id, cast.organiser, "x").post, cast.organiser)
    with transaction() as current:
        lock_thread(current, thread.id)
        post = _post(2)
        post.state = "held"
        service.remove_own(post, cast.other_learner)
    assert session.scalar(select(func.count()).select_from(WithheldQuote)) == 0
    assert "leaves" not in _post(3).body


def test_nobody_quotes_anew_what_is_hidden(thread: Thread, cast: Cast) -> None:
    _hide(2)
    written = service.reply(thread.id, cast.organiser, "> boil them twice\n\nThis was hidden!")
    assert "twice" not in written.post.body
    service.edit_post(written.post, cast.organiser, "> Seven leaves. Boil", version=1)
    assert "leaves" not in written.post.body.casefold()
    _show(2)
    assert "> Seven leaves. Boil" in _post(4).body


def test_an_edit_begun_before_the_quote_was_hidden_is_told_so(
    thread: Thread, cast: Cast, client_of: ClientOf
) -> None:
    browser, version = client_of(cast.learner), _post(3).version
    _hide(2)
    data = {"body": "> seven leaves. Boil\n\nMine", "version": version}
    answer = browser.post(f"/threads/{thread.id}/posts/3/edit", data=data)
    assert answer.status_code == 409


def test_the_box_begins_with_the_quote_and_without_it_where_it_may_not_be_read(
    thread: Thread, cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    browser = client_of(cast.organiser)
    page = browser.get(f"/threads/{thread.id}/?answers=2&quote=1").text
    assert f"/threads/{thread.id}/posts/2/):\n&gt; The recipe" in page
    part = browser.get(f"/threads/{thread.id}/posts/2/quote")
    assert part.mimetype == "text/plain"
    assert "seven leaves" in part.text
    _hide(2)
    assert browser.get(f"/threads/{thread.id}/posts/2/quote").status_code == 404
    assert "seven leaves" not in browser.get(f"/threads/{thread.id}/?answers=2&quote=1").text
