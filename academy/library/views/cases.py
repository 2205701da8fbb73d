"""The pages of the library: every case, one case, and the cases by demand and country."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy.i18n.setup import country_in_words
from academy.library import wording
from academy.library.draft_queries import find_withdrawal, find_writable, read_byline
from academy.library.fields import SECTIONS, completeness, is_told
from academy.library.models import CaseStudy
from academy.library.policy import can_curate, can_withdraw
from academy.library.queries import (
    Related,
    Shelf,
    Wish,
    find_matrix,
    find_related,
    find_shelf,
)
from academy.library.record import CaseRecord
from academy.library.showing import shown_pictures
from academy.library.views.blueprint import load_case, pages, reader
from academy.library.views.pictures import saves_data, wants_few_bytes
from academy.library.views.wishes import read_wish, wish_url, words_of
from academy.library.views.withdrawing import may_put_back
from academy.security.input import read_id
from academy.security.wall import public


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a link that adds it to the wish or takes it away."""

    words: Any
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
        "library/cases.html", wish=wish, shelf=shelf, facets=dict(_facets(wish, shelf)),
        page_url=lambda number: wish_url(wish, page=number),
        map_url=wish_url(wish, "library.cases_on_map"), facet_words=wording.FACETS,
        demand_words=wording.DEMANDS, toolkit_words=wording.TOOLKITS,
        may_curate=can_curate(reader()),
    )  # fmt: skip


def _facets(wish: Wish, shelf: Shelf) -> Iterator[tuple[str, list[Choice]]]:
    for name, values in shelf.facets.items():
        chosen = wish.facets.get(name, ())
        shown = [*values, *((value, 0) for value in chosen if value not in dict(values))]
        choices = [_choice(wish, name, value, count) for value, count in shown]
        if choices:
            yield name, sorted(choices, key=lambda one: not one.is_chosen)


def _choice(wish: Wish, name: str, value: str, count: int) -> Choice:
    chosen = wish.facets.get(name, ())
    is_chosen = value in chosen
    others = tuple(one for one in chosen if one != value)
    changed = {**wish.facets, name: others if is_chosen else (*chosen, value)}
    return Choice(words_of(name, value), count, wish_url(Wish(wish.words, changed)), is_chosen)


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


@pages.get("/cases/<slug>/")
@public
def case(slug: str) -> ResponseReturnValue:
    """Show one case: its card, what is told of it, what the community is asked."""
    found = load_case(slug)
    if not found.record:  # never published: only its writers and librarians come this far
        return redirect(url_for(".review_case", case_id=found.id))
    record = CaseRecord.model_validate(found.record)
    return render_template(
        "library/case.html", case=found, record=record, filled=completeness(record),
        told=lambda field: is_told(record, field), sections=SECTIONS, wording=wording,
        related=find_related(found, reader()), reason=_reason, **_ways(found),
        pictures=shown_pictures(found, record), few_bytes=wants_few_bytes(),
        saves_data=saves_data(),
    )  # fmt: skip


def _ways(found: CaseStudy) -> dict[str, Any]:
    """Return who wrote a member's case and what the reader may do with it; files have neither."""
    person = reader()
    if found.origin != "member":
        return {"byline": (), "may_write": False, "may_withdraw": False, "withdrawal": None}
    return {
        "byline": read_byline(found), "may_withdraw": can_withdraw(person, found),
        "may_write": person is not None and find_writable(found.id, person) is not None,
        "withdrawal": find_withdrawal(found.id) if found.status == "withdrawn" else None,
        "may_put_back": found.status == "withdrawn" and may_put_back(found),
    }  # fmt: skip


#: So many things in common are named.
MOST_REASONS = 4


def _reason(one: Related) -> str:
    return ", ".join(str(words_of(facet, value)) for facet, value in one.shared[:MOST_REASONS])
