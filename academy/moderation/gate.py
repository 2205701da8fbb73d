"""The gate: whether a post appears at once, waits for a moderator, or is refused."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, case, exists, func, or_, select

from academy.db import Moment, now, session
from academy.discussion.models import Post, Thread
from academy.discussion.policy import can_moderate
from academy.discussion.ports import SHOW, Draft, Verdict
from academy.moderation.models import Decision, WatchedWord
from academy.moderation.records import days_since, read_record
from academy.moderation.trust import (
    AGAINST_DAYS,
    ALLOWED,
    ASKED,
    Record,
    level_of,
    waits_first,
)
from academy.moderation.vocabulary import AGAINST, KEEPING
from academy.people.models import Person

_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|biz|ru|xyz|top)\b", re.IGNORECASE
)
#: The same words again within this time are a repetition.
REPEATED_WITHIN = timedelta(hours=24)
#: What keeps somebody from writing freely, the hardest last.
_KEPT = ("", *KEEPING)


def judge(draft: Draft) -> Verdict:
    """Say what becomes of a draft: one statement, none for moderators.

    A second one is asked only where trust may still let through what else would not pass.
    """
    if can_moderate(draft.author):
        return SHOW
    found = session.execute(_LOOK, _facts(draft)).one()
    return _of_the_person(found) or _of_the_moment(draft, found) or _of_the_words(draft, found)


def _of_the_person(found: Row[Any]) -> Verdict | None:
    """Refuse whom a decision keeps from writing; hold everything of whom it holds."""
    refusals = {
        "suspend": Verdict("refuse", "suspended"),
        "silence": Verdict("refuse", "silenced"),
        "hold": Verdict("hold", "person"),
    }
    return refusals.get(_KEPT[found.kept or 0])


def keeps_from_writing(person: Person) -> bool:
    """Say whether a decision keeps the person from writing anything; one statement."""
    return _kept(person.id) in {"silence", "suspend"} and not can_moderate(person)


def is_suspended(person: Person) -> bool:
    """Say whether a decision keeps the person from taking part at all; one statement."""
    return _kept(person.id) == "suspend" and not can_moderate(person)


def _kept(person_id: int) -> str:
    asked = {"author": person_id, "at": now(), "against_since": now()}
    return _KEPT[session.execute(_STANDING, asked).one().kept or 0]


def _of_the_moment(draft: Draft, found: Row[Any]) -> Verdict | None:
    """Refuse what comes too fast, or the same again."""
    if draft.is_edit:
        return None
    fewest = min(one.posts_a_minute for one in ALLOWED.values())
    if found.in_a_minute >= fewest and found.in_a_minute >= _level(draft).posts_a_minute:
        return Verdict("refuse", "too_fast", 60)
    if found.is_repeated:
        return Verdict("refuse", "repeated")
    if found.last_here is None or not found.slow_seconds:
        return None
    left = found.slow_seconds - (now() - found.last_here).total_seconds()
    return Verdict("refuse", "slow", int(left) + 1) if left > 0 else None


def _of_the_words(draft: Draft, found: Row[Any]) -> Verdict:
    """Hold the first posts of somebody, links of newcomers, and watched words."""
    record = _record(draft, found)
    if waits_first(record):
        return Verdict("hold", "first_posts")
    if not ALLOWED[level_of(record)].links and _LINK.search(draft.body):
        return Verdict("hold", "links")
    return Verdict("hold", "words") if found.is_watched and not _level(draft).words else SHOW


def _record(draft: Draft, found: Row[Any]) -> Record:
    """Return what tells a newcomer from a member; from which level a decision takes, is asked."""
    if found.against:
        return read_record(draft.author.id)
    return Record(found.shown, days_since(found.first_at, now()))


def _level(draft: Draft) -> Any:
    """Return what the author's whole record allows; one statement, rarely asked."""
    return ALLOWED[level_of(read_record(draft.author.id))]


def _facts(draft: Draft) -> dict[str, object]:
    at = now()
    return {
        "author": draft.author.id, "thread": draft.thread_id, "at": at,
        "a_minute_ago": at - timedelta(minutes=1), "long_ago": at - REPEATED_WITHIN,
        "against_since": at - timedelta(days=AGAINST_DAYS),
        "body": draft.body.strip(), "folded": folded(draft.body),
    }  # fmt: skip


def folded(text: str) -> str:
    """Return `text` as watched words are compared: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _moment(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=Moment())


def _look() -> Select[Any]:
    """Ask everything in one statement: a round for each question would cost more than the post.

    No more posts are counted than the highest level asks for.
    """
    author = bindparam("author", type_=Post.author_id.type)
    own = select(Post.id).where(Post.author_id == author)
    shown = own.where(Post.state == "visible").limit(ASKED["regular"].shown).subquery()
    first = select(Post.created_at).where(Post.author_id == author, Post.state == "visible")
    lately = own.where(Post.created_at > _moment("long_ago"))
    fast = own.where(Post.created_at > _moment("a_minute_ago")).subquery()
    thread = bindparam("thread", type_=Post.thread_id.type)
    last = select(func.max(Post.created_at)).where(
        Post.author_id == author, Post.thread_id == thread,
        Post.created_at > _moment("long_ago"),
    )  # fmt: skip
    text: BindParameter[str] = bindparam("folded", type_=Post.body.type)
    words = exists().where(func.replace(text, WatchedWord.word, "") != text)
    same = lately.where(func.trim(Post.body) == bindparam("body", type_=Post.body.type))
    slow = select(Thread.slow_seconds).where(Thread.id == thread)
    return _of_decisions(
        select(func.count()).select_from(shown).scalar_subquery().label("shown"),
        first.order_by(Post.created_at).limit(1).scalar_subquery().label("first_at"),
        select(func.count()).select_from(fast).scalar_subquery().label("in_a_minute"),
        same.exists().label("is_repeated"),
        last.scalar_subquery().label("last_here"),
        slow.scalar_subquery().label("slow_seconds"),
        words.label("is_watched"),
    )


def _of_decisions(*others: Any) -> Select[Any]:
    """Ask for the hardest decision that holds, and how many there were lately; always one row."""
    stands = or_(Decision.until.is_(None), Decision.until > _moment("at"))
    places = [(Decision.action == action, place) for place, action in enumerate(_KEPT) if action]
    hardest = func.max(case((stands, case(*places, else_=0)), else_=0)).label("kept")
    lately = Decision.action.in_(AGAINST) & (Decision.decided_at > _moment("against_since"))
    return select(hardest, func.count().filter(lately).label("against"), *others).where(
        Decision.person_id == bindparam("author", type_=Post.author_id.type),
        Decision.undone_at.is_(None),
    )


_LOOK, _STANDING = _look(), _of_decisions()
