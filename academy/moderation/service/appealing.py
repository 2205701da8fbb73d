"""Appeals: somebody speaks against a decision about them, another moderator answers."""

from contextlib import suppress

from sqlalchemy import select

from academy.db import now, transaction
from academy.lib.jobs import DESK, announce
from academy.moderation.errors import DecidedMeanwhile, NotPossible
from academy.moderation.models import Appeal, Decision
from academy.moderation.news import tell_answer
from academy.moderation.service.undoing import undo_decision
from academy.moderation.vocabulary import AGAINST, FINAL
from academy.people.models import Person
from academy.security import audit

#: What one can appeal against: everything that takes something away.
APPEALABLE = frozenset({*AGAINST, "hide_thread", "edit", "move", "split", "merge"})


def appeal(decision: Decision, person: Person, words: str) -> Appeal:
    """Let the person whom a decision concerns speak against it, once; raises NotPossible."""
    with transaction() as current:
        same = select(Appeal).where(Appeal.decision_id == decision.id)
        mine = decision.person_id == person.id and decision.action in APPEALABLE
        if not mine or current.scalars(same).one_or_none() is not None:
            raise NotPossible
        one = Appeal(decision_id=decision.id, words=words)
        current.add(one)
        current.flush()
        announce("moderation.queue", DESK)
        return one


def answer_appeal(one: Appeal, moderator: Person, answer: str, *, upheld: bool) -> None:
    """Answer an appeal: upheld, the decision is undone where it can be.

    Another moderator than the one who decided answers; raises NotPossible, or DecidedMeanwhile.
    """
    with transaction() as current:
        decision = current.get_one(Decision, one.decision_id)
        if decision.decided_by == moderator.id:
            raise NotPossible
        if one.answered_at is not None:
            raise DecidedMeanwhile
        one.answered_at, one.answered_by = now(), moderator.id
        one.upheld, one.answer = upheld, answer
        if upheld and decision.undone_at is None:
            _set_right(decision, moderator)
        tell_answer(decision, one)
        audit.note("moderation.appeal", f"decision:{decision.id}", actor_id=moderator.id)
    announce("moderation.queue", DESK)


def _set_right(decision: Decision, moderator: Person) -> None:
    """Undo the decision; a warning and words that are gone count against nobody any more."""
    if decision.action in FINAL:
        decision.undone_at, decision.undone_by = now(), moderator.id
    else:
        # What was moved on since cannot simply come back: the answer says what becomes of it.
        with suppress(NotPossible):
            undo_decision(decision, moderator, is_right=True)
