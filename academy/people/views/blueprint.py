"""What the pages of people share: the blueprint, who is asking, and the ask for a fresh proof."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from academy.people.login import is_fresh
from academy.people.models import Person
from academy.security.redirects import safe_path

pages = Blueprint("people", __name__)

Parameters = ParamSpec("Parameters")


def me() -> Person:
    """Return the person who is signed in; for pages behind the wall."""
    return cast("Person", current_user._get_current_object())  # noqa: SLF001  Flask-Login's own way


def next_path(default: str = "/") -> str:
    """Return where the visitor wanted to go, if that is a page of this site."""
    return safe_path(request.values.get("next"), default)


def fresh_only(
    view: Callable[Parameters, ResponseReturnValue],
) -> Callable[Parameters, ResponseReturnValue]:
    """Mark a page that asks for a new proof of who this is, if the last one is not fresh."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        if is_fresh():
            return view(*args, **kwargs)
        return redirect(url_for("people.proof", next=_page_of(request.path)), 303)

    return guarded


def _page_of(path: str) -> str:
    """Return the page on which the button was: "/account/addresses/5/removal" has none itself."""
    return "/".join(path.split("/")[:3])
