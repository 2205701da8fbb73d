"""The public pages: the series, one series, one live session, and registering for it."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.db import now
from academy.messaging.service.choices import read_choices
from academy.programme.errors import RegistrationClosedError
from academy.programme.forms import LeavingForm, RegistrationForm
from academy.programme.models import LiveSession, Series
from academy.programme.queries import Standing, find_standing, list_series
from academy.programme.service import answer_reminders, cancel_registration, register
from academy.programme.views.blueprint import pages
from academy.programme.views.calendars import links_to_calendar
from academy.programme.views.reader import load_live_session, load_series, reader, signed_in
from academy.security.limits import limiter
from academy.security.wall import public


def _who() -> str:
    """Limits count per person, for a village may share one address."""
    return f"person:{current_user.id}" if current_user.is_authenticated else "nobody"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a series meets, as its page says it: what comes, what was."""

    shown: tuple[LiveSession, ...]
    coming: tuple[LiveSession, ...]
    past: tuple[LiveSession, ...]

    @property
    def next(self) -> LiveSession | None:
        """The live session that goes on or comes next."""
        return self.coming[0] if self.coming else None

    @property
    def is_on(self) -> bool:
        """Whether a live session goes on right now."""
        return self.next is not None and self.next.starts_at <= now()

    @classmethod
    def of(cls, series: Series) -> "Calendar":
        """Sort the live sessions of `series`; drafts among published ones are for the desk only."""
        hidden = set() if series.status == "draft" else {"draft"}
        shown = tuple(each for each in series.live_sessions if each.status not in hidden)
        past = tuple(each for each in shown if each.is_over)
        return cls(shown, tuple(each for each in shown if each not in past), past)


@pages.get("/series/")
@public
def series_list() -> str:
    """List what one can register for, and what was."""
    found = list_series()
    return render_template(
        "programme/series_list.html",
        coming=[each for each in found if each.is_coming],
        past=[each for each in found if not each.is_coming],
    )


@pages.get("/series/<slug>/")
@public
def series(slug: str) -> str:
    """Show one series: when it meets next, what the reader has to do with it, the way in."""
    found = load_series(slug)
    standing = find_standing(reader(), found.id)
    return render_template(
        "programme/series.html", series=found, calendar=Calendar.of(found), standing=standing,
        at_once=_may_register_at_once(found, standing), in_calendar=links_to_calendar(found),
    )  # fmt: skip


def _may_register_at_once(found: Series, standing: Standing) -> bool:
    return reader() is not None and not standing.is_registered and found.takes_registrations


@pages.route("/series/<slug>/register", methods=["GET", "POST"])
@limiter.limit("20 per minute", key_func=_who, methods=["POST"])  # type: ignore[untyped-decorator]
def register_for(slug: str) -> ResponseReturnValue:
    """Register the reader for a series; somebody not signed in comes back here afterwards."""
    found = load_series(slug)
    form = RegistrationForm()
    if not form.validate_on_submit():
        return _show_form(found, form)
    try:
        register(signed_in(), found, answers=form.answers(), consents=form.consents())
    except RegistrationClosedError:
        flash(_("This series takes no registrations any more. Nothing was changed."), "danger")
    else:
        flash(_("You are registered. A mail with the dates is on its way."))
    return redirect(url_for(".series", slug=slug))


def _show_form(found: Series, form: RegistrationForm) -> ResponseReturnValue:
    standing = find_standing(signed_in(), found.id)
    if standing.is_registered or not found.takes_registrations:
        return redirect(url_for(".series", slug=found.slug))
    status = 400 if form.errors else 200
    calendar = Calendar.of(found)
    return render_template(
        "programme/register.html", series=found, calendar=calendar, form=form
    ), status


@pages.post("/series/<slug>/reminders")
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def choose_reminders(slug: str) -> ResponseReturnValue:
    """Keep whether the reader wants reminders of this series, whatever they said before."""
    found = load_series(slug)
    registration = find_standing(signed_in(), found.id).registration
    wanted = request.form.get("wanted")
    if wanted not in {"yes", "no"}:
        abort(400)
    if registration is not None:
        answer_reminders(registration, wanted=wanted == "yes")
        flash(_say_reminders(is_wanted=wanted == "yes"))
    return redirect(url_for(".series", slug=slug), 303)


def _say_reminders(*, is_wanted: bool) -> str:
    words = _("You get reminders of this series by mail.")
    if not is_wanted:
        words = _("You get no reminders of this series.")
    elif not read_choices(signed_in().id).reminders:
        words = _("Kept. But you said no to all reminders: change that under Mail in your account.")
    return str(words)


@pages.route("/series/<slug>/leave", methods=["GET", "POST"])
def leave(slug: str) -> ResponseReturnValue:
    """Take the reader's registration back, after saying what that means."""
    found = load_series(slug)
    standing = find_standing(signed_in(), found.id)
    form = LeavingForm()
    if standing.registration is None:
        return redirect(url_for(".series", slug=slug))
    if not form.validate_on_submit():
        return render_template("programme/leave.html", series=found, form=form)
    cancel_registration(standing.registration)
    flash(_("Your registration was taken back. You can register again at any time."))
    return redirect(url_for(".series", slug=slug))


@pages.get("/live-sessions/<slug>/")
@public
def live_session(slug: str) -> str:
    """Show one live session: when it is for the reader, how to come, and what it is part of."""
    found = load_live_session(slug)
    standing = find_standing(reader(), found.series_id)
    return render_template(
        "programme/live_session.html", live_session=found, series=found.series,
        standing=standing, seat=standing.seats.get(found.id),
    )  # fmt: skip
