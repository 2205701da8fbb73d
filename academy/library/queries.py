"""Reads of the library for pages and the API, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import defer

from academy.db import session
from academy.lib.paging import Page
from academy.lib.search_index import Query, found_by, understand
from academy.library.models import KIND, CaseFacet, CaseStudy, CaseSubmission
from academy.library.policy import visible_cases
from academy.people.models import Person

PAGE = 30
#: What lists can be narrowed by, in the order of the page.
FACETS = ("country", "demand", "toolkit", "dimension", "goal", "partner", "kind", "language")
#: So many values of one facet are offered at most; the rarest are left out.
MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for: words, and values of facets; several of one facet mean any."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the whole library is asked for."""
        return not self.words.strip() and not any(self.facets.values())


@dataclass(frozen=True, slots=True)
class Shelf(Page[CaseStudy]):
    """One page of cases, and how the cases that fit are spread over the facets."""

    #: {"country": [("NP", 3), …]}, the most frequent first.
    facets: Mapping[str, Sequence[tuple[str, int]]]
    query: Query


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the cases that fit a wish, how many fit altogether, and their facets."""

    cases: Sequence[CaseStudy]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    query: Query


def find_shelf(wish: Wish, person: Person | None, page: int = 1) -> Shelf:
    """Return the published cases that fit `wish`; five statements at most, three without words."""
    part = find_part(wish, person, (page - 1) * PAGE, PAGE)
    return Shelf(part.cases, page, part.total, PAGE, part.facets, part.query)


def find_part(wish: Wish, person: Person | None, after: int, most: int) -> Part:
    """Return up to `most` of the published cases that fit `wish`, without the first `after`."""
    query = understand(KIND, wish.words)
    fitting = fitting_cases(wish, query, person)
    listed = fitting.options(defer(CaseStudy.record)).limit(most).offset(after)
    cases = session.scalars(listed).unique().all()
    facets = _count_facets(fitting.with_only_columns(CaseStudy.id).order_by(None))
    # Every case is of one kind, so how many there are needs no statement of its own.
    return Part(cases, sum(count for _kind, count in facets["kind"]), facets, query)


def fitting_cases(wish: Wish, query: Query, person: Person | None) -> Select[CaseStudy]:
    """Return the published cases that fit `wish`, whose words were understood as `query`."""
    fitting = visible_cases(person).where(CaseStudy.status == "published")
    for facet, values in wish.facets.items():
        if values:
            having = select(CaseFacet.case_id).where(
                CaseFacet.facet == facet, CaseFacet.value.in_(values)
            )
            fitting = fitting.where(CaseStudy.id.in_(having))
    if not query.words:
        return fitting.order_by(CaseStudy.title, CaseStudy.id)
    found = found_by(KIND, query).subquery("found")
    joined = fitting.join(found, found.c.number == CaseStudy.id)
    return joined.order_by(found.c.rank, CaseStudy.id)


def _count_facets(ids: Select[int]) -> dict[str, list[tuple[str, int]]]:
    number = func.count().label("number")
    counted = (
        select(CaseFacet.facet, CaseFacet.value, number)
        .where(CaseFacet.case_id.in_(ids))
        .group_by(CaseFacet.facet, CaseFacet.value)
        .order_by(number.desc(), CaseFacet.value)
    )
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    for name, value, count in session.execute(counted):
        if len(facets[name]) < MOST_VALUES:
            facets[name].append((value, count))
    return facets


def find_case(slug: str, person: Person | None, *, with_record: bool = True) -> CaseStudy | None:
    """Return one case that `person` may see; one statement, its record left out if unwanted."""
    found = visible_cases(person).where(CaseStudy.slug == slug)
    wanted = found if with_record else found.options(defer(CaseStudy.record))
    return session.scalars(wanted).one_or_none()


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many cases answer which demand in which country."""

    countries: Sequence[str]
    demands: Sequence[str]
    counts: Mapping[tuple[str, str], int]


def find_matrix() -> Matrix:
    """Count published cases by demand and country; one statement."""
    demand, country = CaseFacet.__table__.alias("demand"), CaseFacet.__table__.alias("country")
    counted = session.execute(
        select(country.c.value, demand.c.value, func.count())
        .join(demand, demand.c.case_id == country.c.case_id)
        .join(CaseStudy, CaseStudy.id == country.c.case_id)
        .where(CaseStudy.status == "published")
        .where(country.c.facet == "country", demand.c.facet == "demand")
        .group_by(country.c.value, demand.c.value)
    )
    counts = {(where, what): count for where, what, count in counted}
    return Matrix(
        sorted({where for where, _what in counts}),
        sorted({what for _where, what in counts}),
        counts,
    )


def find_newest(person: Person | None, most: int = 30) -> Sequence[CaseStudy]:
    """Return the cases published or changed last; one statement."""
    published = visible_cases(person).where(CaseStudy.status == "published")
    newest = published.options(defer(CaseStudy.record)).order_by(CaseStudy.changed_at.desc())
    return session.scalars(newest.limit(most)).all()


def find_published() -> Sequence[CaseStudy]:
    """Return every case on the shelf with its record; one statement."""
    return session.scalars(visible_cases(None).order_by(CaseStudy.title, CaseStudy.id)).all()


def list_submitted(page: int = 1) -> Page[Row[CaseSubmission, CaseStudy, str | None]]:
    """Return what waits for a librarian, the oldest first: (submission, case, who sent it).

    Two statements; the records themselves are not read.
    """
    waits = CaseSubmission.state == "waiting"
    total = session.scalar(select(func.count()).where(waits)) or 0
    oldest = (
        select(CaseSubmission, CaseStudy, Person.name)
        .join(CaseStudy, CaseStudy.id == CaseSubmission.case_id)
        .outerjoin(Person, Person.id == CaseSubmission.submitted_by)
        .where(waits)
        .options(defer(CaseSubmission.record), defer(CaseStudy.record))
        .order_by(CaseSubmission.submitted_at, CaseSubmission.id)
    )
    found = session.execute(oldest.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(found, page, total, PAGE)
