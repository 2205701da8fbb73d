"""The desk's live sessions: who has a place and who waits, changing it, calling it off."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.programme import service
from academy.programme.desk_forms import LiveSessionForm
from academy.programme.desk_queries import (
    PlaceCounts,
    count_asleep,
    count_coming,
    count_places,
    find_place,
    list_places,
)
from academy.programme.errors import LiveSessionOverError, ProgrammeError
from academy.programme.forms import LeavingForm
from academy.programme.models import PLACE_STATES, LiveSession
from academy.programme.policy import can_run_series
from academy.programme.sentences import explain
from academy.programme.views.blueprint import pages
from academy.programme.views.form_errors import put_error
from academy.programme.views.reader import load_live_session, signed_in
from academy.programme.weekly import to_local
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get("/desk/live-sessions/<slug>/")
@staff_only("organiser", "focal_point")
def desk_live_session(slug: str) -> str:
    """Show the places of a live session: who goes, who waits in which order, who cannot come."""
    found = load_live_session(slug)
    state = request.args.get("state", "going")
    if state not in PLACE_STATES:
        abort(404)
    page = read_id("page") or 1
    rows, has_next = list_places(signed_in(), found.id, state, page)
    return render_template(
        "programme/desk_live_session.html", live_session=found, series=found.series, state=state,
        rows=rows, may_change=can_run_series(signed_in()),
        counts=count_places(found.series).get(found.id, PlaceCounts()),
        previous_url=_page_url(slug, state, page - 1) if page > 1 else "",
        next_url=_page_url(slug, state, page + 1) if has_next else "",
    )  # fmt: skip


def _page_url(slug: str, state: str, page: int) -> str:
    return url_for(".desk_live_session", slug=slug, state=state, page=page)


@pages.post("/desk/live-sessions/<slug>/places/<int:place_id>")
@staff_only("organiser")
def desk_give_place(slug: str, place_id: int) -> ResponseReturnValue:
    """Give somebody who waits a place, whatever the queue says."""
    found = load_live_session(slug)
    place = find_place(place_id)
    if place is None or place.live_session_id != found.id:
        abort(404)
    try:
        service.give_place(place, given_by=signed_in().id)
    except ProgrammeError as error:
        flash(explain(error, _), "danger")
    else:
        flash(_("The place is given, and a mail says so."))
    return redirect(url_for(".desk_live_session", slug=slug, state="waiting"))


@pages.route("/desk/live-sessions/<slug>/edit", methods=["GET", "POST"])
@staff_only("organiser")
def desk_edit_live_session(slug: str) -> ResponseReturnValue:
    """Change words, time, capacity, hosts, room and recording."""
    found = load_live_session(slug)
    form, before = LiveSessionForm(data=_as_written(found)), found.starts_at
    if form.validate_on_submit():
        try:
            service.change_live_session(found, form.facts(), changed_by=signed_in().id)
        except ProgrammeError as error:
            put_error(form, error)
        else:
            _say_what_follows(found, before)
            return redirect(url_for(".desk_live_session", slug=slug))
    page = render_template(
        "programme/desk_edit_live_session.html", live_session=found, series=found.series,
        form=form, told=count_coming(found.id),
    )  # fmt: skip
    return page, 400 if form.errors else 200


def _say_what_follows(changed: LiveSession, before: datetime) -> None:
    """Say who is told, and what a new time means for those who sleep then."""
    if changed.starts_at == before:
        flash(_("Saved."))
    elif changed.is_over:
        flash(_("Saved. This time is over: nobody was told of it, and nobody is reminded."),
              "waiting")  # fmt: skip
    else:
        told = count_coming(changed.id)
        flash(ngettext("Saved. %(num)d person is told the new time.",
                       "Saved. %(num)d people are told the new time.", told))  # fmt: skip
        if asleep := count_asleep(changed):
            flash(ngettext(
                "For %(num)d of them it begins in their quiet hours: what would come then is sent "
                "earlier, in their evening.",
                "For %(num)d of them it begins in their quiet hours: what would come then is sent "
                "earlier, in their evening.", asleep), "waiting")  # fmt: skip


def _as_written(found: LiveSession) -> dict[str, object]:
    return {
        "title": found.title, "summary": found.summary, "minutes": found.minutes,
        "starts": to_local(found.starts_at, found.zone), "capacity": found.capacity,
        "hosts": "\n".join(found.hosts), "room_url": found.room_url,
        "recording_url": found.recording_url, "recording_megabytes": found.recording_megabytes,
    }  # fmt: skip


@pages.route("/desk/live-sessions/<slug>/cancel", methods=["GET", "POST"])
@staff_only("organiser")
def desk_cancel_live_session(slug: str) -> ResponseReturnValue:
    """Call off one live session, after saying how many people will be told."""
    found = load_live_session(slug)
    form = LeavingForm()
    if not form.validate_on_submit():
        return render_template(
            "programme/desk_cancel_live_session.html", live_session=found, series=found.series,
            form=form, told=count_coming(found.id),
        )  # fmt: skip
    try:
        service.cancel_live_session(found, cancelled_by=signed_in().id)
    except LiveSessionOverError as error:
        flash(explain(error, _), "danger")
    else:
        flash(_("The live session is called off, and whoever had a place is told."))
    return redirect(url_for(".desk_one_series", slug=found.series.slug))
