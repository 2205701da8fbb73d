"""The queue: posts, appeals and submitted cases that wait for a moderator, in one list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, defer, joinedload

from academy.db import now, session
from academy.discussion.models import Post, Thread
from academy.lib.paging import Page
from academy.library.models import CaseStudy, CaseSubmission
from academy.moderation.models import CLAIMED_FOR, Appeal, Claim, Decision, Waiting
from academy.moderation.records import read_records
from academy.moderation.trust import Record, level_of
from academy.people.models import Person

PAGE = 30
KINDS = ("held", "flagged", "appeal", "case")
#: Older than so many days.
AGES = {"day": 1, "three_days": 3, "week": 7}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to see of the queue; empty means everything."""

    kind: str = ""
    language: str = ""
    country: str = ""
    age: str = ""
    is_newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in the queue, with its thread."""

    waiting: Waiting
    post: Post
    thread: Thread


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what it is, from whom, and who looks at it."""

    #: "post", "appeal" or "case".
    kind: str
    id: int
    since: datetime
    language: str
    #: An Entry, an (Appeal, Decision), or a (CaseSubmission, CaseStudy).
    thing: Any
    author: Person | None
    record: Record
    claimed_by: int | None
    claimed_name: str

    @property
    def key(self) -> str:
        """What pages know it by."""
        return f"{self.kind}-{self.id}"

    @property
    def level(self) -> str:
        """How far its author is trusted."""
        return level_of(self.record)


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, and for each filter how many each of its values would show."""

    page: Page[Item]
    #: {"kind": {"": 12, "held": 3}, "language": …}; "" stands for everything.
    counts: Mapping[str, Mapping[str, int]]


def read_queue(choice: Choice, page: int = 1) -> Queue:
    """Return what waits, the oldest first unless chosen otherwise; six statements at most."""
    at = now()
    waiting = union_all(*(source() for source in _SOURCES)).subquery()
    counts, total = _count(waiting, choice, at)
    items = _read_items(waiting, choice, at, page)
    return Queue(Page(items, page, total, PAGE), counts)


def _posts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("post").label("kind"), Waiting.id.label("id"),
            Waiting.created_at.label("since"), Post.language.label("language"),
            func.coalesce(Person.country, "").label("country"),
            case((Waiting.held_for != "", 1), else_=0).label("is_held"),
            case((Waiting.flags > 0, 1), else_=0).label("is_flagged"),
        )
        .join(Post, Post.id == Waiting.post_id)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Waiting.closed_at.is_(None), Post.state != "removed")
    )  # fmt: skip


def _appeals() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("appeal"), Appeal.id, Appeal.created_at, Person.language,
            func.coalesce(Person.country, ""), literal(0), literal(0),
        )
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Person, Person.id == Decision.person_id)
        .where(Appeal.answered_at.is_(None))
    )  # fmt: skip


def _cases() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("case"), CaseSubmission.id, CaseSubmission.submitted_at, CaseStudy.language,
            func.coalesce(Person.country, ""), literal(0), literal(0),
        )
        .join(CaseStudy, CaseStudy.id == CaseSubmission.case_id)
        .outerjoin(Person, Person.id == CaseSubmission.submitted_by)
        .where(CaseSubmission.state == "waiting")
    )  # fmt: skip


_SOURCES: tuple[Callable[[], Select[*tuple[Any, ...]]], ...] = (_posts, _appeals, _cases)


def _count(
    waiting: Subquery, choice: Choice, at: datetime
) -> tuple[dict[str, dict[str, int]], int]:
    """Count the values of each filter among what the other filters leave; one statement."""
    columns = waiting.c
    older = [
        (columns.since < at - timedelta(days=days), days)
        for days in sorted(AGES.values(), reverse=True)
    ]
    days = case(*older, else_=0).label("days")
    alike = (
        columns.kind, columns.is_held, columns.is_flagged, columns.language, columns.country, days,
    )  # fmt: skip
    rows = session.execute(select(*alike, func.count().label("together")).group_by(*alike))
    counts: dict[str, dict[str, int]] = {name: {} for name in _FILTERS}
    total = 0
    for row in rows:
        values = {name: read(row) for name, read in _FILTERS.items()}
        for name in _FILTERS:
            if _fits(choice, values, but_for=name):
                for value in ("", *values[name]):
                    counts[name][value] = counts[name].get(value, 0) + row.together
        total += row.together if _fits(choice, values) else 0
    return counts, total


def _fits(choice: Choice, values: Mapping[str, Sequence[str]], but_for: str = "") -> bool:
    return all(
        name == but_for or not getattr(choice, name) or getattr(choice, name) in found
        for name, found in values.items()
    )


def _kinds(row: Row[Any]) -> list[str]:
    if row.kind != "post":
        return [row.kind]
    return ["held"] * row.is_held + ["flagged"] * row.is_flagged


#: What each filter finds in a row of counts.
_FILTERS: dict[str, Callable[[Row[Any]], Sequence[str]]] = {
    "kind": _kinds,
    "language": lambda row: [row.language],
    "country": lambda row: [row.country] if row.country else [],
    "age": lambda row: [name for name, days in AGES.items() if row.days >= days],
}


def _chosen(waiting: Subquery, choice: Choice, at: datetime) -> Iterator[ColumnElement[bool]]:
    columns = waiting.c
    if choice.kind in {"held", "flagged"}:
        yield columns[f"is_{choice.kind}"] == 1
    elif choice.kind:
        yield columns.kind == choice.kind
    for name in ("language", "country"):
        if wanted := getattr(choice, name):
            yield columns[name] == wanted
    if choice.age:
        yield columns.since < at - timedelta(days=AGES[choice.age])


def _read_items(waiting: Subquery, choice: Choice, at: datetime, page: int) -> list[Item]:
    columns, claimer = waiting.c, aliased(Person)
    holds = and_(
        Claim.kind == columns.kind, Claim.item_id == columns.id,
        Claim.claimed_at > at - CLAIMED_FOR,
    )  # fmt: skip
    ways = (columns.since, columns.kind, columns.id)
    ordered = (
        select(
            columns.kind, columns.id, columns.since, columns.language, Claim.claimed_by,
            claimer.name.label("claimer"),
        )
        .outerjoin(Claim, holds)
        .outerjoin(claimer, claimer.id == Claim.claimed_by)
        .where(*_chosen(waiting, choice, at))
        .order_by(*(way.desc() if choice.is_newest_first else way for way in ways))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )  # fmt: skip
    return _fill(session.execute(ordered).all())


def _fill(rows: Sequence[Row[Any]]) -> list[Item]:
    """Read the things themselves: a statement for each kind, and one for the authors' trust."""
    things = {
        (kind, number): found
        for kind, read in _READERS.items()
        if (ids := [row.id for row in rows if row.kind == kind])
        for number, found in read(ids)
    }
    records = read_records({author.id for _thing, author in things.values() if author})
    return [
        Item(
            row.kind, row.id, row.since, row.language, thing, author,
            records.get(author.id, Record()) if author else Record(),
            row.claimed_by, row.claimer or "",
        )
        for row in rows
        if (found := things.get((row.kind, row.id)))
        for thing, author in [found]
    ]  # fmt: skip


#: Of one kind: ids of things, with the thing and whoever it is from.
Read = Iterator[tuple[int, tuple[Any, Person | None]]]


def _read_posts(ids: Sequence[int]) -> Read:
    for row in session.execute(_entries().where(Waiting.id.in_(ids))):
        yield row[0].id, (Entry(*row), row[1].author)


def _read_appeals(ids: Sequence[int]) -> Read:
    appeals = select(Appeal, Decision, Person).join(Decision, Decision.id == Appeal.decision_id)
    found = appeals.join(Person, Person.id == Decision.person_id).where(Appeal.id.in_(ids))
    for appeal, decision, person in session.execute(found):
        yield appeal.id, ((appeal, decision), person)


def _read_cases(ids: Sequence[int]) -> Read:
    cases = select(CaseSubmission, CaseStudy, Person).join(
        CaseStudy, CaseStudy.id == CaseSubmission.case_id
    )
    found = cases.outerjoin(Person, Person.id == CaseSubmission.submitted_by)
    light = found.options(defer(CaseSubmission.record), defer(CaseStudy.record))
    for submission, study, person in session.execute(light.where(CaseSubmission.id.in_(ids))):
        yield submission.id, ((submission, study), person)


_READERS: dict[str, Callable[[Sequence[int]], Read]] = {
    "post": _read_posts,
    "appeal": _read_appeals,
    "case": _read_cases,
}


def _entries() -> Select[Waiting, Post, Thread]:
    return (
        select(Waiting, Post, Thread)
        .join(Post, Post.id == Waiting.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .options(joinedload(Post.author))
    )


def find_entry(waiting_id: int) -> Entry | None:
    """Return one post of the queue, open or closed; one statement."""
    row = session.execute(_entries().where(Waiting.id == waiting_id)).one_or_none()
    return Entry(*row) if row else None


def list_entries(waiting_ids: Sequence[int]) -> list[Entry]:
    """Return these posts of the queue that nobody decided about yet, the oldest first."""
    still_open = _entries().where(
        Waiting.id.in_(waiting_ids), Waiting.closed_at.is_(None), Post.state != "removed"
    )
    ordered = still_open.order_by(Waiting.created_at, Waiting.id)
    return [Entry(*row) for row in session.execute(ordered)]


def find_claim(kind: str, item_id: int) -> tuple[int, str] | None:
    """Return who looks at something right now, with their name; one statement."""
    held = (
        select(Claim.claimed_by, Person.name)
        .join(Person, Person.id == Claim.claimed_by)
        .where(Claim.kind == kind, Claim.item_id == item_id)
        .where(Claim.claimed_at > now() - CLAIMED_FOR)
    )
    row = session.execute(held).one_or_none()
    return (row[0], row[1]) if row else None
