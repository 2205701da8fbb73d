"""Connects sign-ins to Flask-Login: the cookie holds a secret, the database says whose."""

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager

from academy.db import now
from academy.people.devices import device_of
from academy.people.models import Person, SignIn
from academy.people.queries import find_sign_in
from academy.people.service.sign_ins import FRESH_FOR, note_use, start_sign_in

login_manager = LoginManager()
#: Where Flask-Login keeps who is signed in; ours is the secret of a sign-in.
COOKIE_KEY = "_user_id"
SKIPPED = "second_factor_skipped"


def recognise_people(app: Flask) -> None:
    """Let `current_user` be the person of this request."""
    login_manager.session_protection = None
    login_manager.init_app(app)
    login_manager.user_loader(_recognise)


def _recognise(token: str) -> Person | None:
    sign_in = find_sign_in(token)
    g.sign_in = sign_in
    if sign_in is None or sign_in.is_pending:
        return None
    person = sign_in.person
    person.roles_asleep = person.holds_staff_role and not _has_proved(sign_in)
    if note_use(sign_in):
        # Only now and then: a cookie that is signed anew costs every page a twentieth.
        session.modified = True
    return person


def _has_proved(sign_in: SignIn) -> bool:
    return sign_in.second_factor_at is not None or has_skipped_second_factor()


def has_proved_second_factor() -> bool:
    """Whether this browser gave its second factor, or may do without one here."""
    sign_in = current_sign_in()
    return sign_in is not None and _has_proved(sign_in)


def may_skip_second_factor() -> bool:
    """Whether staff may do without: only where the academy runs on one's own machine."""
    return bool(current_app.config["ACADEMY"].is_embedded)


def has_skipped_second_factor() -> bool:
    """Whether this browser's sign-in goes on without a second factor (see docs/decisions/)."""
    return may_skip_second_factor() and bool(session.get(SKIPPED))


def skip_second_factor() -> None:
    """Go on without a second factor until this sign-in ends."""
    session[SKIPPED] = True


def sign_in_to_browser(person: Person) -> None:
    """Open a sign-in in this browser; whatever its cookie held before is gone."""
    remember_in_cookie(start_sign_in(person, device_of(request.user_agent.string)))


def remember_in_cookie(token: str) -> None:
    """Put the secret of a sign-in into the cookie, which starts anew (no fixation)."""
    kept = {key: session[key] for key in (SKIPPED, "_flashes") if key in session}
    session.clear()
    session.update(kept)
    session[COOKIE_KEY], session["_fresh"] = token, True
    session.permanent = True


def forget_in_cookie() -> str:
    """Empty the cookie and return the secret that it held."""
    token = str(session.get(COOKIE_KEY, ""))
    session.clear()
    g.pop("_login_user", None)
    return token


def forget_in_browser(response: Response) -> Response:
    """Ask the browser to throw away what it kept of this site (shared phones)."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def current_sign_in() -> SignIn | None:
    """Return the sign-in of this browser, the one whose second factor is to come included."""
    if "sign_in" not in g:
        g.sign_in = find_sign_in(str(session.get(COOKIE_KEY, "")))
    found: SignIn | None = g.sign_in
    return found


def get_sign_in() -> SignIn:
    """Return the sign-in of this browser; for pages behind the wall, where there is one."""
    sign_in = current_sign_in()
    if sign_in is None:
        raise LookupError("this browser is not signed in")
    return sign_in


def is_fresh() -> bool:
    """Whether the person gave a password or followed a mailed link a moment ago."""
    sign_in = current_sign_in()
    return sign_in is not None and now() - sign_in.proved_at < FRESH_FOR
