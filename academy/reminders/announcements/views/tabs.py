"""Tabs, search and pages of the two long lists: who would get a draft, and who got it."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import abort, request

from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.paging import Part, Wanted
from academy.reminders.announcements.views.blueprint import url_of
from academy.security.input import read_id

LONGEST_SEARCH = 100


def read_wanted(shows: Collection[str]) -> Wanted:
    """Return what the address asks for: one of these tabs (the first, if it names none)."""
    show = request.args.get("show", next(iter(shows)))
    if show not in shows:
        abort(404)
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return Wanted(show, words, read_id("page") or 1)


def tabs_of(
    one: Announcement, view: str, wanted: Wanted, titles: Mapping[str, Any],
    counts: Mapping[str, int],
) -> list[dict[str, object]]:  # fmt: skip
    """Return the tabs of a list with how many there are in each."""
    return [
        {"title": words, "url": _url(one, view, wanted, show=show), "active": show == wanted.show,
         "count": counts[show]}
        for show, words in titles.items()
    ]  # fmt: skip


def steps_of(one: Announcement, view: str, wanted: Wanted, found: Part) -> dict[str, str]:
    """Return the addresses of the page before and the page after."""
    page = wanted.page
    return {
        "previous_url": _url(one, view, wanted, page=page - 1) if page > 1 else "",
        "next_url": _url(one, view, wanted, page=page + 1) if found.has_next else "",
    }


def _url(one: Announcement, view: str, wanted: Wanted, **changes: Any) -> str:
    kept = {"show": wanted.show, "q": wanted.words or None}
    return url_of(one, view, **(kept | changes))
