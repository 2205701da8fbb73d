"""Posts as HTML: each is drawn once for all to whom it looks the same, and kept in the process.

So is the empty box to answer. Nothing here is ever stale: the key is all that the HTML says.
"""

from collections.abc import Sequence
from functools import lru_cache
from secrets import token_hex
from typing import NamedTuple

from flask import render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from academy.discussion import wording
from academy.discussion.forms import PostForm
from academy.discussion.lines import PostLine
from academy.discussion.models import Thread
from academy.discussion.places import Moved
from academy.discussion.policy import (
    can_accept,
    can_edit,
    can_moderate,
    can_write,
    may_be_answered,
)
from academy.discussion.queries import Shown, page_of_post
from academy.discussion.views.blueprint import reader
from academy.i18n.reader import page_language, reader_zone
from academy.people.models import Person
from academy.security.digests import keyed_digest

#: About 10 MB; longer posts, of which some would fill the memory, are drawn each time.
MOST_KEPT, LONGEST_KEPT = 3_000, 3_000
#: Characters; about a screen and a half of a small phone. What is longer is folded until asked for.
LONGEST_UNFOLDED = 2_000


class Card(NamedTuple):
    """All that the HTML of a post depends on: it is kept under this, so none can be stale.

    The template knows nothing else, neither who reads nor a token: its buttons belong to the one
    form of the page.
    """

    post: PostLine
    may_read: bool
    taps: tuple[tuple[str, int], ...]
    own_taps: frozenset[str]
    #: Filled where posts stood that moderators moved to another thread.
    moved: Moved | None
    is_accepted: bool
    is_new: bool
    #: Whether it is the first that the reader has not seen: a line above it says so.
    begins_new: bool
    #: Whether it is so long that a page shows its beginning first.
    is_long: bool
    is_own: bool
    #: Whether the reader may react to it, and flag it.
    may_react: bool
    may_answer: bool
    may_accept: bool
    may_recommend: bool
    #: Whether the reader may change somebody else's words, with a note.
    may_correct: bool
    may_edit: bool


class Standing(NamedTuple):
    """What a reader may do in a thread."""

    person: Person | None = None
    is_signed_in: bool = False
    may_write: bool = False
    may_accept: bool = False
    may_moderate: bool = False


def draw_posts(found: Thread, posts: Sequence[Shown], read_number: int = 0) -> Markup:
    """Return the posts one after the other, as the reader may see them.

    Those after `read_number` are marked as new; 0 marks none.
    """
    person = reader()
    standing = Standing(
        person, person is not None, can_write(person, found), can_accept(person, found),
        can_moderate(person),
    )  # fmt: skip
    return _draw_all(_cards_of(found, posts, standing, read_number or found.last_number))


def draw_for_everybody(found: Thread, posts: Sequence[Shown], *, are_members: bool) -> Markup:
    """Return the posts as strangers see them, or as members do whose none of them is.

    Nothing in it is anybody's own: a button is only offered, and asks who presses it.
    """
    may_write = are_members and may_be_answered(found)
    standing = Standing(is_signed_in=are_members, may_write=may_write)
    return _draw_all(_cards_of(found, posts, standing, found.last_number))


def looks_the_same_to(found: Thread) -> str:
    """Return with whom the reader shares how new posts of others look: "strangers", "members".

    Empty for who asked and for moderators, who have buttons of their own, and where a thread is
    not for everybody.
    """
    person = reader()
    if person is None:
        return "strangers"
    is_other = found.audience or can_moderate(person) or can_accept(person, found)
    return "" if is_other else "members"


def mark_of(thread_id: int, person_id: int | None) -> str:
    """Return what tells an author that a post is theirs; to others it says nothing."""
    return keyed_digest("author", f"{thread_id}:{person_id}")[:16]


def _draw_all(cards: Sequence[Card]) -> Markup:
    place = (page_language(), reader_zone())
    drawn = [
        draw_once(card, place) if len(card.post.body) <= LONGEST_KEPT else _draw(card)
        for card in cards
    ]
    return Markup("\n".join(drawn))  # noqa: S704  templates of ours, escaped by Jinja


def _cards_of(
    found: Thread, posts: Sequence[Shown], standing: Standing, read_number: int
) -> list[Card]:
    person, is_signed_in, may_write, may_accept, may_moderate = standing
    own_id = person.id if person else 0
    cards: list[Card] = []
    begins_at = _first_new(posts, read_number)
    for post, may_read, taps, own_taps, moved in posts:
        is_shown, is_own = post.state == "visible", post.author_id == own_id
        cards.append(
            Card(
                post, may_read, taps, own_taps, moved,
                is_accepted=found.accepted_number == post.number,
                is_new=post.number > read_number,
                begins_new=post.number == begins_at,
                is_long=len(post.body) > LONGEST_UNFOLDED,
                is_own=is_own,
                may_react=is_shown and is_signed_in and not is_own,
                may_answer=is_shown and may_write,
                may_accept=is_shown and may_accept and post.number > 1,
                may_recommend=is_shown and may_moderate,
                may_correct=may_moderate and not is_own,
                may_edit=is_own and can_edit(person, post, found),
            )
        )  # fmt: skip
    return cards


def _first_new(posts: Sequence[Shown], read_number: int) -> int | None:
    """Return the number of the first new post, where it stands among these."""
    new = next((one.post.number for one in posts if one.post.number > read_number), None)
    is_here = new is not None and page_of_post(read_number + 1) == page_of_post(new)
    return new if is_here else None


@lru_cache(maxsize=MOST_KEPT)
def draw_once(card: Card, _place: tuple[str, str]) -> str:
    """Draw a post for the language and the time zone of this request, which are `_place`."""
    return _draw(card)


def _draw(card: Card) -> str:
    if card.moved:
        return render_template("discussion/_moved.html", moved=card.moved, post=card.post)
    return render_template(
        "discussion/_post.html", card=card, post=card.post, counts=dict(card.taps), wording=wording
    )


#: Stand in a kept box for what is another at each visit.
_TOKEN, _KEY = "{{token}}", "{{key}}"


def draw_empty_box(found: Thread) -> Markup:
    """Return the box to answer in, empty; it is the same for everybody but for its two secrets."""
    kept = _draw_box(found.id, found.language, page_language())
    filled = kept.replace(_TOKEN, generate_csrf()).replace(_KEY, token_hex(16))
    return Markup(filled)  # noqa: S704  a template of ours and two words without a sign


@lru_cache(maxsize=200)
def _draw_box(thread_id: int, language: str, _page_language: str) -> str:
    form = PostForm(formdata=None, meta={"csrf": False}, language=language, request_key=_KEY)
    return render_template(
        "discussion/_answer_box.html", form=form, token=_TOKEN, thread_id=thread_id, wording=wording
    )


def facts_of(found: Thread) -> dict[str, object]:
    """Return what templates ask about the reader's rights in a thread."""
    person = reader()
    return {
        "looks": looks_the_same_to(found), "me": mark_of(found.id, person.id) if person else "",
        "may_write": can_write(person, found), "may_moderate": can_moderate(person),
        "wording": wording,
    }  # fmt: skip
