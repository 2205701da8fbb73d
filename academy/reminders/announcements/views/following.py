"""One announcement: what is still to do of a draft, or how far it has come; stopping, going on."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.reminders.announcements import service, wording
from academy.reminders.announcements.forms import FindForm
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.policy import can_announce
from academy.reminders.announcements.queries import (
    PAGE,
    SHOWS,
    Standing,
    WantedLines,
    read_lines,
    read_standings,
)
from academy.reminders.announcements.recipients import Recipients
from academy.reminders.announcements.service import NothingToDo
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load,
    pages,
    signed_in,
    url_of,
)
from academy.reminders.announcements.views.recipients import LONGEST_SEARCH
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get(ONE)
@staff_only(*ROLES)
def desk_announcement(slug: str, announcement_id: int) -> str:
    """Show what is still to do of a draft, or how far a confirmed one has come."""
    one = load(slug, announcement_id)
    return _show_draft(one) if one.is_draft else _show_standing(one)


def _show_draft(one: Announcement) -> str:
    recipients = Recipients(one, signed_in())
    return render_template(
        "reminders/announcements/desk_draft.html", one=one, series=one.series, url_of=url_of,
        recipients=recipients, obstacles=service.find_obstacles(one, recipients),
        may_write=can_announce(one.series),
    )  # fmt: skip


def _show_standing(one: Announcement) -> str:
    wanted = _wanted()
    standing = read_standings([one.id], signed_in())[one.id]
    found = read_lines(one, signed_in(), wanted)
    has_next = found.last < found.total and len(found.rows) == PAGE
    return render_template(
        "reminders/announcements/desk_follow.html", one=one, series=one.series, url_of=url_of,
        standing=standing, found=found, wanted=wanted, form=FindForm(request.args),
        tabs_of_shows=_tabs(one, standing, wanted),
        previous_url=_url(one, wanted, page=wanted.page - 1) if wanted.page > 1 else "",
        next_url=_url(one, wanted, page=wanted.page + 1) if has_next else "",
    )  # fmt: skip


def _wanted() -> WantedLines:
    show = request.args.get("show", "all")
    if show not in SHOWS:
        abort(404)
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return WantedLines(show, words, read_id("page") or 1)


def _tabs(one: Announcement, standing: Standing, wanted: WantedLines) -> list[dict[str, object]]:
    counts = {
        "all": standing.total, "waiting": standing.waiting, "sent": standing.sent,
        "failed": standing.failed, "not_sent": standing.not_sent,
    }  # fmt: skip
    return [
        {"title": words, "url": _url(one, wanted, show=show), "active": show == wanted.show,
         "count": counts[show]}
        for show, words in wording.LINES.items()
    ]  # fmt: skip


def _url(one: Announcement, wanted: WantedLines, **changes: Any) -> str:
    return url_of(one, **({"show": wanted.show, "q": wanted.words or None} | changes))


@pages.post(f"{ONE}/stop")
@staff_only(*ROLES)
def desk_stop(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Let nothing more of it leave."""
    one = load(slug, announcement_id)
    try:
        people = service.stop(one.id, signed_in().id)
    except NothingToDo:
        flash(_("Nothing was left to stop."), "waiting")
    else:
        flash(_("Stopped: %(people)s people do not get it. It can go on later.", people=people))
    return redirect(url_of(one), 303)


@pages.post(f"{ONE}/resume")
@staff_only(*ROLES)
def desk_go_on(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Let what was stopped leave after all."""
    one = load(slug, announcement_id)
    try:
        people = service.go_on(one.id, signed_in().id)
    except NothingToDo:
        flash(_("It is not stopped."), "waiting")
    else:
        flash(_("It goes on: %(people)s people get it at their hour, or at once.", people=people))
    return redirect(url_of(one), 303)
