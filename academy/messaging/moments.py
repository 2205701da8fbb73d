"""Moments in a message: on the reader's clock first, then on the clock of the place of origin."""

from datetime import datetime
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_datetime

from academy.i18n.zones import city_of, is_zone, zone_of


@lru_cache(maxsize=1_000)  # a thousand readers on one clock are told one moment
def tell_moment(at: datetime, reader_zone: str, origin_zone: str, language: str = "en") -> str:
    """Say weekday, date, hour and city; both clocks where they differ.

    "Saturday 2 May 2020, 11:45 in Kathmandu (14:00 in Kuala Lumpur)". A reader whose zone nobody
    knows reads the origin's clock.
    """
    locale = _locale(language)
    if not is_zone(reader_zone):
        return _on_the_clock(at, origin_zone, "EEEE d MMMM y, HH:mm", locale)
    here, there = at.astimezone(zone_of(reader_zone)), at.astimezone(zone_of(origin_zone))
    words = _on_the_clock(at, reader_zone, "EEEE d MMMM y, HH:mm", locale)
    if here.utcoffset() == there.utcoffset():
        return words
    pattern = "HH:mm" if here.date() == there.date() else "EEEE d MMMM, HH:mm"
    return f"{words} ({_on_the_clock(at, origin_zone, pattern, locale)})"


@lru_cache(maxsize=1_000)
def tell_hour(at: datetime, reader_zone: str, origin_zone: str, language: str = "en") -> str:
    """Say weekday, date and hour on the reader's clock, for a subject: "Saturday 2 May, 11:45"."""
    zone = reader_zone if is_zone(reader_zone) else origin_zone
    local = at.astimezone(zone_of(zone)).replace(tzinfo=None)
    return _format(local, "EEEE d MMMM, HH:mm", _locale(language))


def _on_the_clock(at: datetime, zone: str, pattern: str, locale: Locale) -> str:
    local = at.astimezone(zone_of(zone)).replace(tzinfo=None)
    moment = _format(local, pattern, locale)
    return _PLACES[locale.language].format(moment=moment, city=city_of(zone))


#: How a language of our texts says an hour at a place, and writes the hour itself.
_PLACES = {"en": "{moment} in {city}", "id": "{moment} di {city}"}
_HOURS = {"en": "HH:mm", "id": "HH.mm"}


def _format(local: datetime, pattern: str, locale: Locale) -> str:
    return format_datetime(local, pattern.replace("HH:mm", _HOURS[locale.language]), locale=locale)


def _locale(language: str) -> Locale:
    # Only languages that have texts: a Khmer weekday in an English sentence would read oddly.
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
    return locale if locale.language in _PLACES else Locale("en")
