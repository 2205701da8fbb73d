"""A message as one reader gets it, a test of it to oneself, and who gets it when."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.messaging.framing import show_in_frame
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.reminders import service
from academy.reminders.forms import PreviewForm
from academy.reminders.happening_readers import list_happening_readers
from academy.reminders.kinds import FOLLOW_UPS, HAPPENINGS
from academy.reminders.previewing import Shown, preview
from academy.reminders.queries import find_last, find_next, find_sample
from academy.reminders.reader_list import PAGE, GetsPage, find_people, find_person, list_readers
from academy.reminders.service.trial import NoProvenAddress, TooManyTrials
from academy.reminders.texts import languages
from academy.reminders.versions import in_force
from academy.reminders.views.blueprint import load, may_change, pages, signed_in
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get("/desk/series/<slug>/reminders/<plan>/preview")
@staff_only("organiser", "focal_point")
def desk_preview(slug: str, plan: str) -> str:
    """Show a message as a registrant would read it, or as oneself."""
    series, form = load(slug, plan), PreviewForm(request.args, meta={"csrf": False})
    form.offer_languages()
    words = (form.q.data or "").strip()
    person, chosen = _chosen(series), read_id("person")
    return render_template(
        "reminders/desk_preview.html", series=series, plan=plan, form=form, person=person,
        found=[] if chosen else find_people(series.id, signed_in(), words), words=words,
        chosen=chosen, language=_language(), shown=_show(series, plan, person),
        sample=find_sample(series, plan), may_change=may_change(series),
    )  # fmt: skip


@pages.get("/desk/series/<slug>/reminders/<plan>/preview/html")
@staff_only("organiser", "focal_point")
def desk_preview_html(slug: str, plan: str) -> Response:
    """Give the HTML of the preview alone, for the frame of its page."""
    series = load(slug, plan)
    shown = _show(series, plan, _chosen(series)) or abort(404)
    return show_in_frame(shown.letter, shown.language)


def _chosen(series: Series) -> Person:
    """Return the registrant whose number the address has; without one whoever reads."""
    number = read_id("person")
    if number is None:
        return signed_in()
    return find_person(series.id, signed_in(), number) or abort(404)


def _language() -> str:
    """Return the language of the address or the form; "" for the reader's own."""
    wanted = request.values.get("language", "")
    return wanted if wanted in languages() else ""


def _show(series: Series, plan: str, person: Person, way_in: str = "") -> Shown | None:
    sample = find_sample(series, plan)
    if sample is None:
        return None
    own, link = in_force([series.id]), {"way_in": way_in} if way_in else {}
    return preview(plan, person, sample, own, language=_language(), **link)


@pages.post("/desk/series/<slug>/reminders/<plan>/trial")
@staff_only("organiser")
def desk_send_trial(slug: str, plan: str) -> ResponseReturnValue:
    """Send the message to oneself, marked as a test."""
    series = load(slug, plan)
    shown = _show(series, plan, signed_in(), f"/series/{slug}/") or abort(404)
    try:
        address = service.send_trial(series, plan, shown.letter, _("Test"), signed_in())
    except NoProvenAddress:
        flash(_("Prove your mail address first, in your account: a test goes there."), "danger")
    except TooManyTrials:
        flash(_("Enough tests for this hour: try again later."), "danger")
    else:
        flash(_("A test is on its way to %(address)s.", address=address))
    back = url_for(".desk_preview", slug=slug, plan=plan, language=_language() or None)
    return redirect(back, 303)


@pages.get("/desk/series/<slug>/reminders/<plan>/readers")
@staff_only("organiser", "focal_point")
def desk_readers(slug: str, plan: str) -> str:
    """List who gets a message when, on their own clock."""
    series = load(slug, plan)
    live_session = (find_last if plan in FOLLOW_UPS else find_next)(series)
    page = read_id("page") or 1
    found = _find_readers(plan, series, live_session, page)
    has_next = found is not None and found.last < found.total and len(found.rows) == PAGE
    return render_template(
        "reminders/desk_readers.html", series=series, plan=plan, live_session=live_session,
        found=found, is_on=service.read_switches(series.id)[plan],
        previous_url=url_for(".desk_readers", slug=slug, plan=plan, page=page - 1)
        if page > 1 else "",
        next_url=url_for(".desk_readers", slug=slug, plan=plan, page=page + 1)
        if has_next else "",
    )  # fmt: skip


def _find_readers(
    plan: str, series: Series, live_session: LiveSession | None, page: int
) -> GetsPage | None:
    if plan in HAPPENINGS:
        return list_happening_readers(plan, series, live_session, signed_in(), page)
    return list_readers(plan, live_session, signed_in(), page) if live_session else None
