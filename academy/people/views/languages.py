"""The language of the pages, chosen by somebody who is not signed in."""

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from academy.i18n.reader import LANGUAGE_COOKIE, LANGUAGES
from academy.people.views.blueprint import next_path, pages
from academy.security.wall import public

YEAR_IN_SECONDS = 31_536_000


@pages.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Remember in this browser which language the pages speak, and go back to the page.

    Whoever is signed in says it in her account, which comes first.
    """
    chosen = request.form.get("language", "")
    answer = redirect(next_path(), 303)
    if chosen in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=YEAR_IN_SECONDS, httponly=True, samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )  # fmt: skip
    return answer
