"""A draft on the desk: to whom, and when; or thrown away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.reminders.announcements import service
from academy.reminders.announcements.forms import SegmentForm, WhenForm
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import find_doubt, read_offered
from academy.reminders.announcements.recipients import Recipients
from academy.reminders.announcements.segments import segment_of
from academy.reminders.announcements.service import HourPassed
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load_draft,
    pages,
    signed_in,
    url_of,
)
from academy.security.wall import staff_only


@pages.get(f"{ONE}/who")
@staff_only(*ROLES)
def desk_who(slug: str, announcement_id: int) -> str:
    """Ask to whom it goes, and say how many these are now."""
    draft = load_draft(slug, announcement_id)
    return _show_who(draft, SegmentForm.of(draft))


def _show_who(draft: Announcement, form: SegmentForm) -> str:
    form.offer(draft.series, read_offered(draft.series, signed_in()))
    return render_template(
        "reminders/announcements/desk_who.html", one=draft, series=draft.series, form=form,
        recipients=Recipients(draft, signed_in()), url_of=url_of,
        doubt=find_doubt(draft.series, segment_of(draft)),
    )  # fmt: skip


@pages.post(f"{ONE}/who")
@staff_only(*ROLES)
def desk_keep_who(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Keep to whom it goes, and show how many these are."""
    draft, form = load_draft(slug, announcement_id), SegmentForm()
    form.offer(draft.series, read_offered(draft.series, signed_in()))
    if not form.validate_on_submit():
        return _show_who(draft, form), 422
    service.save_segment(draft.id, form.segment())
    page = "desk_announcement" if request.form.get("do") == "next" else "desk_who"
    return redirect(url_of(draft, page), 303)


@pages.get(f"{ONE}/when")
@staff_only(*ROLES)
def desk_when(slug: str, announcement_id: int) -> str:
    """Ask when it leaves."""
    draft = load_draft(slug, announcement_id)
    return _show_when(draft, WhenForm.of(draft, draft.series.zone))


def _show_when(draft: Announcement, form: WhenForm) -> str:
    return render_template(
        "reminders/announcements/desk_when.html", one=draft, series=draft.series, form=form,
        url_of=url_of, hours=Recipients(draft, signed_in()).hours,
    )  # fmt: skip


@pages.post(f"{ONE}/when")
@staff_only(*ROLES)
def desk_keep_when(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Keep the hour; one that has passed for everybody is refused."""
    draft, form = load_draft(slug, announcement_id), WhenForm()
    if not form.validate_on_submit() or not _is_whole(form):
        return _show_when(draft, form), 422
    local_at, until = form.chosen(draft.series.zone)
    try:
        service.save_when(draft.id, signed_in(), local_at, until)
    except HourPassed as error:
        field = form.of_use_until if error.is_about_use else form.local_at
        field.errors = [
            _("This has passed already, or is more than a year ahead: choose another hour.")
        ]
        return _show_when(load_draft(slug, announcement_id), form), 422
    flash(_("Kept."))
    return redirect(url_of(draft), 303)


def _is_whole(form: WhenForm) -> bool:
    if form.when.data == "local" and form.local_at.data is None:
        form.local_at.errors = [_("Give the day and the hour.")]
        return False
    return True


@pages.post(f"{ONE}/discard")
@staff_only(*ROLES)
def desk_discard(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Throw the draft away."""
    draft = load_draft(slug, announcement_id)
    service.discard(draft.id, signed_in().id)
    flash(_("The draft is thrown away."))
    return redirect(url_for(".desk_announcements", slug=slug), 303)
