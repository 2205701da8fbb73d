"""The weeks' selections for everybody: each with a page, and a feed of them."""

from flask import Response, abort, render_template

from academy.db import now
from academy.discussion.selections import (
    find_selection,
    list_published,
    only_shown,
    read_chosen,
    read_list,
)
from academy.discussion.views.blueprint import pages
from academy.discussion.weeks import Week, read_week
from academy.i18n.reader import page_language
from academy.security.input import read_id
from academy.security.wall import public

#: So many weeks stand in the feed.
WEEKS_IN_A_FEED = 10


def load_week(text: str) -> Week:
    """Return the week that an address names; 404 where there is no such week."""
    return read_week(text) or abort(404)


@pages.get("/threads/selection/")
@public
def selections() -> str:
    """List the weeks of which there is a selection, the newest first."""
    found = list_published(read_id("page") or 1)
    weeks = [Week(one.year, one.week) for one in found.rows]
    return render_template("discussion/selections.html", found=found, weeks=weeks)


@pages.get("/threads/selection/<week>/")
@public
def selection(week: str) -> str:
    """Show what was worth reading in a week, as everybody may see it now."""
    asked = load_week(week)
    found = find_selection(asked)
    if found is None or found.published_at is None:
        abort(404)
    return render_template(
        "discussion/selection.html", week=asked, chosen=only_shown(read_list(found)),
        language=page_language(),
    )  # fmt: skip


@pages.get("/threads/selection/feed.atom")
@public
def selection_feed() -> Response:
    """Give the newest selections as an Atom feed (RFC 4287), an entry a week."""
    newest = list_published().rows[:WEEKS_IN_A_FEED]
    chosen = read_chosen([one.id for one in newest])
    entries = [
        (Week(one.year, one.week), one.published_at, only_shown(chosen[one.id])) for one in newest
    ]
    feed = render_template(
        "discussion/selection.atom", entries=entries, language=page_language(),
        updated=max((moment for _week, moment, _chosen in entries if moment), default=now()),
    )  # fmt: skip
    return Response(feed, mimetype="application/atom+xml")
