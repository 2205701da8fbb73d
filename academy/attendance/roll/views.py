"""Desk pages of the roll: ticking who is here, on a phone, with and without a connection."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy.attendance import queries
from academy.attendance.codes.room_codes import door_opens_at
from academy.attendance.forms import NewPersonForm
from academy.attendance.policy import can_import, visible_people
from academy.attendance.roll import queries as roll_queries
from academy.attendance.roll.queries import PART, SHOWS, RollFilter
from academy.attendance.service.roll import (
    JustAdded,
    Mark,
    Overruled,
    RollClosed,
    add_walk_in,
    mark_roll,
    takes_marks,
)
from academy.db import now
from academy.lib.countries import country_name
from academy.lib.strict import LARGEST_ID
from academy.programme.models import LiveSession
from academy.security.input import read_id
from academy.security.wall import staff_only

roll = Blueprint("roll", __name__)

#: So many marks are taken at once; a phone that kept more sends them in parts.
MOST_MARKS = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Person, here or not, and the moment in milliseconds, of the years 2001 to 2286.
_MARK = re.compile(r"([1-9]\d{0,9}) ([01]) ([1-9]\d{12})", re.ASCII)


@roll.get("/desk/live-sessions/<slug>/attendance/roll/")
@staff_only("organiser", "focal_point")
def desk_roll(slug: str) -> str:
    """Show the roll: who says they come, a box for each, fifty on a page."""
    live_session = _live_session(slug)
    wanted = _wanted()
    return render_template(
        "attendance/desk_roll.html",
        live_session=live_session,
        wanted=wanted,
        is_open=takes_marks(live_session, now()),
        opens_at=door_opens_at(live_session),
        roll=roll_queries.list_roll(live_session, current_user, wanted, read_id("page") or 1),
        totals=roll_queries.read_totals(live_session, current_user),
        countries=_in_words(roll_queries.list_roll_countries(live_session, current_user)),
        sent_at=_milliseconds(now()),
    )


def _live_session(slug: str) -> LiveSession:
    return queries.find_live_session(slug, current_user) or abort(404)


def _wanted() -> RollFilter:
    show = request.args.get("show", "all")
    return RollFilter(
        words=request.args.get("q", "").strip()[:100],
        country=request.args.get("country", "")[:2],
        show=show if show in SHOWS else "all",
    )


def _in_words(codes: list[str]) -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


@roll.post("/desk/live-sessions/<slug>/attendance/roll/")
@staff_only("organiser", "focal_point")
def desk_save_roll(slug: str) -> ResponseReturnValue:
    """Do what differs from what the page showed, so that nobody's tick is overwritten."""
    live_session = _live_session(slug)
    here, was = _ids("here"), _ids("was")
    wanted = dict.fromkeys(here - was, True) | dict.fromkeys(was - here, False)
    moment = now()
    marks = [Mark(number, is_here, moment) for number, is_here in wanted.items()]
    try:
        _tell_saved(marks, _mark(live_session, marks))
    except RollClosed:
        flash(_("The roll cannot be ticked now. Nothing was saved."), "danger")
    return redirect(url_for(".desk_roll", slug=slug, **_place_in_list()))


def _ids(name: str) -> set[int]:
    """Return the people of the page's rows that the form names, nonsense left out."""
    shown = {one for one in request.form.getlist("shown") if one.isascii() and one.isdecimal()}
    found = {int(one) for one in request.form.getlist(name) if one in shown}
    return {number for number in found if 0 < number <= LARGEST_ID}


def _mark(live_session: LiveSession, marks: list[Mark]) -> list[Overruled]:
    """Do the marks about people whom the ticker may see; return those that came too late."""
    ids = {mark.person_id for mark in marks}
    allowed = roll_queries.find_markable(live_session, current_user, ids)
    heard = [mark for mark in marks if mark.person_id in allowed]
    return mark_roll(live_session, heard, actor_id=current_user.id)


def _tell_saved(marks: list[Mark], overruled: list[Overruled]) -> None:
    ticked = sum(mark.is_here for mark in marks)
    if ticked:
        flash(ngettext("%(num)s person is ticked.", "%(num)s people are ticked.", ticked))
    if len(marks) > ticked:
        taken_back = len(marks) - ticked
        flash(ngettext("%(num)s tick is taken back.", "%(num)s ticks are taken back.", taken_back))
    if not marks:
        flash(_("Nothing was changed."), "waiting")
    for words in _say_overruled(overruled).values():
        flash(words, "waiting")


def _say_overruled(overruled: list[Overruled]) -> dict[int, str]:
    """Say by person whose later act holds; one's own later act is no news."""
    by_others = [one for one in overruled if one.by != current_user.id]
    ids = {one.mark.person_id for one in by_others} | {one.by for one in by_others if one.by}
    names = roll_queries.find_names(ids) if ids else {}
    return {one.mark.person_id: _say(one, names) for one in by_others}


def _say(one: Overruled, names: dict[int, str]) -> str:
    words = {"by": names.get(one.by or 0, _("Somebody")), "name": names.get(one.mark.person_id, "")}
    if one.mark.is_here:
        said: str = _("%(by)s took the tick of %(name)s back after yours.", **words)
    else:
        said = _("%(by)s ticked %(name)s after you took the tick back.", **words)
    return said


def _place_in_list() -> dict[str, Any]:
    """Return the filters and the page to go on with; the button may ask for the next one."""
    wanted, page = _wanted(), read_id("page") or 1
    kept = {"q": wanted.words, "country": wanted.country, "show": wanted.show}
    # Whoever is ticked leaves the list of those who are not: the next ones move up.
    moves_on = "on" in request.form and wanted.show == "all"
    page += 1 if moves_on else 0
    return {**{key: text or None for key, text in kept.items()}, "page": page if page > 1 else None}


@roll.get("/desk/live-sessions/<slug>/attendance/roll/rows")
@staff_only("organiser", "focal_point")
def desk_roll_rows(slug: str) -> str:
    """Show a long part of the roll alone, for a phone that fetches all of it."""
    live_session, page = _live_session(slug), read_id("page") or 1
    part = roll_queries.list_roll(
        live_session, current_user, roll_queries.EVERYBODY, page, size=PART
    )
    return render_template(
        "attendance/_roll_rows.html", live_session=live_session, rows=part.rows, told={},
        next_url=url_for(".desk_roll_rows", slug=slug, page=page + 1) if part.has_next else "",
    )  # fmt: skip


@roll.get("/desk/live-sessions/<slug>/attendance/roll/totals")
@staff_only("organiser", "focal_point")
def desk_roll_totals(slug: str) -> str:
    """Show how many are ticked, and who, for a page that follows the other tickers."""
    live_session = _live_session(slug)
    totals = roll_queries.read_totals(live_session, current_user)
    return render_template("attendance/_roll_totals.html", live_session=live_session, totals=totals)


@roll.get("/desk/live-sessions/<slug>/attendance/roll/keeper.js")
@staff_only("organiser", "focal_point")
def desk_roll_keeper(slug: str) -> Response:
    """Give the script by which a phone keeps this roll: it rules the addresses beside it only."""
    _live_session(slug)
    return send_from_directory(f"{current_app.static_folder}/js", "roll_keeper.js")


@roll.post("/desk/live-sessions/<slug>/attendance/roll/marks")
@staff_only("organiser", "focal_point")
def desk_mark_roll(slug: str) -> str:
    """Do single marks, some made a while ago without a connection; show their rows as they are."""
    live_session = _live_session(slug)
    marks = _read_marks()
    try:
        overruled = _mark(live_session, marks)
    except RollClosed:
        abort(409)
    ids = {mark.person_id for mark in marks}
    return render_template(
        "attendance/_roll_marks.html", live_session=live_session, next_url="",
        rows=roll_queries.read_rows(live_session, current_user, ids),
        totals=roll_queries.read_totals(live_session, current_user),
        told=_say_overruled(overruled),
    )  # fmt: skip


def _read_marks() -> list[Mark]:
    found = [_MARK.fullmatch(one) for one in request.form.getlist("mark")]
    if not 0 < len(found) <= MOST_MARKS:
        abort(400)
    return [
        Mark(int(one[1]), one[2] == "1", _EPOCH + timedelta(milliseconds=int(one[3])))
        for one in found
        if one is not None and int(one[1]) <= LARGEST_ID
    ]


@roll.get("/desk/live-sessions/<slug>/attendance/roll/walk-in")
@staff_only("organiser", "focal_point")
def desk_walk_in(slug: str) -> str:
    """Ask for the name of somebody who stands at the door and is not on the roll."""
    form = _walk_in_form()
    form.name.data = request.args.get("name", "").strip()[:200]
    return _ask_walk_in(_live_session(slug), form)


def _walk_in_form() -> NewPersonForm:
    """Let a focal point add people of their own countries only."""
    form = NewPersonForm()
    if not can_import(current_user):
        form.country.choices = _in_words(sorted(current_user.focal_countries))
    return form


def _ask_walk_in(
    live_session: LiveSession, form: NewPersonForm, just_added: Sequence[int] = ()
) -> str:
    """Ask who it is; whom a colleague has added a moment ago stands first, with who did."""
    name = form.name.data or ""
    known = roll_queries.find_by_name(name, current_user) if form.is_submitted() and name else []
    fresh = {*just_added, *(one.id for one in known if one.id > _newest())}
    just = roll_queries.find_just_added(live_session, current_user, fresh)
    return render_template(
        "attendance/desk_walk_in.html", live_session=live_session, form=form,
        newest=roll_queries.find_newest_person(), just_added=just,
        known=[one for one in known if one.id not in {person.id for person, _by in just}],
    )  # fmt: skip


def _newest() -> int:
    """Return the newest person when the form was shown; nobody is newer where it does not say."""
    return min(request.form.get("newest", LARGEST_ID, type=int), LARGEST_ID)


@roll.post("/desk/live-sessions/<slug>/attendance/roll/walk-in")
@staff_only("organiser", "focal_point")
def desk_add_walk_in(slug: str) -> ResponseReturnValue:
    """Tick somebody known, or somebody new once it is said that they are nobody known."""
    live_session, form = _live_session(slug), _walk_in_form()
    try:
        if "person_id" in request.form:
            return _tick_known(live_session)
        return _tick_new(live_session, form)
    except RollClosed:
        flash(_("The roll cannot be ticked now. Nothing was saved."), "danger")
        return redirect(url_for(".desk_roll", slug=slug))


def _tick_known(live_session: LiveSession) -> ResponseReturnValue:
    number = request.form.get("person_id", type=int) or 0
    known = roll_queries.find_visible_person(number, current_user) if number <= LARGEST_ID else None
    if known is None:
        abort(404)
    mark_roll(live_session, [Mark(known.id, is_here=True, at=now())], actor_id=current_user.id)
    return _added(live_session, known.name)


def _tick_new(live_session: LiveSession, form: NewPersonForm) -> ResponseReturnValue:
    if not form.validate():
        return _ask_walk_in(live_session, form), 422
    name, country = (form.name.data or "").strip(), form.country.data or None
    if "sure" not in request.form and roll_queries.find_by_name(name, current_user):
        return _ask_walk_in(live_session, form)
    newest = min(request.form.get("newest", 0, type=int), LARGEST_ID)
    try:
        add_walk_in(
            live_session, name, country, actor_id=current_user.id, newest=newest,
            may_see=visible_people(current_user),
        )  # fmt: skip
    except JustAdded as just:
        return _ask_walk_in(live_session, form, just.person_ids), 409
    return _added(live_session, name)


def _added(live_session: LiveSession, name: str) -> ResponseReturnValue:
    flash(_("%(name)s is ticked.", name=name))
    return redirect(url_for(".desk_roll", slug=live_session.slug))
