"""Reads of the library for pages and the API, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import defer

from academy.db import session
from academy.lib.paging import Page
from academy.lib.search_index import Query, found_by, understand
from academy.library.facet_counts import Counts, count_facets
from academy.library.models import KIND, CaseFacet, CaseStudy, CaseSubmission
from academy.library.policy import visible_cases
from academy.people.models import Person

PAGE = 30


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
    facets: Counts
    query: Query


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the cases that fit a wish, how many fit altogether, and their facets."""

    cases: Sequence[CaseStudy]
    total: int
    facets: Counts
    query: Query


def find_shelf(wish: Wish, person: Person | None, page: int = 1) -> Shelf:
    """Return the published cases that fit `wish`; five statements at most, three without words.

    The first after a case was changed costs one more (facet_counts).
    """
    part = find_part(wish, person, (page - 1) * PAGE, PAGE)
    return Shelf(part.cases, page, part.total, PAGE, part.facets, part.query)


def find_part(wish: Wish, person: Person | None, after: int, most: int) -> Part:
    """Return up to `most` of the published cases that fit `wish`, without the first `after`."""
    query = understand(KIND, wish.words)
    found = find_fitting(wish, query, person)
    cases = _in_this_order(found[after : after + most])
    return Part(cases, len(found), count_facets(found), query)


def find_fitting(wish: Wish, query: Query, person: Person | None) -> Sequence[int]:
    """Return the ids of all cases that fit, the best first; by title where no words are asked."""
    return session.scalars(fitting_cases(wish, query, person).with_only_columns(CaseStudy.id)).all()


def _in_this_order(ids: Sequence[int]) -> list[CaseStudy]:
    if not ids:
        return []
    wanted = select(CaseStudy).where(CaseStudy.id.in_(ids)).options(defer(CaseStudy.record))
    found = {case.id: case for case in session.scalars(wanted)}
    return [found[case_id] for case_id in ids]


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


def find_case(slug: str, person: Person | None, *, with_record: bool = True) -> CaseStudy | None:
    """Return one case that `person` may see; one statement, its record left out if unwanted."""
    if person is None and not with_record:
        return session.scalars(_FOR_EVERYBODY, {"slug": slug}).one_or_none()
    found = visible_cases(person).where(CaseStudy.slug == slug)
    wanted = found if with_record else found.options(defer(CaseStudy.record))
    return session.scalars(wanted).one_or_none()


#: Built once: every page of a case asks it for a reader who is not signed in.
_FOR_EVERYBODY = (
    visible_cases(None)
    .where(CaseStudy.slug == bindparam("slug"))
    .options(defer(CaseStudy.record))
)  # fmt: skip


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
