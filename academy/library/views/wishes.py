"""What a reader looks for, read from the address and written into addresses again."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import urlencode

from flask import request, url_for

from academy.i18n.lengths import language_in_words
from academy.i18n.reader import page_language
from academy.i18n.setup import country_in_words
from academy.library import wording
from academy.library.facet_counts import FACETS
from academy.library.queries import Wish

#: A reader chooses that many values at most; more is no reader.
MOST_CHOSEN = 40


def read_wish() -> Wish:
    """Return the words and the values of facets that the address names."""
    chosen = {name: tuple(request.args.getlist(name)[:MOST_CHOSEN]) for name in FACETS}
    return Wish(request.args.get("q", "")[:200], {k: v for k, v in chosen.items() if v})


def wish_url(wish: Wish, endpoint: str = "library.cases", *, page: int = 1, view: str = "") -> str:
    """Return the address of a page (or of a part of the map) that shows what fits `wish`."""
    return f"{url_for(endpoint)}{_asked(wish, page, view)}"


def wish_urls(wish: Wish) -> Callable[[Mapping[str, tuple[str, ...]]], str]:
    """Return what writes the address of the same words with other facets: a page has a hundred."""
    path = url_for("library.cases")
    return lambda facets: f"{path}{_asked(Wish(wish.words, facets))}"


def _asked(wish: Wish, page: int = 1, view: str = "") -> str:
    pairs = [(name, value) for name, values in wish.facets.items() for value in values]
    pairs += [("q", wish.words)] if wish.words else []
    pairs += [("page", str(page))] if page > 1 else []
    pairs += [("view", view)] if view else []
    return f"?{urlencode(pairs)}" if pairs else ""


def words_of(facet: str, value: str) -> str:
    """Return what a value of a facet is called in the reader's language."""
    if facet == "country":
        return country_in_words(value)
    if facet == "language":
        return str(language_in_words(value))
    if facet not in wording.BY_FACET:
        return value
    return _word(facet, value, page_language() or "en")


@lru_cache(maxsize=1000)
def _word(facet: str, value: str, _language: str) -> str:
    """Kept, for a page says a hundred of them; the language is the reader's own."""
    return str(wording.BY_FACET[facet].get(value, value))


def chosen_words(wish: Wish) -> list[str]:
    """Return what was chosen and asked, in words: ["“forest”", "Nepal"]."""
    values = [words_of(name, each) for name, all_ in wish.facets.items() for each in all_]
    return [f"“{wish.words.strip()}”", *values] if wish.words.strip() else values
