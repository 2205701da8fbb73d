"""The blueprint of the programme's pages, and what its templates share."""

from flask import Blueprint
from flask_babel import gettext as _
from markupsafe import Markup

from academy.i18n.lengths import language_in_words, length_in_words, own_name_of_language
from academy.lib.prose import render_prose
from academy.programme.models import LiveSession, Series

pages = Blueprint("programme", __name__)


@pages.app_template_filter("duration")
def duration(minutes: int) -> str:
    """Write a length in hours and minutes."""
    return length_in_words(minutes)


@pages.app_template_filter("language")
def language(tag: str) -> str:
    """Write the name of a language."""
    return language_in_words(tag)


@pages.app_template_filter("own_name")
def own_name(tag: str) -> str:
    """Write the name that a language has in itself, for those who choose it."""
    return own_name_of_language(tag)


@pages.app_template_filter("prose")
def prose(text: str) -> Markup:
    """Write Markdown as clean HTML."""
    return Markup(render_prose(text))  # noqa: S704  cleaned by nh3


@pages.app_template_filter("title_in")
def title_in(live_session: LiveSession, series: Series) -> str:
    """Write the title of a live session; one that has none of its own, by its number."""
    if live_session.title == series.title:
        return str(_("Live session %(number)s", number=live_session.number))
    return live_session.title
