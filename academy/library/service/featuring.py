"""Featured cases: put in front by librarians for a time, with a sentence why, in their order."""

from datetime import date, timedelta

from sqlalchemy import func, select

from academy.db import now, transaction
from academy.library.models import CaseStudy, FeaturedCase
from academy.library.policy import can_curate
from academy.people.models import Person
from academy.security import audit

#: Characters of the sentence why.
LONGEST_WHY = 300


class NotToFeature(Exception):
    """The case is not published, the days do not fit, or the person keeps no library."""


def feature(
    case: CaseStudy, librarian: Person, why: str, *, language: str = "en",
    from_on: date | None = None, until_on: date | None = None,
) -> FeaturedCase:  # fmt: skip
    """Put a published case in front from one day to another (UTC, both included; None: open).

    One that is there already is changed and keeps its place; a new one comes last. Raises
    NotToFeature.
    """
    begins = from_on or now().date()
    if not can_curate(librarian) or case.status != "published":
        raise NotToFeature
    if until_on is not None and until_on < begins:
        raise NotToFeature
    with transaction() as current:
        chosen = current.get(FeaturedCase, case.id)
        if chosen is None:
            last = current.scalar(select(func.max(FeaturedCase.position))) or 0
            chosen = FeaturedCase(case_id=case.id, position=last + 1)
            current.add(chosen)
        chosen.why, chosen.language = why, language
        chosen.from_on, chosen.until_on = begins, until_on
        chosen.chosen_by, chosen.chosen_at = librarian.id, now()
        current.flush()
        audit.note("case.feature", f"case:{case.id}", actor_id=librarian.id)
        return chosen


def feature_no_more(chosen: FeaturedCase, librarian: Person) -> None:
    """Let it have been in front until yesterday: its sentence stays, for the way back."""
    if not can_curate(librarian):
        raise NotToFeature
    with transaction() as current:
        chosen.until_on = now().date() - timedelta(days=1)
        current.flush()
        audit.note("case.feature_no_more", f"case:{chosen.case_id}", actor_id=librarian.id)


def move(chosen: FeaturedCase, librarian: Person, step: int) -> None:
    """Let it change places with the one before (-1) or after it (1) that is not over."""
    if not can_curate(librarian):
        raise NotToFeature
    with transaction() as current:
        today = now().date()
        everything = current.scalars(
            select(FeaturedCase).order_by(FeaturedCase.position, FeaturedCase.case_id)
        ).all()
        ordered = [one for one in everything if one.until_on is None or one.until_on >= today]
        here = ordered.index(chosen) if chosen in ordered else -1
        there = here + step
        if here < 0 or not 0 <= there < len(ordered):
            return
        ordered[here], ordered[there] = ordered[there], ordered[here]
        for place, one in enumerate(ordered, start=1):
            one.position = place
        current.flush()
