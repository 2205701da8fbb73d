"""An announcement as any registrant would read it, and a test of it to oneself."""

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.messaging.framing import show_in_frame
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.letters import Letter
from academy.people.models import Person
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import find_recipient
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load,
    pages,
    signed_in,
    url_of,
)
from academy.reminders.announcements.words import unfit_languages
from academy.reminders.announcements.writing import preview, read_about, write
from academy.reminders.forms import PreviewForm
from academy.reminders.reader_list import find_people
from academy.reminders.service import send_trial
from academy.reminders.service.trial import NoProvenAddress, TooManyTrials
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get(f"{ONE}/preview")
@staff_only(*ROLES)
def desk_preview(slug: str, announcement_id: int) -> str:
    """Show it as a registrant would read it, or as oneself."""
    one, form = load(slug, announcement_id), PreviewForm(request.args, meta={"csrf": False})
    form.offer_languages()
    words, chosen = (form.q.data or "").strip(), read_id("person")
    person = _chosen(one)
    return render_template(
        "reminders/announcements/desk_preview.html", one=one, series=one.series, form=form,
        found=[] if chosen else find_people(one.series_id, signed_in(), words), words=words,
        person=person, chosen=chosen, language=_language(one), letter=_letter(one, person),
        zone=person.zone or one.series.zone, url_of=url_of,
    )  # fmt: skip


@pages.get(f"{ONE}/preview/html")
@staff_only(*ROLES)
def desk_preview_html(slug: str, announcement_id: int) -> Response:
    """Give the HTML of the preview alone, for the frame of its page."""
    one = load(slug, announcement_id)
    letter = _letter(one, _chosen(one)) or abort(404)
    return show_in_frame(letter, letter.language)


def _chosen(one: Announcement) -> Person:
    """Return the registrant whose number the address has; without one whoever reads."""
    number = read_id("person")
    if number is None:
        return signed_in()
    return find_recipient(one, signed_in(), number) or abort(404)


def _language(one: Announcement) -> str:
    """Return the language of the address or the form, if it is written; else the reader's own."""
    wanted = request.values.get("language", "")
    return wanted if wanted in [text.language for text in one.texts] else ""


def _letter(one: Announcement, person: Person) -> Letter | None:
    """Return it as `person` would read it; None as long as it cannot be written."""
    if not one.texts or unfit_languages(one):
        return None
    return preview(read_about({one.id})[one.id], person, _language(one))


@pages.post(f"{ONE}/trial")
@staff_only(*ROLES)
def desk_send_trial(slug: str, announcement_id: int) -> ResponseReturnValue:
    """Send it to oneself, marked as a test."""
    one, person = load(slug, announcement_id), signed_in()
    if _letter(one, person) is None:
        abort(404)
    about = read_about({one.id})[one.id]
    letter = write(about, person, f"/series/{slug}/", _language(one))
    try:
        address = send_trial(one.series, ANNOUNCEMENT, letter, _("Test"), person)
    except NoProvenAddress:
        flash(_("Prove your mail address first, in your account: a test goes there."), "danger")
    except TooManyTrials:
        flash(_("Enough tests for this hour: try again later."), "danger")
    else:
        flash(_("A test is on its way to %(address)s.", address=address))
    return redirect(url_of(one, "desk_preview", language=_language(one) or None), 303)
