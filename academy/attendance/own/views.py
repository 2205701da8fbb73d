"""A learner's own attendance with its evidence, and objecting to it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.attendance import service
from academy.attendance.clocks import hours_of, list_hours
from academy.attendance.objections.forms import ObjectionForm, clock_times
from academy.attendance.own import queries as own_queries
from academy.attendance.own.queries import OwnPresence
from academy.attendance.wording import ANSWERS, OBJECTIONS, OWN_RULES, OWN_SOURCES, STATUSES, WAYS
from academy.i18n.reader import reader_zone
from academy.i18n.times import reader_time
from academy.lib.stays import draw_stays
from academy.security.input import read_id
from academy.security.limits import limiter

own = Blueprint("own", __name__)


@own.context_processor
def _words() -> dict[str, object]:
    return {
        "own_sources": OWN_SOURCES, "own_rules": OWN_RULES, "objection_kinds": OBJECTIONS,
        "ways": WAYS, "answers": ANSWERS, "picture_of": _picture_of, "rules_of": _rules_of,
        "closes_at": service.closes_at, "statuses": STATUSES, "hours_of": hours_of,
        "list_hours": list_hours,
        "times_of": _times_of,
    }  # fmt: skip


def _picture_of(row: OwnPresence) -> str:
    """Draw the stays of one live session, which the words beside it tell, too."""
    live_session = row.live_session
    seconds = [
        tuple(int((moment - live_session.starts_at).total_seconds()) for moment in stay)
        for stay in row.stays
    ]
    return draw_stays(seconds, live_session.minutes * 60)


def _rules_of(row: OwnPresence) -> list[str]:
    """Say what counts in this live session, on the reader's clock."""
    live_session, series = row.live_session, row.live_session.series
    rules = [_("What counts is the time in the room from %(start)s to %(end)s.",
               start=_clock(row, 0), end=_clock(row, live_session.minutes))]  # fmt: skip
    rules += [
        _("The break from %(start)s to %(end)s is left out.",
          start=_clock(row, first), end=_clock(row, last))
        for first, last in series.breaks
    ]  # fmt: skip
    if series.smallest_stay:
        rules.append(_("Less than %(minutes)s minutes do not count.", minutes=series.smallest_stay))
    if series.door_counts:
        rules.append(_("The room gives no list, so an opened link counts as having come."))
    return rules


def _clock(row: OwnPresence, minutes: int) -> str:
    moment = row.live_session.starts_at + own_queries.MINUTE * minutes
    return reader_time(moment, row.live_session.zone).hour


def _times_of(row: OwnPresence) -> str:
    return ", ".join(hours_of(*stay, row.live_session) for stay in row.stays)


@own.get("/attendance/")
def own_attendance() -> str:
    """Show what was noted of the reader, by series, the latest first."""
    page = read_id("page") or 1
    series, has_next = own_queries.list_own(current_user, page)
    return render_template("attendance/own.html", series=series, page=page, has_next=has_next)


@own.get("/attendance/<slug>/")
def own_live_session(slug: str) -> str:
    """Show what was noted of the reader in one live session, by which evidence and rule."""
    row = _load(slug)
    said, zone = row.open_objection, reader_zone(row.live_session.zone)
    times = (said.from_at, said.until_at) if said else (None, None)
    begin = clock_times(*times, zone)
    return _show(row, ObjectionForm(obj=said, **begin))


def _load(slug: str) -> OwnPresence:
    return own_queries.find_own(slug, current_user) or abort(404)


def _show(row: OwnPresence, form: ObjectionForm) -> str:
    may_object = service.may_object(row.live_session)
    return render_template(
        "attendance/own_live_session.html", row=row, form=form, may_object=may_object
    )


def _who() -> str:
    """Limits count per person, for a village may share one address."""
    return f"person:{current_user.id}" if current_user.is_authenticated else "nobody"


@own.post("/attendance/<slug>/objection")
@limiter.limit("20 per hour", key_func=_who)  # type: ignore[untyped-decorator]
def object_to(slug: str) -> ResponseReturnValue:
    """Put what the reader says on the review desk, or change what is there."""
    row, form = _load(slug), ObjectionForm()
    is_well = form.validate()
    if not form.read_times(row.live_session) or not is_well:
        return _show(row, form), 422
    try:
        service.object_to(row.live_session, current_user.id, _word(form))
        flash(_("Thank you. An organiser will look at it, and you get an answer by mail."))
    except service.ObjectionClosed:
        flash(_("It is too late to object to this live session. Nothing was changed."), "danger")
    except service.TooManyObjections:
        flash(_("You have said enough about this live session. Write to the organisers."), "danger")
    return redirect(url_for(".own_live_session", slug=slug))


def _word(form: ObjectionForm) -> service.Word:
    words = (form.words.data or "").strip()
    return service.Word(form.kind.data, words, form.how.data, form.from_at, form.until_at)


@own.post("/attendance/<slug>/objection/withdrawal")
def take_back(slug: str) -> ResponseReturnValue:
    """Take back what the reader said and nobody has answered yet."""
    row = _load(slug)
    try:
        service.take_back_objection(row.live_session, current_user.id)
        flash(_("Taken back. You can say it again at any time."))
    except service.NothingOpen:
        flash(_("It has been answered meanwhile; see below."), "waiting")
    return redirect(url_for(".own_live_session", slug=slug))
