"""The gate: whether a post appears at once, waits for a moderator, or is refused."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, func, select

from academy.db import now, session
from academy.discussion.models import Post, Thread
from academy.discussion.policy import can_moderate
from academy.discussion.ports import SHOW, Draft, Verdict
from academy.moderation.models import Decision, WatchedWord
from academy.moderation.vocabulary import FIRST_LINKS, FIRST_POSTS, MOST_A_MINUTE
from academy.people.models import Person

_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|biz|ru|xyz|top)\b", re.IGNORECASE
)
#: The same words again within this time are a repetition.
REPEATED_WITHIN = timedelta(hours=24)


def judge(draft: Draft) -> Verdict:
    """Say what becomes of a draft; four statements, none for moderators."""
    if can_moderate(draft.author):
        return SHOW
    return _of_the_person(draft.author) or _of_the_moment(draft) or _of_the_words(draft) or SHOW


def keeps_from_writing(person: Person) -> bool:
    """Say whether a decision keeps the person from writing anything; one statement."""
    verdict = None if can_moderate(person) else _of_the_person(person)
    return verdict is not None and verdict.outcome == "refuse"


def _of_the_person(person: Person) -> Verdict | None:
    """Refuse whom a decision keeps from writing; hold everything of whom it holds."""
    standing = select(Decision.action).where(
        Decision.person_id == person.id,
        Decision.action.in_(("hold", "silence", "suspend")),
        Decision.undone_at.is_(None),
        (Decision.until.is_(None)) | (Decision.until > now()),
    )
    actions = set(session.scalars(standing))
    if "suspend" in actions:
        return Verdict("refuse", "suspended")
    if "silence" in actions:
        return Verdict("refuse", "silenced")
    return Verdict("hold", "person") if "hold" in actions else None


def _of_the_moment(draft: Draft) -> Verdict | None:
    """Refuse what comes too fast, or the same again."""
    if draft.is_edit:
        return None
    recent = select(Post.created_at, Post.body, Post.thread_id).where(
        Post.author_id == draft.author.id, Post.created_at > now() - REPEATED_WITHIN
    )
    posts = session.execute(recent.order_by(Post.created_at.desc()).limit(50)).all()
    if sum(now() - post.created_at < timedelta(minutes=1) for post in posts) >= MOST_A_MINUTE:
        return Verdict("refuse", "too_fast", 60)
    if any(post.body.strip() == draft.body.strip() for post in posts):
        return Verdict("refuse", "repeated")
    return _of_a_slow_thread(draft, posts)


def _of_a_slow_thread(draft: Draft, posts: Sequence[Row[datetime, str, int]]) -> Verdict | None:
    last = next((post for post in posts if post.thread_id == draft.thread_id), None)
    if last is None:
        return None
    seconds = session.scalar(select(Thread.slow_seconds).where(Thread.id == draft.thread_id)) or 0
    waited = (now() - last.created_at).total_seconds()
    return Verdict("refuse", "slow", int(seconds - waited) + 1) if waited < seconds else None


def _of_the_words(draft: Draft) -> Verdict | None:
    """Hold the first posts of somebody, links in early posts, and watched words."""
    shown = session.scalar(
        select(func.count()).where(Post.author_id == draft.author.id, Post.state == "visible")
    )
    if (shown or 0) < FIRST_POSTS:
        return Verdict("hold", "first_posts")
    if (shown or 0) < FIRST_LINKS and _LINK.search(draft.body):
        return Verdict("hold", "links")
    return Verdict("hold", "words") if _holds_watched_word(draft.body) else None


def _holds_watched_word(body: str) -> bool:
    text = folded(body)
    return any(word in text for word in session.scalars(select(WatchedWord.word).limit(2000)))


def folded(text: str) -> str:
    """Return `text` as watched words are compared: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
