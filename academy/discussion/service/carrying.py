"""Carrying posts from one thread to another: numbers, answers, counts, marks and old addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from academy.db import in_parts, table_of
from academy.discussion.models import Forward, Post, Rearrangement, Thread
from academy.discussion.places import Place
from academy.discussion.service.finding import find_soon

_POSTS = table_of(Post)


@dataclass(frozen=True, slots=True)
class Carried:
    """One post on its way: what it is, where it stood, and its number where it goes."""

    id: int
    before: int
    after: int
    is_visible: bool
    author_id: int | None


def carry(
    current: Session, source: Thread, target: Thread, chosen: ColumnElement[bool],
    rearrangement: Rearrangement, *, back_to: Mapping[int, int] | None = None,
) -> list[Carried]:  # fmt: skip
    """Bring the chosen posts of `source` to the end of `target`; both have to be held.

    `back_to` gives posts numbers that they had there before: {post id: number}; no post else has
    ever had these. What a post answers, and what answers it, follows; so do counts, the accepted
    answer and the moments of the last posts. Old addresses are kept as forwards.
    """
    posts = _number(current, source, target, chosen, back_to or {})
    if not posts:
        return posts
    answers = _answers_of(current, source.id)
    _put(current, posts, target)
    _keep_addresses(current, posts, source, target, rearrangement)
    _answer_again(current, posts, target, answers)
    _count(current, posts, source, target)
    _carry_marks(posts, source, target)
    current.flush()
    _forget_numbers(current)
    return posts


def _forget_numbers(current: Session) -> None:
    """Let what was loaded before be read again: it was changed without these objects."""
    for loaded in current:
        if isinstance(loaded, Post):
            current.expire(
                loaded, ["thread_id", "number", "answers", "answers_thread_id", "found_as"]
            )


def _number(
    current: Session, source: Thread, target: Thread, chosen: ColumnElement[bool],
    back_to: Mapping[int, int],
) -> list[Carried]:  # fmt: skip
    """Number the posts in their order; numbers of a thread are given once and never again."""
    rows = current.execute(
        select(Post.id, Post.number, Post.state, Post.author_id)
        .where(Post.thread_id == source.id, chosen)
        .order_by(Post.number)
    )
    posts = []
    for post_id, before, state, author_id in rows:
        after = back_to.get(post_id)
        if after is None:
            after = target.last_number = target.last_number + 1
        posts.append(Carried(post_id, before, after, state == "visible", author_id))
    return posts


@dataclass(frozen=True, slots=True)
class _Answer:
    """That one post answers another: by what they are, for numbers change."""

    child: int
    child_thread: int
    parent: int
    parent_place: Place


def _answers_of(current: Session, thread_id: int) -> list[_Answer]:
    """Return the answers that stand in a thread or answer something in it."""
    child, parent = aliased(Post), aliased(Post)
    answered_in = func.coalesce(child.answers_thread_id, child.thread_id)
    rows = current.execute(
        select(child.id, child.thread_id, parent.id, parent.thread_id, parent.number)
        .join(parent, (parent.thread_id == answered_in) & (parent.number == child.answers))
        .where(or_(child.thread_id == thread_id, child.answers_thread_id == thread_id))
    )
    return [_Answer(*row[:3], Place(*row[3:])) for row in rows]


def _put(current: Session, posts: Sequence[Carried], target: Thread) -> None:
    current.flush()
    statement = (
        update(_POSTS)
        .where(_POSTS.c.id == bindparam("post"))
        .values(thread_id=target.id, number=bindparam("after"), found_as=0)
    )
    current.execute(statement, [{"post": post.id, "after": post.after} for post in posts])
    # The search knows the title of the thread with each of its posts.
    find_soon()


def _keep_addresses(
    current: Session, posts: Sequence[Carried], source: Thread, target: Thread,
    rearrangement: Rearrangement,
) -> None:  # fmt: skip
    """Let old addresses lead to the posts; one that is theirs again leads nowhere else."""
    forwards = table_of(Forward)
    for part in in_parts(post.after for post in posts):
        again = (forwards.c.thread_id == target.id) & forwards.c.number.in_(part)
        current.execute(forwards.delete().where(again))
    rows = [
        {
            "thread_id": source.id, "number": post.before, "post_id": post.id,
            "rearrangement_id": rearrangement.id,
        }
        for post in posts
    ]  # fmt: skip
    current.execute(insert(forwards), rows)


def _answer_again(
    current: Session, posts: Sequence[Carried], target: Thread, answers: Sequence[_Answer]
) -> None:
    now_at = {post.id: Place(target.id, post.after) for post in posts}
    changed = []
    for answer in answers:
        if answer.child in now_at or answer.parent in now_at:
            parent = now_at.get(answer.parent, answer.parent_place)
            child_in = now_at[answer.child].thread_id if answer.child in now_at else None
            is_same = parent.thread_id == (child_in or answer.child_thread)
            changed.append({
                "post": answer.child, "of": parent.number,
                "in_thread": None if is_same else parent.thread_id,
            })  # fmt: skip
    if changed:
        statement = (
            update(_POSTS)
            .where(_POSTS.c.id == bindparam("post"))
            .values(answers=bindparam("of"), answers_thread_id=bindparam("in_thread"))
        )
        current.execute(statement, changed)


def _count(current: Session, posts: Sequence[Carried], source: Thread, target: Thread) -> None:
    shown = sum(post.is_visible for post in posts)
    source.visible_posts -= shown
    target.visible_posts += shown
    for thread in (source, target):
        newest = select(func.max(Post.created_at))
        last = newest.where(Post.thread_id == thread.id, Post.state == "visible")
        thread.last_post_at = current.scalar(last) or thread.last_post_at


def _carry_marks(posts: Collection[Carried], source: Thread, target: Thread) -> None:
    """Let the mark of the accepted answer go with its post, unless there is one already.

    What moderators recommend is a mark of the post itself.
    """
    marked = next((post.after for post in posts if post.before == source.accepted_number), None)
    if marked is not None:
        source.accepted_number = None
        target.accepted_number = target.accepted_number or marked
    target.has_best = target.has_best or source.has_best
