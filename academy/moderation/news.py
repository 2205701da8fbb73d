"""What authors are told of decisions about them, as news that leave at once."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Thread
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.moderation.models import Appeal, Decision
from academy.moderation.sayings import say_answer, say_decision, say_to_writer

KIND = "moderation"
#: What needs no word to whoever began the thread.
_SILENT = frozenset({"pin", "unpin", "unlock", "show_thread"})


def tell_authors(decisions: Sequence[Decision]) -> None:
    """Tell whom each decision concerns, unless they decided it themselves; two statements."""
    hand_over_notices(
        [
            _news(one, f"decision:{one.id}", {"decision": one.id})
            for one in decisions
            if one.person_id not in {None, one.decided_by} and one.action not in _SILENT
        ]
    )


def tell_writers(decision: Decision, people: Collection[int], thread: Thread) -> None:
    """Tell those who wrote what was rearranged; who began it hears of the decision itself."""
    told = set(people) - {decision.person_id, decision.decided_by}
    hand_over_notices(
        News(
            person_id=person_id, kind=KIND, occasion=f"decision:{decision.id}",
            path=f"/threads/{thread.id}/", happened_at=decision.decided_at,
            facts={"decision": decision.id, "thread": thread.id},
        )
        for person_id in sorted(told)
    )  # fmt: skip


def tell_answer(decision: Decision, appeal: Appeal) -> None:
    """Tell whoever appealed what became of it."""
    if decision.person_id is not None:
        facts = {"decision": decision.id, "appeal": appeal.id}
        hand_over_notices([_news(decision, f"appeal:{appeal.id}", facts)])


def _news(decision: Decision, occasion: str, facts: dict[str, int]) -> News:
    assert decision.person_id is not None  # noqa: S101 (the callers looked)
    return News(
        person_id=decision.person_id, kind=KIND, occasion=occasion,
        path=f"/moderation/decisions/{decision.id}/", happened_at=decision.decided_at, facts=facts,
    )  # fmt: skip


def still_told(waiting: Sequence[Waiting]) -> set[int]:
    """Everything about oneself may be told."""
    return {one.id for one in waiting}


def write(waiting: Sequence[Waiting]) -> dict[int, Said]:
    """Write each in the language of whom it concerns; three statements."""
    decisions = _decisions({one.facts["decision"] for one in waiting})
    appeals = _appeals({one.facts["appeal"] for one in waiting if "appeal" in one.facts})
    titles = _titles({one.facts["thread"] for one in waiting if "thread" in one.facts})
    return {
        one.id: _say(one, decisions[one.facts["decision"]], appeals, titles)
        for one in waiting
        if one.facts["decision"] in decisions
    }


def _say(
    one: Waiting, decision: Decision, appeals: dict[int, Appeal], titles: dict[int, str]
) -> Said:
    if one.facts.get("appeal") in appeals:
        return say_answer(appeals[one.facts["appeal"]], one.language)
    if one.facts.get("thread") in titles:
        return say_to_writer(decision, titles[one.facts["thread"]], one.language)
    return say_decision(decision, one.language)


def _titles(ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Thread.id, Thread.title).where(Thread.id.in_(ids)))
    return {thread: title for thread, title in rows}  # noqa: C416 (rows)


def _decisions(ids: set[int]) -> dict[int, Decision]:
    return {one.id: one for one in session.scalars(select(Decision).where(Decision.id.in_(ids)))}


def _appeals(ids: set[int]) -> dict[int, Appeal]:
    return {one.id: one for one in session.scalars(select(Appeal).where(Appeal.id.in_(ids)))}
