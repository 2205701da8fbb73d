"""Connects languages, numbers and times to the app and its templates."""

from functools import lru_cache
from pathlib import Path

from babel.numbers import format_decimal
from flask import Flask
from flask_babel import Babel, format_percent

from academy.i18n.reader import (
    LANGUAGES,
    direction_of,
    page_language,
    reader_language,
    reader_zone,
    way_back_here,
)
from academy.i18n.times import day_in_words, days_in_words, reader_time
from academy.i18n.words import say_texts
from academy.i18n.zones import city_of
from academy.lib.countries import country_name

#: `<language>/LC_MESSAGES/messages.po`, compiled by the set-up; without that, pages speak English.
CATALOGUES = Path(__file__).parents[1] / "translations"


def speak_languages(app: Flask) -> None:
    """Let pages say texts, numbers and times as the reader writes them."""
    Babel(
        app, locale_selector=reader_language, timezone_selector=reader_zone,
        default_translation_directories=str(CATALOGUES),
    )  # fmt: skip
    say_texts(app)
    app.jinja_env.globals.update(
        reader_time=reader_time, number=number, percent=percent, city_of=city_of,
        country_name=country_in_words, reader_zone=reader_zone, days_in_words=days_in_words,
        day_in_words=day_in_words, direction_of=direction_of,
        spoken_languages=LANGUAGES, way_back_here=way_back_here,
    )  # fmt: skip
    app.context_processor(_language_of_page)


def _language_of_page() -> dict[str, str]:
    language = page_language() or "en"
    return {"locale": language.replace("_", "-"), "direction": direction_of(language)}


def number(value: float | None) -> str:
    """Write a number with the reader's separators; an unknown one as a dash."""
    return "–" if value is None else _decimal(value, page_language() or "en")


@lru_cache(maxsize=4096, typed=True)
def _decimal(value: float, locale: str) -> str:
    return str(format_decimal(value, locale=locale))


def percent(part: float, whole: float) -> str:
    """Write `part` of `whole` as a percentage; a dash where there is no whole."""
    return "–" if not whole else format_percent(part / whole)


def country_in_words(code: str | None) -> str:
    """Write a country in the reader's language; an unknown one as a dash."""
    return country_name(code, page_language() or "en") if code else "–"
