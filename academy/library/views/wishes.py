"""What a reader looks for, read from the address and written into addresses again."""

from typing import Any

from flask import request, url_for

from academy.i18n.lengths import language_in_words
from academy.i18n.setup import country_in_words
from academy.library import wording
from academy.library.queries import FACETS, Wish

#: A reader chooses that many values at most; more is no reader.
MOST_CHOSEN = 40


def read_wish() -> Wish:
    """Return the words and the values of facets that the address names."""
    chosen = {name: tuple(request.args.getlist(name)[:MOST_CHOSEN]) for name in FACETS}
    return Wish(request.args.get("q", "")[:200], {k: v for k, v in chosen.items() if v})


def wish_url(wish: Wish, endpoint: str = "library.cases", *, page: int = 1, view: str = "") -> str:
    """Return the address of a page (or of a part of the map) that shows what fits `wish`."""
    asked: dict[str, Any] = {name: list(values) for name, values in wish.facets.items() if values}
    if wish.words:
        asked["q"] = wish.words
    if page > 1:
        asked["page"] = page
    if view:
        asked["view"] = view
    return url_for(endpoint, **asked)


def words_of(facet: str, value: str) -> Any:
    """Return what a value of a facet is called in the reader's language."""
    if facet == "country":
        return country_in_words(value)
    if facet == "language":
        return language_in_words(value)
    return wording.BY_FACET.get(facet, {}).get(value, value)


def chosen_words(wish: Wish) -> list[str]:
    """Return what was chosen and asked, in words: ["“forest”", "Nepal"]."""
    values = [str(words_of(name, each)) for name, all_ in wish.facets.items() for each in all_]
    return [f"“{wish.words.strip()}”", *values] if wish.words.strip() else values
