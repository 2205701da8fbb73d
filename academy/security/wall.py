"""The wall: every page is closed unless it is marked public; not yours is 404, not allowed 403."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Mark a view as open to everybody, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def own_authentication(view: View) -> View:
    """Mark a view that checks who calls by other means than the cookie (tokens of the API)."""
    return public(view)


def staff_only(*roles: str) -> Callable[[View], View]:
    """Mark a view for holders of one of `roles`; administrators may always.

    Whoever holds a role and has not given a second factor is sent to set one up first.
    """

    def mark(view: View) -> View:
        view.roles = (*roles, "administrator")  # type: ignore[attr-defined]
        return view

    return mark


def raise_the_wall(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(_stand_guard)


def _stand_guard() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("people.sign_in", next=_way_back()))
    roles: tuple[str, ...] = getattr(view, "roles", ())
    if not roles or current_user.has_role(*roles):
        return None
    if current_user.roles_asleep:
        return redirect(url_for("people.second_factor", next=_way_back()))
    return abort(403)


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"
