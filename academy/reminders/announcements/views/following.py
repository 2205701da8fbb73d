"""One announcement: what is still to do of a draft, or how far it has come; stopping, going on."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.reminders.announcements import service, wording
from academy.reminders.announcements.forms import FindForm
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.policy import can_announce
from academy.reminders.announcements.queries import SHOWS, read_lines, read_standings
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
from academy.reminders.announcements.views.tabs import read_wanted, steps_of, tabs_of
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
    wanted = read_wanted(SHOWS)
    standing = read_standings([one.id], signed_in())[one.id]
    found = read_lines(one, signed_in(), wanted)
    counts = {
        "all": standing.total, "waiting": standing.waiting, "sent": standing.sent,
        "failed": standing.failed, "not_sent": standing.not_sent,
    }  # fmt: skip
    return render_template(
        "reminders/announcements/desk_follow.html", one=one, series=one.series, url_of=url_of,
        standing=standing, found=found, wanted=wanted, form=FindForm(request.args),
        tabs_of_shows=tabs_of(one, "desk_announcement", wanted, wording.LINES, counts),
        **steps_of(one, "desk_announcement", wanted, found),
    )  # fmt: skip


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
