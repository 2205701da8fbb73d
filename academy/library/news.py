"""News of cases: to those who write one, and to librarians of what waits for them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from academy.db import now, session
from academy.library.draft_queries import writer_ids
from academy.library.models import (
    CaseComment,
    CaseStudy,
    CaseSubmission,
    CaseWithdrawal,
    CaseWriter,
)
from academy.library.policy import LIBRARIANS
from academy.library.sayings import say
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.people.models import RoleGrant

#: To writers: invitations, comments, what librarians decided. To librarians: what waits.
WRITTEN, TO_REVIEW = "case_written", "case_to_review"
#: So much of somebody's words stands in a mail.
LONGEST_QUOTE = 280


def tell_invited(case: CaseStudy, writer: CaseWriter, person_id: int | None) -> None:
    """Tell the person who holds the address, if there is one."""
    people = {person_id} - {case.author_id}
    _hand_over(people, case, "invited", "/cases/write/", writer=writer.id)


def tell_writers(case: CaseStudy, what: str, by: int, **fact: int) -> None:
    """Tell the writers what was decided about their case, but not who decided it herself.

    `fact` names the submission or the withdrawal that says why.
    """
    path = f"/cases/{case.slug}/" if what == "published" else f"/cases/write/{case.id}/"
    _hand_over(writer_ids(case) - {by}, case, what, path, **fact)


def tell_of_comment(
    case: CaseStudy, made: CaseComment, answers: CaseComment | None, *, by_writer: bool
) -> None:
    """Tell the other side: the writers of a librarian's words, a librarian of the answer."""
    asked = answers.author_id if answers is not None else None
    people: set[int | None] = {asked} if by_writer else {*writer_ids(case), asked}
    path = f"/cases/review/{case.id}/#comment-{(answers or made).id}"
    _hand_over(people - {made.author_id}, case, "comment", path, comment=made.id)


def tell_librarians(case: CaseStudy, submission: CaseSubmission) -> None:
    """Tell everybody who looks after the library that a case waits."""
    holders = select(RoleGrant.person_id).where(RoleGrant.role.in_(LIBRARIANS)).distinct()
    people = set(session.scalars(holders)) - writer_ids(case)
    _hand_over(people, case, "submitted", f"/cases/review/{case.id}/", waits=submission.id)


def _hand_over(
    people: Collection[int | None], case: CaseStudy, what: str, path: str, **fact: int
) -> None:
    [(name, number)] = fact.items()
    hand_over_notices(
        News(
            person_id=person_id, kind=TO_REVIEW if what == "submitted" else WRITTEN,
            occasion=f"case {what}, {name}:{number}", path=path, happened_at=now(),
            facts={"case": case.id, "what": what, **fact},
        )
        for person_id in people
        if person_id is not None
    )  # fmt: skip


#: What each fact of a piece of news names: its words are quoted, and it has to be there still.
_TEXTS: dict[str, tuple[Any, Any]] = {
    "comment": (CaseComment.id, CaseComment.words),
    "submission": (CaseSubmission.id, CaseSubmission.note),
    "withdrawal": (CaseWithdrawal.id, CaseWithdrawal.reason),
}


def still_told(waiting: Sequence[Waiting]) -> set[int]:
    """Return which may still leave: the case is there, and what it speaks of stands."""
    stands: dict[str, Collection[int]] = {
        "case": _read(CaseStudy.id, CaseStudy.id, waiting, "case"),
        "writer": _read(CaseWriter.id, CaseWriter.id, waiting, "writer"),
        "waits": _read(CaseSubmission.id, CaseSubmission.id, waiting, "waits",
                       CaseSubmission.state == "waiting"),
    }  # fmt: skip
    stands |= {name: _read(*columns, waiting, name) for name, columns in _TEXTS.items()}
    return {
        one.id
        for one in waiting
        if all(one.facts[name] in ids for name, ids in stands.items() if name in one.facts)
    }


def write_news(waiting: Sequence[Waiting]) -> dict[int, Said]:
    """Write each as it stands now: the case's title, and what was said."""
    titles = _read(CaseStudy.id, CaseStudy.title, waiting, "case")
    texts = {name: _read(*columns, waiting, name) for name, columns in _TEXTS.items()}
    told: dict[int, Said] = {}
    for one in waiting:
        words = [texts[name].get(one.facts[name], "") for name in texts if name in one.facts]
        if one.facts["case"] in titles:
            quoted = _begin("".join(words))
            told[one.id] = say(one.facts["what"], titles[one.facts["case"]], quoted, one.language)
    return told


def _read(
    number: Any, value: Any, waiting: Sequence[Waiting], name: str, *conditions: Any
) -> dict[int, Any]:
    """Return a column of what the news name, by its id; one statement, none for nothing."""
    ids = {one.facts[name] for one in waiting if name in one.facts}
    if not ids:
        return {}
    found = session.execute(select(number, value).where(number.in_(ids), *conditions))
    return {key: text for key, text in found}  # noqa: C416 (rows)


def _begin(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…"
