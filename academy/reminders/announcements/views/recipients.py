"""Who gets a draft, at which hour of their own, and who does not, and why."""

from flask import render_template, request

from academy.reminders.announcements import wording
from academy.reminders.announcements.forms import FindForm
from academy.reminders.announcements.queries import find_doubt
from academy.reminders.announcements.recipients import SHOWS, Recipients
from academy.reminders.announcements.segments import segment_of
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load_draft,
    pages,
    signed_in,
    url_of,
)
from academy.reminders.announcements.views.tabs import read_wanted, steps_of, tabs_of
from academy.security.wall import staff_only


@pages.get(f"{ONE}/recipients")
@staff_only(*ROLES)
def desk_recipients(slug: str, announcement_id: int) -> str:
    """List who gets it and who is left out, a page at a time."""
    draft, wanted = load_draft(slug, announcement_id), read_wanted(SHOWS)
    recipients = Recipients(draft, signed_in())
    found = recipients.read_page(wanted)
    left_out = sum(recipients.left_out.values())
    counts = {"gets": recipients.total, "left_out": left_out, "all": recipients.total + left_out}
    return render_template(
        "reminders/announcements/desk_recipients.html", one=draft, series=draft.series,
        recipients=recipients, found=found, wanted=wanted, url_of=url_of,
        form=FindForm(request.args),
        tabs_of_shows=tabs_of(draft, "desk_recipients", wanted, wording.SHOWS, counts),
        written=[text.language for text in draft.texts],
        doubt=find_doubt(draft.series, segment_of(draft)),
        **steps_of(draft, "desk_recipients", wanted, found),
    )  # fmt: skip
