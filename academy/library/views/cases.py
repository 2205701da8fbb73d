"""The lists of the library: every case, and the cases by demand and country."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from academy.i18n.reader import page_language
from academy.i18n.setup import country_in_words
from academy.lib.kept import Kept
from academy.library import wording
from academy.library.excerpts import find_excerpts
from academy.library.policy import can_curate
from academy.library.queries import (
    Shelf,
    Wish,
    find_matrix,
    find_shelf,
)
from academy.library.views.blueprint import pages, reader
from academy.library.views.wishes import read_wish, wish_url, wish_urls, words_of
from academy.security.input import read_id
from academy.security.wall import public

_kept = Kept(most_bytes=250_000)
#: Writes the address of other facets for the same words.
Url = Callable[[Mapping[str, tuple[str, ...]]], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a link that adds it to the wish or takes it away."""

    words: str
    count: int
    url: str
    is_chosen: bool


@pages.get("/cases/")
@public
def cases() -> str:
    """List the cases that fit what the reader asks for, with ways to narrow them."""
    wish = read_wish()
    shelf = find_shelf(wish, reader(), read_id("page") or 1)
    return render_template(
        "library/cases.html", wish=wish, shelf=shelf,
        excerpts=find_excerpts(shelf.rows, shelf.query),
        ways_to_narrow=_ways_to_narrow(wish, shelf), chosen=_chosen(wish),
        page_url=lambda number: wish_url(wish, page=number),
        map_url=wish_url(wish, "library.cases_on_map"), may_curate=can_curate(reader()),
    )  # fmt: skip


def _ways_to_narrow(wish: Wish, shelf: Shelf) -> Markup:
    """Render the facets: a hundred links, the same for all readers until a count changes.

    With words there are too many different ones to keep.
    """
    if wish.words:
        return Markup(_render_facets(wish, shelf))  # noqa: S704  rendered by our own template
    counts = tuple((name, tuple(values)) for name, values in shelf.facets.items())
    key = (tuple(wish.facets.items()), hash(counts), shelf.total, page_language())
    return Markup(_kept.find(key, lambda: _render_facets(wish, shelf)))  # noqa: S704  the same


def _render_facets(wish: Wish, shelf: Shelf) -> str:
    return render_template(
        "library/_facets.html", wish=wish, facets=dict(_facets(wish, shelf)),
        facet_words=wording.FACETS,
    )  # fmt: skip


def _facets(wish: Wish, shelf: Shelf) -> Iterator[tuple[str, list[Choice]]]:
    url = wish_urls(wish)
    for name, values in shelf.facets.items():
        chosen = wish.facets.get(name, ())
        shown = [*values, *((value, 0) for value in chosen if value not in dict(values))]
        choices = [_choice(wish, name, value, count, url) for value, count in shown]
        if choices:
            yield name, sorted(choices, key=lambda one: not one.is_chosen)


def _chosen(wish: Wish) -> list[Choice]:
    url = wish_urls(wish)
    return [_choice(wish, name, each, 0, url) for name in wish.facets for each in wish.facets[name]]


def _choice(wish: Wish, name: str, value: str, count: int, url: Url) -> Choice:
    chosen = wish.facets.get(name, ())
    is_chosen = value in chosen
    others = tuple(one for one in chosen if one != value)
    changed = {**wish.facets, name: others if is_chosen else (*chosen, value)}
    return Choice(words_of(name, value), count, url(changed), is_chosen)


@pages.get("/cases/by-demand/")
@public
def cases_by_demand() -> str:
    """Show how many cases answer which demand in which country."""
    matrix = find_matrix()
    words = wording.SHORT_DEMANDS
    heads = [{"label": words[demand], "number": True} for demand in matrix.demands]
    countries = sorted(
        ((code, country_in_words(code)) for code in matrix.countries), key=lambda pair: pair[1]
    )
    return render_template(
        "library/matrix.html", matrix=matrix, countries=countries,
        columns=[{"label": wording.FACETS["country"]}, *heads], demand_words=words,
    )  # fmt: skip
