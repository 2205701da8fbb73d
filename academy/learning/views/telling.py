"""What a lesson says to every reader of a language alike: rendered once and kept."""

from collections.abc import Mapping
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from academy.i18n.reader import direction_of, page_language
from academy.learning.books import LIVE, words_of
from academy.learning.queries import Page
from academy.lib.kept import Kept

_kept = Kept(most_bytes=700_000)
#: No text can hold it: neither YAML nor Markdown lets it pass.
_GAP = "\0"


def tell(page: Page, *, is_words_only: bool) -> list[tuple[Markup, Mapping[str, Any] | str | None]]:
    """Return what the lesson says: stretches alike for all, after each what is the reader's own."""
    stamp, text = page.contents.course.stamp, page.text
    key = (stamp, text.id, page_language(), is_words_only, request.script_root)
    same = _kept.find(key, lambda: _render(page, is_words_only=is_words_only)).split(_GAP)
    return list(zip_longest(map(Markup, same), text.live))


def _render(page: Page, *, is_words_only: bool) -> str:
    """Render without the context of a page, in which the person stands who is signed in."""
    words = words_of(page.contents.course, page.text)
    language = (page_language() or "en").replace("_", "-")
    template = current_app.jinja_env.get_template("learning/_told.html")
    return template.render(
        text=words, page=SimpleNamespace(line=page.line, terms=words.terms), talk=True,
        contents=page.contents, is_words_only=is_words_only, live=LIVE, gap=_GAP,
        language=page.text.language, locale=language, direction=direction_of(language),
    )  # fmt: skip
