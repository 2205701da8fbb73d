"""Which posts the search knows: told after the commit, forgotten at once.

Cutting a post into words costs more than writing it, so a job does it a moment later; the row
itself says that it waits (`found_as`), so nothing is forgotten when a worker dies.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, Update, select, update
from sqlalchemy.orm import Session

from academy.db import transaction
from academy.discussion.models import KIND, Post, Thread
from academy.lib.jobs import ask_soon
from academy.lib.search_index import Text, drop, forget_unused_words, put

#: So many posts are told to the search in one transaction.
MOST_AT_ONCE = 200
#: And so many such parts in one run of the job: the next one goes on.
MOST_PARTS = 10


def find_soon() -> None:
    """Let the search look at posts that were written or changed, a moment after the commit."""
    ask_soon("post.find")


def lose(posts: Collection[Post]) -> None:
    """Let nobody find these posts any more, from the commit on."""
    ids = [post.id for post in posts]
    drop(KIND, ids)
    look_anew(ids)


def look_anew(post_ids: Collection[int]) -> None:
    """Let the search look again at posts whose words are the same: they were not shown before."""
    with transaction() as current:
        current.execute(_anew().where(Post.id.in_(post_ids)))


def lose_titles(thread: Thread) -> None:
    """Let the search look at all posts of a thread anew: its title changed, or they moved."""
    with transaction() as current:
        current.execute(_anew().where(Post.thread_id == thread.id))
    find_soon()


def find_posts(parts: int = MOST_PARTS) -> int:
    """Tell the search of posts as they stand now; return how many. Two workers share them."""
    found = 0
    for _ in range(parts):
        with transaction() as current:
            taken = _take(current)
            _tell(taken)
        found += len(taken)
        if len(taken) < MOST_AT_ONCE:
            return found
    find_soon()
    return found


def _take(current: Session) -> Sequence[Row[int, int, int, str, str]]:
    """Take posts that wait: who comes second sees what the first has left."""
    waits = Post.found_as != Post.version
    some = select(Post.id).where(waits).order_by(Post.id).limit(MOST_AT_ONCE)
    some = some.with_for_update(skip_locked=True)
    taken = (
        update(Post)
        .where(Post.id.in_(some), waits)
        .values(found_as=Post.version)
        .returning(Post.id, Post.thread_id, Post.number, Post.state, Post.body)
        .execution_options(synchronize_session=False)
    )
    return current.execute(taken).all()


def _tell(taken: Sequence[Row[int, int, int, str, str]]) -> None:
    drop(KIND, [post.id for post in taken])
    shown = [post for post in taken if post.state == "visible"]
    if shown:
        titles = _titles({post.thread_id for post in shown})
        known = [post for post in shown if post.thread_id in titles]
        put(KIND, [_text(post, titles[post.thread_id]) for post in known])


def _titles(thread_ids: set[int]) -> dict[int, str]:
    """Return the titles of those that are for everybody: of others no word goes into the index."""
    named = select(Thread.id, Thread.title).where(Thread.id.in_(thread_ids), Thread.audience == "")
    with transaction() as current:
        return {thread: title for thread, title in current.execute(named)}  # noqa: C416 (rows)


def _text(post: Row[int, int, int, str, str], title: str) -> Text:
    """The title weighs most where the thread begins; below it only helps to find an answer."""
    if post.number == 1:
        return Text(post.id, title, "", post.body)
    return Text(post.id, "", title, post.body)


def find_anew() -> int:
    """Tell the search of every post anew; return how many there are."""
    with transaction() as current:
        current.execute(_anew())
    found = 0
    while some := find_posts():
        found += some
    return found


def _anew() -> Update:
    return update(Post).values(found_as=0).execution_options(synchronize_session=False)


def forget_words() -> int:
    """Forget words that stand nowhere any more; return how many they were."""
    with transaction():
        return forget_unused_words()
