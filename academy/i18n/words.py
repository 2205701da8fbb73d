"""Texts in templates: translated, safe for HTML, and remembered, for a page says a hundred.

Jinja's own way asks for the catalogue and formats at every call; that was a tenth of a page.
"""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, Request
from flask_babel import get_translations
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.utils import cached_property
from wtforms.i18n import messages_path

from academy.i18n.reader import page_language

#: By the tag of a language; no catalogue changes while a process lives.
_catalogues: dict[str, NullTranslations] = {}


def say_texts(app: Flask) -> None:
    """Let templates say `_("…", name=value)` and `ngettext("one", "%(num)s", number)`."""
    environment: Environment = app.jinja_env
    environment.globals.update(_=_say, gettext=_say, ngettext=_say_number)
    app.request_class = _Asked


class _Asked(Request):
    """A request that brings the own words of forms along; Flask-WTF looks for them here.

    It would read its catalogue from the disk for every page with a form: a third of a millisecond.
    """

    @cached_property
    def wtforms_translations(self) -> NullTranslations:
        return _words_of_forms(page_language() or "en")


@lru_cache(maxsize=64)
def _words_of_forms(language: str) -> NullTranslations:
    theirs = Translations.load(messages_path(), [language], domain="wtforms")
    # Of a language that they lack, our own catalogue holds their words too.
    return theirs if isinstance(theirs, Translations) else _catalogue(language)


@pass_eval_context
def _say(context: EvalContext, text: str, **values: Any) -> str:
    language = page_language()
    if not values:
        return _without_values(text, language, context.autoescape)
    said = _catalogue(language).ugettext(text)
    return (Markup(said) if context.autoescape else said) % values  # noqa: S704 (values are escaped)


@lru_cache(maxsize=4096)
def _without_values(text: str, language: str, is_html: bool) -> str:  # noqa: FBT001 (a key)
    said = _catalogue(language).ugettext(text) % {}
    return Markup(said) if is_html else said  # noqa: S704 (a text of ours)


@pass_eval_context
def _say_number(context: EvalContext, one: str, many: str, num: int, **values: Any) -> str:
    said = _catalogue(page_language()).ungettext(one, many, num)
    values.setdefault("num", num)
    return (Markup(said) if context.autoescape else said) % values  # noqa: S704 (values are escaped)


def _catalogue(language: str) -> NullTranslations:
    if language not in _catalogues:
        _catalogues[language] = get_translations()
    return _catalogues[language]
