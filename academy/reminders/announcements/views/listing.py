"""The announcements of a series, and beginning one."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy.reminders.announcements import service
from academy.reminders.announcements.paging import PAGE
from academy.reminders.announcements.policy import can_announce
from academy.reminders.announcements.queries import list_announcements, read_standings
from academy.reminders.announcements.views.blueprint import (
    ALL,
    ROLES,
    load_series,
    pages,
    signed_in,
    url_of,
)
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get(ALL)
@staff_only(*ROLES)
def desk_announcements(slug: str) -> str:
    """List announcements, the newest first, each with how far it has come."""
    series, page = load_series(slug), read_id("page") or 1
    found, total = list_announcements(series, signed_in(), page)
    confirmed = [one.id for one in found if not one.is_draft]
    return render_template(
        "reminders/announcements/desk_list.html", series=series, found=found, url_of=url_of,
        standings=read_standings(confirmed, signed_in()), may_write=can_announce(series),
        previous_url=_page(slug, page - 1) if page > 1 else "",
        next_url=_page(slug, page + 1) if page * PAGE < total else "",
    )  # fmt: skip


def _page(slug: str, page: int) -> str:
    return url_for(".desk_announcements", slug=slug, page=page)


@pages.post(ALL)
@staff_only(*ROLES)
def desk_begin(slug: str) -> ResponseReturnValue:
    """Begin a draft, or go on with the one that was left untouched."""
    series = load_series(slug)
    if not can_announce(series):
        return redirect(url_for(".desk_announcements", slug=slug), 303)
    return redirect(url_of(service.begin(series, signed_in()), "desk_who"), 303)
