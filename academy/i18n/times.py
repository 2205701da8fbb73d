"""Moments as a reader reads them: her local time with the weekday first, then the origin's."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime
from flask_babel import gettext as _

from academy.i18n.reader import page_language, reader_zone
from academy.i18n.zones import city_of, zone_of

#: Between hours and minutes stands what CLDR has there, and with it browsers and letters.
_HOURS = {"id": "HH.mm"}


@dataclass(frozen=True, slots=True)
class ReaderTime:
    """One moment on two clocks, in the words of the reader's language."""

    iso: str
    weekday: str
    #: "2", "May": for a leaf of a calendar.
    day: str
    month: str
    date: str
    hour: str
    zone: str
    zone_city: str
    origin_weekday: str
    origin_date: str
    origin_hour: str
    origin_city: str
    #: Whether both clocks show the same, so that saying it once is enough.
    same: bool


def reader_time(moment: datetime, origin_zone: str) -> ReaderTime:
    """Tell `moment` on the reader's clock and on the clock of `origin_zone` (IANA)."""
    zone = reader_zone(fallback=origin_zone)
    return _tell(moment, zone, origin_zone, page_language() or "en")


@lru_cache(maxsize=4096)
def _tell(moment: datetime, zone: str, origin_zone: str, language: str) -> ReaderTime:
    """Kept, for Babel takes half a millisecond for one, and a page tells the same ten moments."""
    here, there = moment.astimezone(zone_of(zone)), moment.astimezone(zone_of(origin_zone))
    return ReaderTime(
        iso=moment.isoformat(),
        weekday=_say(here, "EEEE", language),
        day=_say(here, "d", language),
        month=_say(here, "MMM", language),
        date=_say(here, "d MMMM y", language),
        hour=_say(here, _HOURS.get(language, "HH:mm"), language),
        zone=zone,
        zone_city=city_of(zone),
        origin_weekday=_say(there, "EEEE", language),
        origin_date=_say(there, "d MMMM y", language),
        origin_hour=_say(there, _HOURS.get(language, "HH:mm"), language),
        origin_city=city_of(origin_zone),
        same=here.utcoffset() == there.utcoffset(),
    )


def _say(moment: datetime, pattern: str, language: str) -> str:
    return format_datetime(moment.replace(tzinfo=None), pattern, locale=language)


def day_in_words(day: date) -> str:
    """Write a day without a weekday, for citations: "2 May 2026"."""
    return _say_day(day, page_language() or "en")


def days_in_words(first: date, last: date) -> str:
    """Write a span of days: "16 to 22 November 2026", with what both share said once."""
    pattern = "d MMMM y"
    if first.year == last.year:
        pattern = "d" if first.month == last.month else "d MMMM"
    begin = _say_day(first, page_language() or "en", pattern)
    return str(_("%(first)s to %(last)s", first=begin, last=day_in_words(last)))


@lru_cache(maxsize=512)
def _say_day(day: date, language: str, pattern: str = "d MMMM y") -> str:
    return str(format_date(day, pattern, locale=language.replace("-", "_")))
