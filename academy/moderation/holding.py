"""What moderation holds of a person, and how it lets go: the log keeps no name."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

from academy.db import session
from academy.moderation.models import Appeal, Decision, Flag, Note
from academy.people.ports import Holder


def _needed(_person_ids: Collection[int], _but_for: int | None) -> set[int]:
    """Nobody is kept for a decision: what it says of the thread stays without them."""
    return set()


def _told(person_id: int) -> dict[str, Any]:
    about = session.scalars(select(Decision).where(Decision.person_id == person_id)).all()
    appeals = session.scalars(
        select(Appeal).where(Appeal.decision_id.in_([one.id for one in about]))
    )
    flags = session.scalars(select(Flag).where(Flag.person_id == person_id))
    notes = session.scalars(select(Note).where(Note.person_id == person_id))
    return {
        "decisions_about_me": [
            {
                "action": one.action, "reason": one.reason, "note": one.note,
                "decided_at": one.decided_at.isoformat(),
                "until": one.until and one.until.isoformat(),
            }
            for one in about
        ],
        "appeals": [{"words": one.words, "answer": one.answer} for one in appeals],
        "notes_of_moderators": [
            {"words": one.words, "written_at": one.written_at.isoformat()} for one in notes
        ],
        "flags": [{"post": one.post_id, "reason": one.reason, "words": one.words} for one in flags],
    }  # fmt: skip


def _let_go(person_id: int) -> None:
    """Forget what they said, and about whom the decisions were."""
    about = select(Decision.id).where(Decision.person_id == person_id)
    session.execute(delete(Appeal).where(Appeal.decision_id.in_(about)))
    session.execute(delete(Flag).where(Flag.person_id == person_id))
    session.execute(delete(Note).where(Note.person_id == person_id))
    mine = update(Decision).where(Decision.person_id == person_id)
    session.execute(mine.values(person_id=None, note=""))


HOLDER = Holder("moderation", _needed, _told, _let_go)
