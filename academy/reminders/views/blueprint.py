"""The blueprint that the desk's pages of messages share, and who reads them."""

from flask import Blueprint, abort, url_for
from flask_login import current_user

from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.policy import can_run_series
from academy.reminders.kinds import EVERY_KIND
from academy.reminders.queries import find_series
from academy.reminders.texts import languages
from academy.reminders.wording import (
    ABOUT,
    BADGES,
    PLACEHOLDERS,
    STATES,
    TITLES,
    name_language,
    say_besides,
)

pages = Blueprint("reminders", __name__)
pages.context_processor(
    lambda: {
        "titles": TITLES,
        "about": ABOUT,
        "meanings": PLACEHOLDERS,
        "name_language": name_language,
        "states": STATES,
        "badges": BADGES,
        "besides": say_besides,
        "tabs_of": _tabs_of,
    }
)


def _tabs_of(series: Series, plan: str, language: str) -> list[dict[str, object]]:
    """Return the languages of a text as tabs."""
    return [
        {
            "title": name_language(one),
            "url": url_for(".desk_text", slug=series.slug, plan=plan, language=one),
            "active": one == language,
        }
        for one in languages()
    ]


def signed_in() -> Person:
    """Return who reads; the wall let nobody else come this far."""
    person: Person = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    return person


def load(slug: str, plan: str = EVERY_KIND[0], language: str = "en") -> Series:
    """Return the series, or answer 404 for what the reader may not know of or what is no kind."""
    if plan not in EVERY_KIND or language not in languages():
        abort(404)
    return find_series(slug, signed_in()) or abort(404)


def may_change(series: Series) -> bool:
    """Whether the reader may change what is sent."""
    return can_run_series(signed_in()) and series.anonymised_at is None
