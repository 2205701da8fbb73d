"""Reads for the page of a series' rules: the series, who changed them, the last recomputation."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.attendance.models import Recompute, RuleChange
from academy.db import session
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.policy import visible_series

#: So many changes of the rules are shown on one page.
PAGE = 20


def find_series(slug: str, person: Person) -> Series | None:
    """Return the series, if the person may see it."""
    return session.scalars(visible_series(person).where(Series.slug == slug)).one_or_none()


def list_changes(series_id: int, page: int = 1) -> tuple[Sequence[RuleChange], bool]:
    """Return changes of the rules with who made them, newest first, and whether there are more."""
    statement = (
        select(RuleChange)
        .options(joinedload(RuleChange.person))
        .where(RuleChange.series_id == series_id)
        .order_by(RuleChange.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    found = session.scalars(statement).all()
    return found[:PAGE], len(found) > PAGE


def find_last_recompute(series_id: int) -> Recompute | None:
    """Return the newest recomputation of the series."""
    statement = select(Recompute).where(Recompute.series_id == series_id)
    return session.scalars(statement.order_by(Recompute.id.desc()).limit(1)).first()


def find_recompute(recompute_id: int) -> Recompute | None:
    """Return the recomputation with its series."""
    statement = select(Recompute).options(joinedload(Recompute.series))
    return session.scalars(statement.where(Recompute.id == recompute_id)).one_or_none()
