"""What is hidden is hidden in quotes, too: they are taken out of what is stored, and given back.

Taking words out of the row itself keeps them from every page, feed, mail and search at once,
whoever writes the next one.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from academy.db import in_parts
from academy.discussion import events
from academy.discussion.models import Forward, Post, PostVersion, Quote, Thread, WithheldQuote
from academy.discussion.quoting import (
    Source,
    give_back,
    holds_marks,
    holds_quotes,
    mark_of,
    places_in,
    withhold,
)
from academy.discussion.service.finding import find_soon, lose

#: More posts than anybody quotes in one.
MOST_REFERENCES = 50


def withhold_quotes_of_all(
    current: Session, placed: Sequence[tuple[Thread, Post]], *, for_good: bool = False
) -> None:
    """Take every quote of these posts out of others; two statements where nobody quotes there."""
    if not placed:
        return
    quoted, quoting = _quoted(current, [post for _thread, post in placed])
    for thread, post in placed:
        if post.id in quoted or post.thread_id in quoting:
            withhold_quotes_of(current, thread, post, for_good=for_good)


def _quoted(current: Session, posts: Sequence[Post]) -> tuple[set[int], set[int]]:
    """Return which of the posts others refer to, and in which threads anything is quoted."""
    refer = select(Quote.source_id).where(Quote.source_id.in_([post.id for post in posts]))
    threads = {post.thread_id for post in posts}
    now_quoting = select(Post.thread_id).where(Post.thread_id.in_(threads), Post.body.contains(">"))
    earlier = (
        select(Post.thread_id)
        .join(PostVersion, PostVersion.post_id == Post.id)
        .where(Post.thread_id.in_(threads), PostVersion.body.contains(">"))
    )
    return set(current.scalars(refer)), set(current.scalars(now_quoting.union(earlier)))


def withhold_quotes_of(
    current: Session, thread: Thread, source: Post, *, for_good: bool = False
) -> None:
    """Take every quote of `source` out of the posts of its thread and of those that refer to it.

    With `for_good` nothing is kept to be given back. The thread has to be held.
    """
    said = _sources(current, [source])[source.id]
    posts = _quoting(current, source)
    before = _versions(current, [post.id for post in posts], only_quoting=True)
    for post in posts:
        places = [post, *before.get(post.id, ())]
        if _take_out(current, places, source, said, keep=not for_good):
            _say_changed(current, thread, post)
    if for_good:
        current.execute(delete(WithheldQuote).where(WithheldQuote.source_id == source.id))


def _mark(source: Post) -> str:
    return mark_of(source.thread_id, source.number)


def _sources(current: Session, posts: Sequence[Post]) -> dict[int, Source]:
    """Return what the posts say and said, and where they stand; a statement for 500 of them."""
    before = _versions(current, [post.id for post in posts if post.state != "removed"])
    stood = _earlier_places(current, [post.id for post in posts])
    return {
        post.id: Source(
            {(post.thread_id, post.number), *stood.get(post.id, ())},
            [post.body, *(version.body for version in before.get(post.id, ()))],
        )
        for post in posts
    }


def _earlier_places(current: Session, post_ids: Sequence[int]) -> dict[int, set[tuple[int, int]]]:
    """Return where posts stood before moderators moved them: quotes still refer to these."""
    found: dict[int, set[tuple[int, int]]] = {}
    for part in in_parts(post_ids):
        stood = select(Forward.post_id, Forward.thread_id, Forward.number)
        for post_id, thread_id, number in current.execute(stood.where(Forward.post_id.in_(part))):
            found.setdefault(post_id, set()).add((thread_id, number))
    return found


def _versions(
    current: Session, post_ids: Sequence[int], *, only_quoting: bool = False
) -> dict[int, list[PostVersion]]:
    found: dict[int, list[PostVersion]] = {}
    for part in in_parts(post_ids):
        chosen = select(PostVersion).where(PostVersion.post_id.in_(part))
        if only_quoting:
            chosen = chosen.where(PostVersion.body.contains(">"))
        for version in current.scalars(chosen):
            found.setdefault(version.post_id, []).append(version)
    return found


def _quoting(current: Session, source: Post) -> Sequence[Post]:
    """Return the posts that may quote it, now or in an earlier version.

    Whoever stood in a thread together with it may, wherever moderators moved the two since.
    """
    refer = select(Quote.post_id).where(Quote.source_id == source.id)
    once = select(Forward.thread_id).where(Forward.post_id == source.id)
    threads = {source.thread_id, *current.scalars(once)}
    moved = select(Forward.post_id).where(Forward.thread_id.in_(threads))
    near = or_(Post.thread_id.in_(threads), Post.id.in_(moved))
    earlier = exists().where(PostVersion.post_id == Post.id, PostVersion.body.contains(">"))
    quotes = or_(Post.body.contains(">"), earlier)
    may = or_(near & quotes, Post.id.in_(refer))
    chosen = select(Post).where(Post.id != source.id, may).order_by(Post.id)
    # Those of other threads are held by nobody: an edit of one of them waits here.
    held = chosen.with_for_update().execution_options(populate_existing=True)
    return current.scalars(held).all()


def _take_out(
    current: Session, places: Sequence[Post | PostVersion], source: Post, said: Source, *,
    keep: bool,
) -> bool:  # fmt: skip
    """Take the quotes out of a post (the first place) and its versions; tell whether any was."""
    post, is_changed = places[0], False
    for place in places:
        left = withhold(place.body, said, _mark(source))
        if left.body == place.body:
            continue
        is_changed, place.body = True, left.body
        if keep:
            version = place.id if isinstance(place, PostVersion) else None
            current.add_all(
                WithheldQuote(
                    post_id=post.id, version_id=version, source_id=source.id, words=words
                )
                for words in left.taken
            )  # fmt: skip
    return is_changed


def _say_changed(current: Session, thread: Thread, post: Post) -> None:
    """An edit that was begun from the words before is told that they changed."""
    post.version += 1
    current.flush()
    lose([post])
    find_soon()
    if post.state == "visible" and post.thread_id == thread.id:
        events.post_changed(thread, post, "edited")


def give_all_quotes_back(current: Session, placed: Sequence[tuple[Thread, Post]]) -> None:
    """Put quotes of posts that are shown again back; one statement where none was taken out."""
    sources = WithheldQuote.source_id
    kept = select(sources).where(sources.in_([post.id for _thread, post in placed]))
    taken = set(current.scalars(kept))
    for thread, post in placed:
        if post.id in taken:
            give_quotes_back(current, thread, post)


def give_quotes_back(current: Session, thread: Thread, source: Post) -> None:
    """Put quotes of a post that is shown again back where they stood, if they still do."""
    kept = select(WithheldQuote).where(WithheldQuote.source_id == source.id)
    rows = current.scalars(kept.order_by(WithheldQuote.id)).all()
    posts: dict[int, Post] = {}
    for row in rows:
        post = posts.setdefault(row.post_id, current.get_one(Post, row.post_id))
        place = current.get_one(PostVersion, row.version_id) if row.version_id else post
        place.body = give_back(place.body, _mark(source), row.words)
        current.delete(row)
    current.flush()
    for post in posts.values():
        # What was taken out may itself quote another that is still hidden.
        withhold_in(current, post)
        _say_changed(current, thread, post)


def set_thread(current: Session, thread: Thread, changes: Mapping[str, object]) -> None:
    """Change how a thread stands; hidden, it is hidden in the quotes of other threads, too."""
    was_hidden = thread.state == "hidden"
    for name, value in changes.items():
        setattr(thread, name, value)
    current.flush()
    if was_hidden != (thread.state == "hidden"):
        table = WithheldQuote if was_hidden else Quote
        touched = select(table.source_id).where(table.source_id == Post.id).exists()
        shown = select(Post).where(Post.thread_id == thread.id, Post.state == "visible", touched)
        placed = [(thread, post) for post in current.scalars(shown.order_by(Post.id)).all()]
        (give_all_quotes_back if was_hidden else withhold_quotes_of_all)(current, placed)
    events.thread_changed(thread)


def note_quotes(current: Session, post: Post) -> None:
    """Look at the quotes of a post that is written now: whom it quotes, and who may not be read.

    Nothing where it quotes nobody.
    """
    if holds_quotes(post.body):
        _note_references(current, post)
        _keep_what_stays_out(current, post)
        withhold_in(current, post)


def keep_with_version(current: Session, post: Post, version: PostVersion) -> None:
    """Let what was taken out of a post belong to the version that an edit has just made of it."""
    if holds_marks(version.body):
        mine = update(WithheldQuote).where(
            WithheldQuote.post_id == post.id, WithheldQuote.version_id.is_(None)
        )
        current.execute(mine.values(version_id=version.id))


def _keep_what_stays_out(current: Session, post: Post) -> None:
    """An edit that left a mark standing has it filled like the version before."""
    if not holds_marks(post.body):
        return
    last = select(func.max(WithheldQuote.version_id)).where(WithheldQuote.post_id == post.id)
    rows = select(WithheldQuote, Post).join(Post, Post.id == WithheldQuote.source_id)
    kept = rows.where(WithheldQuote.version_id == last.scalar_subquery())
    for row, source in current.execute(kept.order_by(WithheldQuote.id)).all():
        if _mark(source) in post.body:
            current.add(
                WithheldQuote(post_id=post.id, source_id=source.id, words=row.words)
            )  # fmt: skip


def _note_references(current: Session, post: Post) -> None:
    places = sorted(places_in(post.body))[:MOST_REFERENCES]
    if not places:
        return
    here = select(Post.id).where(tuple_(Post.thread_id, Post.number).in_(places))
    moved = select(Forward.post_id).where(tuple_(Forward.thread_id, Forward.number).in_(places))
    known = set(current.scalars(select(Quote.source_id).where(Quote.post_id == post.id)))
    for source_id in set(current.scalars(here.union(moved))) - known - {post.id}:
        current.add(Quote(post_id=post.id, source_id=source_id))
    current.flush()


def withhold_in(current: Session, post: Post) -> None:
    """Take out of a post what it quotes of posts that may not be read."""
    refer = select(Quote.source_id).where(Quote.post_id == post.id)
    moved = select(Forward.post_id).where(Forward.thread_id == post.thread_id)
    near = or_(Post.thread_id == post.thread_id, Post.id.in_(refer), Post.id.in_(moved))
    closed = select(Thread.id).where(Thread.state == "hidden", Thread.id != post.thread_id)
    unread = or_(Post.state != "visible", Post.thread_id.in_(closed))
    hidden = select(Post).where(near, Post.id != post.id, unread)
    sources = current.scalars(hidden).all()
    said = _sources(current, sources)
    for source in sources:
        _take_out(current, [post], source, said[source.id], keep=source.state != "removed")


def forget_withheld(current: Session, post_ids: Sequence[int]) -> None:
    """Forget what was taken out of posts whose own words are gone."""
    for part in in_parts(post_ids):
        current.execute(delete(WithheldQuote).where(WithheldQuote.post_id.in_(part)))
