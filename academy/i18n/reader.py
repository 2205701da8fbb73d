"""Which language, time zone and direction this reader gets."""

from flask import g, request
from flask_babel import get_locale
from flask_login import current_user

from academy.i18n.zones import is_zone

LANGUAGES = ("en",)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv"})
ZONE_COOKIE = "zone"


def reader_language() -> str:
    """Return the person's language where we speak it, else what the browser asks for."""
    if current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES) or "en"


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
