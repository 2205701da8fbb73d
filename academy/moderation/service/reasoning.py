"""The list of reasons: its words are edited, its keys stay, and decisions keep what they said."""

import re
import unicodedata
from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.moderation.errors import EditedMeanwhile, NotPossible
from academy.moderation.models import Reason, ReasonVersion
from academy.people.models import Person
from academy.security import audit

#: So many reasons can be offered: a list that nobody reads through helps nobody.
MOST_REASONS = 40
#: The reason whose words stand in the note; it is always offered.
OTHER = "other"
#: What cannot be left out: what the button that shows a post says, and the one of the note.
ALWAYS = frozenset({"fits", OTHER})
_LONGEST_KEY = 20


def add_reason(words: Mapping[str, str], moderator: Person) -> Reason:
    """Offer another reason, before "other"; its key is made of its English words."""
    with transaction() as current:
        reasons = current.scalars(select(Reason).with_for_update()).all()
        if len(reasons) >= MOST_REASONS:
            raise NotPossible
        key = _free_key(words["en"], {one.key for one in reasons})
        last = max((one.position for one in reasons if one.key != OTHER), default=0)
        reason = Reason(
            key=key, words=dict(words), position=last + 1, changed_by=moderator.id
        )  # fmt: skip
        current.add(reason)
        current.execute(update(Reason).where(Reason.key == OTHER).values(position=last + 2))
        current.flush()
        audit.note("reason.add", f"reason:{key}", actor_id=moderator.id)
        return reason


def _free_key(english: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: _LONGEST_KEY - 3] or "reason"
    names = (base, *(f"{base}_{number}" for number in range(2, 2 + MOST_REASONS)))
    return next(name for name in names if name not in taken)


def edit_reason(
    reason: Reason, words: Mapping[str, str], moderator: Person, *, version: int, is_active: bool
) -> None:
    """Replace the words of a reason; what they were stays as its history.

    Raises EditedMeanwhile where a colleague saved other words since, and NotPossible where the
    reason would be one of ALWAYS and not be offered any more.
    """
    if reason.key in ALWAYS and not is_active:
        raise NotPossible
    with transaction() as current:
        _keep_version(current, reason, moderator, version)
        reason.words, reason.is_active = dict(words), is_active
        current.flush()
        audit.note(
            "reason.edit", f"reason:{reason.key}", actor_id=moderator.id, version=version + 1
        )


def _keep_version(current: Session, reason: Reason, moderator: Person, version: int) -> None:
    before = dict(reason.words)
    taken = current.execute(
        update(Reason)
        .where(Reason.key == reason.key, Reason.version == version)
        .values(version=version + 1, changed_by=moderator.id, changed_at=now())
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise EditedMeanwhile
    current.add(
        ReasonVersion(key=reason.key, version=version, words=before, changed_by=moderator.id)
    )
    current.flush()
    current.refresh(reason)


def move_reason(key: str, moderator: Person, *, up: bool) -> None:
    """Let a reason stand one place higher or lower in the list."""
    with transaction() as current:
        ordered = current.scalars(
            select(Reason).order_by(Reason.position, Reason.key).with_for_update()
        ).all()
        keys = [one.key for one in ordered]
        if key not in keys:
            raise NotPossible
        here = keys.index(key)
        there = min(max(here + (-1 if up else 1), 0), len(keys) - 1)
        keys[here], keys[there] = keys[there], keys[here]
        for one in ordered:
            one.position = keys.index(one.key) + 1
        audit.note("reason.move", f"reason:{key}", actor_id=moderator.id)
