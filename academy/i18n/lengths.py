"""Lengths of time and names of languages, as a reader reads them."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _

from academy.i18n.reader import LANGUAGES

HOUR = 60


def length_in_words(minutes: int) -> str:
    """Return "2 h 30 min", "1 h" or "45 min"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return str(_("%(minutes)s min", minutes=rest))
    if not rest:
        return str(_("%(hours)s h", hours=hours))
    return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))


def language_in_words(tag: str) -> str:
    """Return the name of a language (BCP 47) in the reader's; the tag itself where unknown."""
    return _language(tag, str(get_locale() or "en"))


def own_name_of_language(tag: str) -> str:
    """Return the name that a language has in itself: Bahasa Indonesia, தமிழ்."""
    return LANGUAGES.get(tag) or _language(tag, tag)


@lru_cache(maxsize=512)
def _language(tag: str, locale: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (ValueError, UnknownLocaleError):
        return tag
