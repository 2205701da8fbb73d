"""Cases that librarians put in front: what everybody sees now, and the list that they keep."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Row, func, or_, select

from academy.db import now, session
from academy.library.models import CaseStudy, FeaturedCase

#: So many stand in front of everybody; the home page shows fewer.
MOST_SHOWN, MOST_AT_HOME = 6, 3
#: So many lines has the librarians' list: the newest of what is over, and all that is not.
MOST_KEPT = 200


class Featured(NamedTuple):
    """One case as it is put in front: what it is, and why now."""

    slug: str
    title: str
    country: str
    why: str
    #: BCP 47, of that sentence.
    language: str
    from_on: date
    chosen_at: datetime


_FEATURED = (
    select(
        CaseStudy.slug, CaseStudy.title, CaseStudy.country, FeaturedCase.why,
        FeaturedCase.language, FeaturedCase.from_on, FeaturedCase.chosen_at,
    )
    .join(CaseStudy, CaseStudy.id == FeaturedCase.case_id)
    .where(CaseStudy.status == "published")
    .order_by(FeaturedCase.position, FeaturedCase.case_id)
)  # fmt: skip


def find_featured(most: int = MOST_SHOWN, on: date | None = None) -> list[Featured]:
    """Return the published cases that are in front on a day (UTC, today), in their order.

    What was withdrawn, or is not begun or over, is left out by itself; one statement.
    """
    today = on or now().date()
    open_now = (FeaturedCase.from_on <= today) & or_(
        FeaturedCase.until_on.is_(None), FeaturedCase.until_on >= today
    )
    rows = session.execute(_FEATURED.where(open_now).limit(most))
    return [Featured(*row) for row in rows]


def list_features() -> Sequence[Row[FeaturedCase, CaseStudy]]:
    """Return what librarians chose, in its order, with the cases; one statement."""
    chosen = select(FeaturedCase, CaseStudy).join(CaseStudy, CaseStudy.id == FeaturedCase.case_id)
    over = func.coalesce(FeaturedCase.until_on, date.max) < now().date()
    ordered = chosen.order_by(over, FeaturedCase.position, FeaturedCase.case_id)
    return session.execute(ordered.limit(MOST_KEPT)).all()


def find_feature(slug: str) -> FeaturedCase | None:
    """Return what was chosen about one case; one statement."""
    chosen = select(FeaturedCase).join(CaseStudy, CaseStudy.id == FeaturedCase.case_id)
    return session.scalars(chosen.where(CaseStudy.slug == slug)).one_or_none()
