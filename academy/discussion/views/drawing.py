"""Posts as HTML: for readers who are not signed in each is drawn once and kept in the process."""

from collections.abc import Hashable, Sequence

from flask import render_template
from markupsafe import Markup

from academy.discussion import wording
from academy.discussion.lines import PostLine
from academy.discussion.models import Thread
from academy.discussion.policy import can_accept, can_edit, can_moderate, can_write
from academy.discussion.queries import Shown
from academy.discussion.views.blueprint import reader
from academy.i18n.reader import page_language, reader_zone

#: About 8 MB; then all are let go of.
MOST_KEPT = 4_000
_kept: dict[Hashable, str] = {}


def draw_posts(found: Thread, posts: Sequence[Shown]) -> Markup:
    """Return the posts one after the other, as the reader may see them.

    What a stranger sees of a post follows from the post alone: nothing is theirs, nothing is new.
    """
    if reader() is not None:
        drawn = [_draw(found, shown) for shown in posts]
    else:
        place = (page_language(), reader_zone())
        drawn = [_draw_once(found, shown, place) for shown in posts]
    return Markup("\n".join(drawn))  # noqa: S704  templates of ours, escaped by Jinja


def _draw_once(found: Thread, shown: Shown, place: tuple[str, str]) -> str:
    is_accepted = found.accepted_number == shown.post.number
    key = (
        place,
        shown.post,
        shown.may_read,
        is_accepted,
        tuple(shown.reactions.items()),
        shown.moved,
    )
    html = _kept.get(key)
    if html is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        html = _kept[key] = _draw(found, shown)
    return html


def _draw(found: Thread, shown: Shown) -> str:
    part = "discussion/_moved.html" if shown.moved else "discussion/_post.html"
    return render_template(part, shown=shown, thread=found, read_number=0, **facts_of(found))


def facts_of(found: Thread) -> dict[str, object]:
    """Return what templates ask about the reader's rights in a thread."""
    person = reader()

    def may_edit(post: PostLine) -> bool:
        return can_edit(person, post, found)

    return {
        "may_write": can_write(person, found), "may_accept": can_accept(person, found),
        "may_moderate": can_moderate(person), "may_edit": may_edit, "wording": wording,
    }  # fmt: skip
