"""A learner's own live sessions, and saying no or yes to one of them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.programme.errors import LiveSessionOverError, NotRegisteredError
from academy.programme.models import LiveSession, Registration
from academy.programme.queries import find_standing, list_appointments
from academy.programme.service import say_no, say_yes
from academy.programme.views.blueprint import pages
from academy.programme.views.reader import load_live_session, signed_in
from academy.security.redirects import safe_path


@pages.get("/my/live-sessions/")
def my_live_sessions() -> str:
    """Show the live sessions for which the reader is registered, what comes next first."""
    appointments = list_appointments(signed_in())
    coming = [each for each in appointments if not each.live_session.is_over]
    return render_template(
        "programme/my_live_sessions.html",
        coming=coming,
        links={each.live_session.series: each.link_path for each in coming},
        past=[each for each in reversed(appointments) if each.live_session.is_over],
    )


@pages.post("/live-sessions/<slug>/place")
def change_place(slug: str) -> ResponseReturnValue:
    """Note that the reader cannot come, or can come after all."""
    live_session = load_live_session(slug)
    registration = find_standing(signed_in(), live_session.series_id).registration
    if registration is None:
        abort(404)
    try:
        _change(registration, live_session)
    except NotRegisteredError:
        abort(404)
    except LiveSessionOverError:
        flash(_("This live session is over. Nothing was changed."), "danger")
    there = url_for(".live_session", slug=slug)
    return redirect(safe_path(request.form.get("back"), default=there))


def _change(registration: Registration, live_session: LiveSession) -> None:
    if request.form.get("coming") == "no":
        say_no(registration, live_session)
        flash(_("Noted: you cannot come to “%(title)s”.", title=live_session.title))
    elif request.form.get("coming") == "yes":
        _come_after_all(registration, live_session)
    else:
        abort(400)


def _come_after_all(registration: Registration, live_session: LiveSession) -> None:
    if say_yes(registration, live_session) == "going":
        flash(_("Good: you have a place in “%(title)s”.", title=live_session.title))
    else:
        words = _("“%(title)s” is full by now. You are on its waiting list, and we write as soon "
                  "as a place is free.", title=live_session.title)  # fmt: skip
        flash(words, "waiting")
