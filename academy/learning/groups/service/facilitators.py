"""Naming who facilitates a series, and taking it back; both can be undone."""

from sqlalchemy import select

from academy.db import now, transaction
from academy.learning.groups.models import Facilitator
from academy.people.models import Person
from academy.programme.models import Series
from academy.security import audit


class AlreadyNamed(Exception):
    """They facilitate the series already."""


def name_facilitator(series: Series, person: Person, named_by: int) -> Facilitator:
    """Let `person` facilitate the series from now on; raises AlreadyNamed."""
    with transaction() as session:
        mine = select(Facilitator).where(
            Facilitator.series_id == series.id, Facilitator.person_id == person.id
        )
        row = session.scalars(mine.with_for_update()).one_or_none()
        if row is None:
            row = Facilitator(series_id=series.id, person_id=person.id)
            session.add(row)
        elif row.removed_at is None:
            raise AlreadyNamed
        row.removed_at, row.named_by, row.named_at = None, named_by, now()
        session.flush()
        audit.note("facilitator.named", f"series:{series.id}", actor_id=named_by, person=person.id)
        return row


def remove_facilitator(row: Facilitator, actor_id: int) -> None:
    """Let somebody facilitate the series no more; twice is once."""
    _set(row, actor_id, is_removed=True)


def name_again(row: Facilitator, actor_id: int) -> None:
    """Undo a removal; twice is once."""
    _set(row, actor_id, is_removed=False)


def _set(row: Facilitator, actor_id: int, *, is_removed: bool) -> None:
    with transaction() as session:
        locked = session.get_one(Facilitator, row.id, with_for_update=True, populate_existing=True)
        if (locked.removed_at is not None) == is_removed:
            return
        locked.removed_at = now() if is_removed else None
        audit.note(
            "facilitator.removed" if is_removed else "facilitator.named",
            f"series:{locked.series_id}", actor_id=actor_id, person=locked.person_id,
        )  # fmt: skip
