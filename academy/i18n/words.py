"""Texts in templates: translated, safe for HTML, and remembered, for a page says a hundred.

Jinja's own way asks for the catalogue and formats at every call; that was a tenth of a page.
"""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import g
from flask_babel import get_locale, get_translations
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

#: By the tag of a language; no catalogue changes while a process lives.
_catalogues: dict[str, NullTranslations] = {}


def say_texts(environment: Environment) -> None:
    """Let templates say `_("…", name=value)` and `ngettext("one", "%(num)s", number)`."""
    environment.globals.update(_=_say, gettext=_say, ngettext=_say_number)


@pass_eval_context
def _say(context: EvalContext, text: str, **values: Any) -> str:
    language = _language()
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
    said = _catalogue(_language()).ungettext(one, many, num)
    values.setdefault("num", num)
    return (Markup(said) if context.autoescape else said) % values  # noqa: S704 (values are escaped)


def _language() -> str:
    """Return the tag of this request's language, which nothing changes halfway; else ""."""
    try:
        language: str = g.texts_language
    except AttributeError:
        language = g.texts_language = str(get_locale() or "")
    except RuntimeError:
        language = ""
    return language


def _catalogue(language: str) -> NullTranslations:
    if language not in _catalogues:
        _catalogues[language] = get_translations()
    return _catalogues[language]
