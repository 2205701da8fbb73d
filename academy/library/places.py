"""From which countries cases come: for the map and the list beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from academy.db import session
from academy.lib.search_index import Query, understand
from academy.library.models import KIND, CaseFacet, CaseStudy
from academy.library.queries import Wish, fitting_cases
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
    """Return the countries of the published cases that fit `wish`; four statements at most."""
    query = understand(KIND, wish.words)
    ids = fitting_cases(wish, query, person).with_only_columns(CaseStudy.id).order_by(None)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    titles: dict[str, list[tuple[str, str]]] = {}
    counts: dict[str, int] = {}
    for code, slug, title, count in session.execute(_first_of_each(ids)):
        titles.setdefault(code, []).append((slug, title))
        counts[code] = count
    countries = [CountryCases(code, counts[code], tuple(titles[code])) for code in titles]
    return Places(countries, total, query)


def _first_of_each(ids: Select[int]) -> Select[str, str, str, int]:
    country, in_order = CaseFacet.value, (CaseStudy.title, CaseStudy.id)
    numbered = (
        select(
            country.label("code"), CaseStudy.slug, CaseStudy.title,
            func.count().over(partition_by=country).label("count"),
            func.row_number().over(partition_by=country, order_by=in_order).label("place"),
        )
        .join(CaseStudy, CaseStudy.id == CaseFacet.case_id)
        .where(CaseFacet.facet == "country", CaseFacet.case_id.in_(ids))
        .subquery()
    )  # fmt: skip
    first = select(numbered.c.code, numbered.c.slug, numbered.c.title, numbered.c.count)
    return first.where(numbered.c.place <= MOST_TITLES).order_by(numbered.c.code, numbered.c.place)
