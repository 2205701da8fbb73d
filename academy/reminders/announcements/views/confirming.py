"""Looking an announcement over for the last time, and sending it to the list that is seen."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.reminders.announcements import service
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import find_doubt
from academy.reminders.announcements.recipients import Recipients, fingerprint
from academy.reminders.announcements.segments import segment_of
from academy.reminders.announcements.service import DraftChanged, NotReady
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load_draft,
    pages,
    signed_in,
    url_of,
)
from academy.reminders.announcements.writing import preview, read_about
from academy.reminders.wording import name_language
from academy.security.wall import staff_only


@pages.get(f"{ONE}/confirm")
@staff_only(*ROLES)
def desk_confirm(slug: str, announcement_id: int) -> str:
    """Show all of it once more, with what cannot be undone."""
    return _show(load_draft(slug, announcement_id))


def _show(draft: Announcement, *, has_changed: bool = False) -> str:
    recipients = Recipients(draft, signed_in())
    people = [one[0] for one in recipients.read_all()]
    obstacles = service.find_obstacles(draft, recipients)
    return render_template(
        "reminders/announcements/desk_confirm.html", one=draft, series=draft.series,
        recipients=recipients, obstacles=obstacles, url_of=url_of, has_changed=has_changed,
        letters=[] if obstacles else _letters(draft), seen=draft.version,
        seen_list=fingerprint(people), written=[text.language for text in draft.texts],
        doubt=find_doubt(draft.series, segment_of(draft)),
    )  # fmt: skip


def _letters(draft: Announcement) -> list[tuple[str, object]]:
    """Return the text of each language as oneself would read it."""
    about, person = read_about({draft.id})[draft.id], signed_in()
    return [
        (name_language(text.language), preview(about, person, text.language))
        for text in draft.texts
    ]


@pages.post(f"{ONE}/confirm")
@staff_only(*ROLES)
def desk_send(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Send it to the list that was seen; anything else is shown once more."""
    draft = load_draft(slug, announcement_id)
    try:
        people = service.confirm(
            draft.id, signed_in(), seen=request.form.get("seen", 0, type=int),
            seen_list=request.form.get("list", ""),
        )  # fmt: skip
    except NotReady:
        return _show(load_draft(slug, announcement_id)), 422
    except DraftChanged:
        return _show(load_draft(slug, announcement_id), has_changed=True), 409
    flash(_("Confirmed: it goes to %(people)s people. You can follow it here.", people=people))
    return redirect(url_of(draft), 303)
