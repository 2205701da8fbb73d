"""Who moderates, and who may read a decision."""

from sqlalchemy import Select, select

from academy.discussion.policy import MODERATORS, can_moderate
from academy.moderation.models import Decision
from academy.people.models import Person

__all__ = ["MODERATORS", "can_moderate", "visible_decisions"]


def visible_decisions(person: Person) -> Select[Decision]:
    """Return the decisions that `person` may read: moderators all, others those about them."""
    if can_moderate(person):
        return select(Decision)
    return select(Decision).where(Decision.person_id == person.id)
