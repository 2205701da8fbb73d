"""From which countries cases come: for the map and the list beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from sqlalchemy import select

from academy.db import in_parts, session
from academy.lib.search_index import Query, understand
from academy.library.models import KIND, CaseFacet, CaseStudy
from academy.library.queries import Wish, find_fitting
from academy.people.models import Person

#: So many titles of each country are named; a link leads to the others.
MOST_TITLES = 6


@dataclass(frozen=True, slots=True)
class CountryCases:
    """How many cases a country has, and the first of them: [(slug, title)]."""

    code: str
    count: int
    titles: tuple[tuple[str, str], ...]

    @property
    def others(self) -> int:
        """How many cases are not named."""
        return self.count - len(self.titles)


@dataclass(frozen=True, slots=True)
class Places:
    """The countries of all cases that fit a wish; a case in two countries stands in both."""

    countries: Sequence[CountryCases]
    total: int
    query: Query


def find_places(wish: Wish, person: Person | None) -> Places:
    """Return the countries of the published cases that fit `wish`; five statements at most."""
    query = understand(KIND, wish.words)
    found = find_fitting(wish, query, person)
    cases: dict[str, list[int]] = {}
    place_of = {case_id: place for place, case_id in enumerate(found)}
    for case_id, code in session.execute(_COUNTRIES):
        if case_id in place_of:
            cases.setdefault(code, []).append(case_id)
    first = {
        code: nsmallest(MOST_TITLES, ids, key=place_of.__getitem__) for code, ids in cases.items()
    }
    titles = _titles({case_id for ids in first.values() for case_id in ids})
    countries = [
        CountryCases(code, len(cases[code]), tuple(titles[case_id] for case_id in ids))
        for code, ids in first.items()
    ]
    return Places(countries, len(found), query)


_COUNTRIES = select(CaseFacet.case_id, CaseFacet.value).where(CaseFacet.facet == "country")


def _titles(ids: set[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for part in in_parts(ids):
        named = select(CaseStudy.id, CaseStudy.slug, CaseStudy.title).where(CaseStudy.id.in_(part))
        found |= {case_id: (slug, title) for case_id, slug, title in session.execute(named)}
    return found
