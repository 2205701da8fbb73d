"""Who gets a draft, at which hour of their own, and who does not, and why."""

from typing import Any

from flask import abort, render_template, request

from academy.reminders.announcements import wording
from academy.reminders.announcements.forms import FindForm
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import find_doubt
from academy.reminders.announcements.recipients import PAGE, SHOWS, Recipients, Wanted
from academy.reminders.announcements.segments import segment_of
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load_draft,
    pages,
    signed_in,
    url_of,
)
from academy.security.input import read_id
from academy.security.wall import staff_only

LONGEST_SEARCH = 100


@pages.get(f"{ONE}/recipients")
@staff_only(*ROLES)
def desk_recipients(slug: str, announcement_id: int) -> str:
    """List who gets it and who is left out, a page at a time."""
    draft, wanted = load_draft(slug, announcement_id), _wanted()
    recipients = Recipients(draft, signed_in())
    found = recipients.read_page(wanted)
    has_next = found.last < found.total and len(found.rows) == PAGE
    return render_template(
        "reminders/announcements/desk_recipients.html", one=draft, series=draft.series,
        recipients=recipients, found=found, wanted=wanted, url_of=url_of,
        form=FindForm(request.args), tabs_of_shows=_tabs(draft, recipients, wanted),
        written=[text.language for text in draft.texts],
        doubt=find_doubt(draft.series, segment_of(draft)),
        previous_url=_url(draft, wanted, page=wanted.page - 1) if wanted.page > 1 else "",
        next_url=_url(draft, wanted, page=wanted.page + 1) if has_next else "",
    )  # fmt: skip


def _wanted() -> Wanted:
    show = request.args.get("show", "gets")
    if show not in SHOWS:
        abort(404)
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return Wanted(show, words, read_id("page") or 1)


def _tabs(draft: Announcement, recipients: Recipients, wanted: Wanted) -> list[dict[str, object]]:
    left_out = sum(recipients.left_out.values())
    counts = {"gets": recipients.total, "left_out": left_out}
    counts["all"] = sum(counts.values())
    return [
        {"title": words, "url": _url(draft, wanted, show=show), "active": show == wanted.show,
         "count": counts[show]}
        for show, words in wording.SHOWS.items()
    ]  # fmt: skip


def _url(draft: Announcement, wanted: Wanted, **changes: Any) -> str:
    kept = {"show": wanted.show, "q": wanted.words or None}
    return url_of(draft, "desk_recipients", **(kept | changes))
