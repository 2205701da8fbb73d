"""The blueprint of the programme's pages, and what its templates share."""

from flask import Blueprint
from markupsafe import Markup

from academy.i18n.lengths import language_in_words, length_in_words
from academy.lib.prose import render_prose

pages = Blueprint("programme", __name__)


@pages.app_template_filter("duration")
def duration(minutes: int) -> str:
    """Write a length in hours and minutes."""
    return length_in_words(minutes)


@pages.app_template_filter("language")
def language(tag: str) -> str:
    """Write the name of a language."""
    return language_in_words(tag)


@pages.app_template_filter("prose")
def prose(text: str) -> Markup:
    """Write Markdown as clean HTML."""
    return Markup(render_prose(text))  # noqa: S704  cleaned by nh3
