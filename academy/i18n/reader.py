"""Which language, time zone and direction this reader gets."""

from collections.abc import Sequence

from flask import current_app, g, request
from flask_babel import get_locale
from flask_login import current_user

from academy.i18n.zones import is_zone
from academy.security.redirects import safe_path

#: The languages that pages speak, each under its own name; the first where no other one fits.
LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
LANGUAGE_COOKIE = "language"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv"})
ZONE_COOKIE = "zone"


def reader_language() -> str:
    """Return the language of this page: what staff alone see is said in English."""
    spoken = tuple(LANGUAGES)
    return spoken[0] if _is_for_staff() else language_among(spoken)


def _is_for_staff() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return hasattr(view, "roles") or request.path.startswith(("/api/", "/desk/", "/dev/"))


def language_among(known: Sequence[str]) -> str:
    """Return the one that the reader asked this page for, speaks, chose here, or else may read."""
    own: str = getattr(current_user, "language", "")
    for one in (g.get("asked_language"), own, request.cookies.get(LANGUAGE_COOKIE)):
        if one in known:
            return str(one)
    return request.accept_languages.best_match(known) or known[0]


def read_in(language: str | None) -> None:
    """Show this page in a language that its address names, where we speak it."""
    g.asked_language = language


def way_back_here() -> str:
    """Return the address of this page, without a language in it, or a trick."""
    if request.method != "GET":
        return "/"
    onward = request.args.get("next")
    if g.get("asked_language") or (onward and safe_path(onward) != onward):
        return request.path
    return request.full_path.rstrip("?")


def page_language() -> str:
    """Return the tag of this request's language, which nothing changes halfway; else ""."""
    try:
        language: str = g.page_language
    except AttributeError:
        language = g.page_language = str(get_locale() or "")
    except RuntimeError:
        language = ""
    return language


def reader_zone(fallback: str = "UTC") -> str:
    """Return the person's zone, else what the browser said in a cookie, else `fallback`.

    Where nobody is signed in and the browser said nothing, the zone of whose link it is comes
    before `fallback`, which is the organiser's zone: so nobody sees a bare UTC.
    """
    own: str = getattr(current_user, "zone", "")
    if own:
        return own
    cookie = request.cookies.get(ZONE_COOKIE, "")
    return cookie if is_zone(cookie) else g.get("zone_of_link") or fallback


def read_as_holder_of_a_link(zone: str) -> None:
    """Tell the time of this page to whoever is not signed in as to the holder of her link."""
    g.zone_of_link = zone


def direction_of(language: str) -> str:
    """Return "rtl" for languages written from the right."""
    return "rtl" if language.replace("_", "-").partition("-")[0] in RIGHT_TO_LEFT else "ltr"
