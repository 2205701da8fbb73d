"""Desk pages where attendance files are dropped: what they are, what is open, their import."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy.attendance import queries, service
from academy.attendance.importing.forms import AnswersForm, DropForm
from academy.attendance.importing.wording import FORMATS, Card, card_of
from academy.attendance.models import OfferedFile
from academy.programme.models import LiveSession, Series
from academy.programme.queries import find_series
from academy.security.input import read_id
from academy.security.wall import staff_only

dropping = Blueprint("dropping", __name__)
_LIVE_SESSION = "/desk/live-sessions/<slug>/attendance/import"
_SERIES = "/desk/series/<slug>/attendance/import"
_FILE = "/desk/offered-files/<int:offered_id>"


@dropping.get(_LIVE_SESSION)
@staff_only("organiser")
def desk_new_import(slug: str) -> str:
    """Show the drop zone of a live session, what waits, and what was imported."""
    live_session = _live_session(slug)
    return _show(live_session.series, live_session, DropForm())


@dropping.get(_SERIES)
@staff_only("organiser")
def desk_new_series_import(slug: str) -> str:
    """Show the drop zone of a whole series."""
    return _show(_series(slug), None, DropForm())


def _live_session(slug: str) -> LiveSession:
    return queries.find_live_session(slug, current_user) or abort(404)


def _series(slug: str) -> Series:
    return find_series(slug, current_user) or abort(404)


def _show(
    series: Series,
    live_session: LiveSession | None,
    form: DropForm,
    answered: tuple[int, AnswersForm] | None = None,
) -> str:
    cards = _cards(series, answered)
    return render_template(
        "attendance/desk_drop.html",
        series=series,
        live_session=live_session,
        here=_address(series, live_session),
        form=form,
        cards=cards,
        ready=sum(1 for card in cards if card.file.state == "ready"),
        imports=queries.list_imports_of_series(series.id, read_id("page") or 1),
        formats=FORMATS,
    )


def _cards(series: Series, answered: tuple[int, AnswersForm] | None) -> list[Card]:
    rooms = queries.list_rooms(series.id)
    return [
        card_of(
            offered,
            rooms,
            service.find_standing_import(offered) if offered.state == "known" else None,
            answered[1] if answered and answered[0] == offered.id else None,
        )
        for offered in queries.list_offers(series.id)
    ]


def _address(series: Series, live_session: LiveSession | None, anchor: str | None = None) -> str:
    if live_session is not None:
        return url_for(".desk_new_import", slug=live_session.slug, _anchor=anchor)
    return url_for(".desk_new_series_import", slug=series.slug, _anchor=anchor)


@dropping.post(_LIVE_SESSION)
@staff_only("organiser")
def desk_create_import(slug: str) -> ResponseReturnValue:
    """Keep what was dropped on a live session and look at it."""
    live_session = _live_session(slug)
    return _take(live_session.series, live_session)


@dropping.post(_SERIES)
@staff_only("organiser")
def desk_create_series_import(slug: str) -> ResponseReturnValue:
    """Keep what was dropped on a series and look at it."""
    return _take(_series(slug), None)


def _take(series: Series, live_session: LiveSession | None) -> ResponseReturnValue:
    form = DropForm()
    given = [file for file in form.files.data or () if file and file.filename]
    if not given or not form.validate():
        form.files.errors = form.files.errors or [_("Choose one file or several.")]
        return _show(series, live_session, form), 422
    person_id = current_user.id
    for file in given:
        offer = service.offer_file(
            series, file.read(), file.filename or "", dropped_at=live_session, actor_id=person_id
        )
        if offer.is_again:
            flash(_("%(name)s waits here already.", name=offer.file.name), "waiting")
    if "X-Fragment" in request.headers:
        return "", 201
    return redirect(_address(series, live_session, "waiting"))


@dropping.post(f"{_FILE}/answers")
@staff_only("organiser")
def desk_answer(offered_id: int) -> ResponseReturnValue:
    """Keep what somebody says of a file and look at it again."""
    offered = _offered(offered_id)
    series, live_session = queries.find_home(offered)
    form = card_of(offered, queries.list_rooms(series.id), None).form
    if form is None:
        return redirect(_address(series, live_session, "waiting"))
    if not form.validate():
        return _show(series, live_session, DropForm(formdata=None), (offered_id, form)), 422
    service.answer(offered, form.answers())
    return redirect(_address(series, live_session, f"file-{offered_id}"))


def _offered(offered_id: int) -> OfferedFile:
    return queries.find_offer(offered_id) or abort(404)


@dropping.post(f"{_FILE}/discard")
@staff_only("organiser")
def desk_discard(offered_id: int) -> ResponseReturnValue:
    """Take a file off the desk."""
    offered = _offered(offered_id)
    address = _address(*queries.find_home(offered), "waiting")
    service.discard(offered)
    flash(_("%(name)s is off the desk; nothing of it was imported.", name=offered.name))
    return redirect(address)


@dropping.post(f"{_SERIES}/run")
@staff_only("organiser")
def desk_run_imports(slug: str) -> ResponseReturnValue:
    """Import the files that are ready: all, or the one that is named."""
    series = _series(slug)
    only = request.form.get("file", type=int)
    ready = [one for one in queries.list_offers(series.id)
             if one.state == "ready" and only in {None, one.id}]  # fmt: skip
    done = service.import_offered(ready, current_user.id)
    if len(done) == 1:
        return redirect(url_for("attendance.desk_import", import_id=done[0]))
    if done:
        flash(ngettext("%(num)s file is imported.", "%(num)s files are imported.", len(done)))
    else:
        flash(_("Nothing was ready to be imported."), "waiting")
    return redirect(_address(series, None, "imported"))
