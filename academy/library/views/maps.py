"""The map of the cases: a circle for each country, and the same beneath it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.i18n.setup import country_in_words
from academy.lib.countries import is_in_asia
from academy.lib.worldmap import world_map
from academy.library.places import CountryCases, find_places
from academy.library.queries import Wish
from academy.library.views.blueprint import pages, reader
from academy.library.views.wishes import chosen_words, read_wish, wish_url
from academy.security.wall import public

VIEWS = ("asia", "world")


@dataclass(frozen=True, slots=True)
class Place:
    """One country of the map: what it is called, where it leads, and its first cases."""

    name: str
    url: str
    cases: CountryCases


@pages.get("/cases/map/")
@public
def cases_on_map() -> str:
    """Show from which countries the cases come that fit what the reader asks for."""
    wish = read_wish()
    found = find_places(wish, reader())
    view = request.args.get("view", "")
    view = view if view in VIEWS else _most_telling(found.countries)
    places = sorted((_place(wish, one) for one in found.countries), key=lambda one: one.name)
    return render_template(
        "library/map.html", places=places, total=found.total, title=_finding(places, found.total),
        picture=_draw(places, view), tabs=list(_tabs(wish, view, found.countries)),
        chosen=chosen_words(wish), cases_url=wish_url(wish), mended=found.query.mended,
    )  # fmt: skip


def _most_telling(countries: Sequence[CountryCases]) -> str:
    """The whole world only where Asia would be empty: most cases are in Asia."""
    return "asia" if any(is_in_asia(one.code) for one in countries) or not countries else "world"


def _place(wish: Wish, one: CountryCases) -> Place:
    narrowed = Wish(wish.words, {**wish.facets, "country": (one.code,)})
    return Place(country_in_words(one.code), wish_url(narrowed), one)


def _finding(places: Sequence[Place], total: int) -> str:
    most = max(places, key=lambda one: one.cases.count, default=None)
    if most is None:
        return str(_("No case fits all of that"))
    said = ngettext("%(num)d case", "%(num)d cases", total)
    if len(places) == 1:
        return str(_("%(cases)s, from %(country)s", cases=said, country=most.name))
    return str(_(
        "%(cases)s from %(countries)s countries; %(country)s has most: %(most)s",
        cases=said, countries=len(places), country=most.name, most=most.cases.count,
    ))  # fmt: skip


def _draw(places: Sequence[Place], view: str) -> str:
    values: Mapping[str, int] = {
        one.cases.code: one.cases.count
        for one in places
        if view == "world" or is_in_asia(one.cases.code)
    }
    return world_map(
        values, {one.cases.code: one.name for one in places}, view=view,
        title=_("Cases by country"), description=_("Each circle leads to the cases of a country."),
        links={one.cases.code: one.url for one in places},
    )  # fmt: skip


def _tabs(wish: Wish, view: str, countries: Sequence[CountryCases]) -> Sequence[dict[str, Any]]:
    in_asia = sum(is_in_asia(one.code) for one in countries)
    words = {"asia": (_("Asia"), in_asia), "world": (_("The whole world"), len(countries))}
    return [
        {
            "title": words[name][0],
            "count": words[name][1],
            "active": name == view,
            "url": wish_url(wish, "library.cases_on_map", view=name),
        }
        for name in VIEWS
    ]
