"""Claims: who looks at something in the queue, so that two moderators do not do the same."""

from sqlalchemy import Insert, or_
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import now, table_of, transaction
from academy.lib.jobs import DESK, announce
from academy.moderation.models import CLAIMED_FOR, Claim
from academy.people.models import Person

_CLAIMS = table_of(Claim)


def claim(kind: str, item_id: int, moderator: Person) -> bool:
    """Take something to look at; False where a colleague took it within the last minutes."""
    at = now()
    row = {"kind": kind, "item_id": item_id, "claimed_by": moderator.id, "claimed_at": at}
    free = or_(_CLAIMS.c.claimed_by == moderator.id, _CLAIMS.c.claimed_at < at - CLAIMED_FOR)
    with transaction() as current:
        dialect = postgresql if current.get_bind().dialect.name == "postgresql" else sqlite
        taking: Insert = (
            dialect.insert(_CLAIMS)
            .values(row)
            .on_conflict_do_update(
                index_elements=["kind", "item_id"], where=free,
                set_={"claimed_by": moderator.id, "claimed_at": at},
            )
            .returning(_CLAIMS.c.item_id)
        )  # fmt: skip
        is_taken = current.execute(taking).first() is not None
    if is_taken:
        announce("moderation.queue", DESK)
    return is_taken
