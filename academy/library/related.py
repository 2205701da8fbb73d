"""Which cases are like another, and what they have in common with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, case, func, select

from academy.db import session
from academy.library.models import CaseFacet, CaseStudy

#: What makes cases alike: their partners most, what everybody has not at all.
WEIGHTS = {"partner": 5, "toolkit": 4, "demand": 3, "country": 2, "goal": 1}
MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Related:
    """A case that has something in common with another, and what."""

    slug: str
    title: str
    country: str
    #: [("demand", "finance"), ("toolkit", "commons")], what weighs most first.
    shared: tuple[tuple[str, str], ...]


def find_related(case_id: int) -> list[Related]:
    """Return the published cases most like one, each with the reason; one statement."""
    shared: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for slug, title, country, facet, value in session.execute(_ALIKE, {"case_id": case_id}):
        shared.setdefault((slug, title, country), []).append((facet, value))
    return [Related(*facts, _by_weight(pairs)) for facts, pairs in shared.items()]


def _by_weight(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (-WEIGHTS[pair[0]], pair)))


def _alike() -> Select[str, str, str, str, str]:
    """Build the statement; it is the same for every case, so it is built once."""
    own = CaseFacet.__table__.alias("own")
    same = (own.c.facet == CaseFacet.facet) & (own.c.value == CaseFacet.value)
    of_this = (own.c.case_id == bindparam("case_id")) & own.c.facet.in_(list(WEIGHTS))
    weight = case(WEIGHTS, value=CaseFacet.facet)
    likeness = func.sum(weight).label("likeness")
    best = (
        select(CaseFacet.case_id, likeness)
        .join(own, same)
        .join(CaseStudy, CaseStudy.id == CaseFacet.case_id)
        .where(of_this, CaseFacet.case_id != bindparam("case_id"))
        .where(CaseStudy.status == "published")
        .group_by(CaseFacet.case_id)
        .order_by(likeness.desc(), CaseFacet.case_id)
        .limit(MOST_RELATED)
        .subquery("best")
    )
    return (
        select(CaseStudy.slug, CaseStudy.title, CaseStudy.country, CaseFacet.facet, CaseFacet.value)
        .join(best, best.c.case_id == CaseStudy.id)
        .join(CaseFacet, CaseFacet.case_id == CaseStudy.id)
        .join(own, same)
        .where(of_this)
        .order_by(best.c.likeness.desc(), CaseStudy.id)
    )


_ALIKE = _alike()
