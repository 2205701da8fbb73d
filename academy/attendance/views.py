"""Desk pages of attendance: who came, the import of a file, its report, the evidence."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.attendance import queries, service
from academy.attendance.clocks import hours_of
from academy.attendance.codes.views import codes
from academy.attendance.importing.views import dropping
from academy.attendance.importing.wording import FORMATS, import_state
from academy.attendance.listening.host_views import hosts
from academy.attendance.listening.room import read_beside
from academy.attendance.listening.views import points
from academy.attendance.matrix.views import matrix
from academy.attendance.models import AttendanceImport
from academy.attendance.objections.queries import count_open
from academy.attendance.objections.views import objections
from academy.attendance.own.views import own
from academy.attendance.policy import can_import
from academy.attendance.review.views import review
from academy.attendance.roll.views import roll
from academy.attendance.rules.views import rules_desk
from academy.attendance.wording import DISMISSALS, PLACES, REASONS, RULES, SOURCES, WAYS
from academy.lib.paging import Page
from academy.programme.models import LiveSession
from academy.security.input import read_id
from academy.security.wall import staff_only

pages = Blueprint("attendance", __name__)
for part in (review, roll, codes, dropping, points, hosts, objections, own, matrix):
    pages.register_blueprint(part)
pages.register_blueprint(rules_desk)
WORDS = {
    "import_state": import_state,
    "reasons": REASONS,
    "rules": RULES,
    "dismissals": DISMISSALS,
    "places": PLACES,
    "sources": SOURCES,
    "longest_note": service.LONGEST_NOTE,
    "hours_of": hours_of,
    "ways": WAYS,
    "formats": FORMATS,
}
pages.context_processor(lambda: WORDS)

#: The three lists of a live session, by the word in the address.
LISTS = {
    "came": "attendance/desk_came.html",
    "unmatched": "attendance/desk_unmatched.html",
    "excluded": "attendance/desk_excluded.html",
}


@pages.get("/desk/live-sessions/<slug>/attendance/")
@staff_only("organiser", "focal_point")
def desk_attendance(slug: str) -> str:
    """Show who came, who is not matched yet, or who is not counted and why."""
    live_session = _live_session(slug)
    show = request.args.get("show", "came")
    page = read_id("page") or 1
    rows = _list(live_session, show, request.args.get("q", "").strip(), page)
    tally = queries.find_tally(live_session)
    beside = read_beside(live_session, current_user)
    return render_template(
        LISTS[show],
        live_session=live_session,
        tally=tally,
        beside=beside,
        reached=beside.reached(tally.came) if tally else None,
        rows=rows,
        show=show,
        may_import=can_import(current_user),
        by_hand=queries.find_dismissals(rows.rows) if show == "excluded" else {},
        identities=queries.find_identities_of(rows.rows) if show == "came" else {},
        imports=queries.list_imports(live_session) if can_import(current_user) else [],
        objections=count_open(live_session) if can_import(current_user) else 0,
    )


def _live_session(slug: str) -> LiveSession:
    return queries.find_live_session(slug, current_user) or abort(404)


def _list(live_session: LiveSession, show: str, search: str, page: int) -> Page[Any]:
    if show == "came":
        return queries.list_came(live_session, current_user, search, page)
    if show not in {"unmatched", "excluded"} or not can_import(current_user):
        abort(404)
    listing = queries.list_unmatched if show == "unmatched" else queries.list_excluded
    return listing(live_session, search, page)


@pages.get("/desk/attendance-imports/<int:import_id>/")
@staff_only("organiser")
def desk_import(import_id: int) -> str:
    """Show what an import did, or how far it has come."""
    return render_template("attendance/desk_import.html", record=_record(import_id))


def _record(import_id: int) -> AttendanceImport:
    return queries.find_import(import_id) or abort(404)


@pages.post("/desk/attendance-imports/<int:import_id>/undo")
@staff_only("organiser")
def desk_undo_import(import_id: int) -> ResponseReturnValue:
    """Take the import back."""
    record = _record(import_id)
    try:
        service.undo_import(record, current_user.id)
        flash(_("The import is undone. Its file was not kept; give it again if it should count."))
    except service.NothingToUndo:
        flash(_("Somebody has undone or replaced this import meanwhile."), "waiting")
    return redirect(url_for(".desk_attendance", slug=record.live_session.slug))


@pages.post("/desk/live-sessions/<slug>/attendance/match")
@staff_only("organiser")
def desk_match_again(slug: str) -> ResponseReturnValue:
    """Match once more, for people may have registered since the file came."""
    live_session = _live_session(slug)
    changed = service.match_again(live_session, current_user.id)
    flash(_("Matched again: %(count)s more are known now.", count=changed))
    return redirect(url_for(".desk_attendance", slug=slug))


@pages.get("/desk/identities/<int:identity_id>/")
@staff_only("organiser")
def desk_identity(identity_id: int) -> str:
    """Show an identity with every row of evidence as it came."""
    identity = queries.find_identity(identity_id) or abort(404)
    return render_template(
        "attendance/desk_identity.html",
        identity=identity,
        evidence=queries.list_evidence(identity),
        live_session=queries.get_live_session(identity),
    )
