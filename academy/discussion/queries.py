"""Reads of threads for pages, feeds and fragments, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Integer, cast, func, or_, select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.discussion.lines import LINES, PostLine, line_of, line_of_moved
from academy.discussion.models import SUBJECTS, Post, PostVersion, Reaction, Reading, Thread
from academy.discussion.places import Moved, find_place, list_moved
from academy.discussion.policy import can_moderate, may_read_post, visible_threads
from academy.discussion.ports import Subject, find_subjects
from academy.lib.paging import Page
from academy.people.models import Person

POSTS_ON_A_PAGE = 50
THREADS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """One thread in a list, with what it is about and how much of it is new to the reader."""

    thread: Thread
    subject: Subject | None
    unread: int = 0


def list_threads(
    person: Person | None,
    *,
    page: int = 1,
    language: str = "",
    about: str = "",
    subject: tuple[str, int] | None = None,
) -> Page[Listed]:
    """Return the threads that `person` may see; five statements at most."""
    chosen = visible_threads(person).where(Thread.merged_into.is_(None))
    if language:
        chosen = chosen.where(Thread.language == language)
    if about in SUBJECTS:
        chosen = chosen.where(Thread.subject_kind == about)
    if subject is not None:
        chosen = chosen.where(Thread.subject_kind == subject[0], Thread.subject_id == subject[1])
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(Thread.is_pinned.desc(), Thread.last_post_at.desc(), Thread.id)
    part = ordered.limit(THREADS_ON_A_PAGE).offset((page - 1) * THREADS_ON_A_PAGE)
    listed = _listed(session.scalars(part).all(), person)
    return Page(listed, page, total, THREADS_ON_A_PAGE)


def _listed(threads: Sequence[Thread], person: Person | None) -> list[Listed]:
    subjects = subjects_of(threads, person)
    read = _read_numbers(threads, person)
    return [
        Listed(
            thread,
            subjects.get((thread.subject_kind, thread.subject_id or 0)),
            max(thread.last_number - read[thread.id], 0) if thread.id in read else 0,
        )
        for thread in threads
    ]


def subjects_of(threads: Sequence[Thread], person: Person | None) -> dict[tuple[str, int], Subject]:
    """Return what threads are about, as far as `person` may see it; a statement for each kind."""
    wanted: dict[str, set[int]] = {}
    for thread in threads:
        if thread.subject_id is not None:
            wanted.setdefault(thread.subject_kind, set()).add(thread.subject_id)
    return {
        (kind, number): subject
        for kind, ids in wanted.items()
        for number, subject in find_subjects(kind, ids, person).items()
    }


def _read_numbers(threads: Sequence[Thread], person: Person | None) -> dict[int, int]:
    if person is None or not threads:
        return {}
    mine = select(Reading.thread_id, Reading.read_number).where(
        Reading.person_id == person.id, Reading.thread_id.in_([each.id for each in threads])
    )
    return {thread: number for thread, number in session.execute(mine)}  # noqa: C416 (rows)


@dataclass(frozen=True, slots=True)
class Shown:
    """One post on a page: whether its words may be read, and what readers tapped."""

    post: PostLine
    may_read: bool
    reactions: Mapping[str, int] = field(default_factory=dict)
    own_reactions: frozenset[str] = frozenset()
    #: Filled where posts stood that moderators moved to another thread.
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a thread, oldest first, with the reader's own standing."""

    thread: Thread
    subject: Subject | None
    posts: Sequence[Shown]
    page: int
    pages: int
    reading: Reading | None

    @property
    def read_number(self) -> int:
        """The number of the last post that the reader has seen."""
        return self.reading.read_number if self.reading else 0


def find_thread(thread_id: int, person: Person | None) -> Thread | None:
    """Return the thread if `person` may see it; one statement."""
    return session.scalars(visible_threads(person).where(Thread.id == thread_id)).one_or_none()


def find_post(thread: Thread, number: int, person: Person | None) -> Post | None:
    """Return a post whose words `person` may read, with its author; one statement."""
    chosen = select(Post).where(Post.thread_id == thread.id, Post.number == number)
    readable = chosen.where(may_read_post(person)).options(joinedload(Post.author))
    return session.scalars(readable).one_or_none()


def find_post_at(thread_id: int, number: int, person: Person | None) -> tuple[Thread, Post] | None:
    """Return the post that has, or once had, this address, and the thread in which it stands.

    None where `person` may not read it. Two statements, five where it was moved.
    """
    thread = find_thread(thread_id, person)
    post = find_post(thread, number, person) if thread else None
    if thread and post:
        return thread, post
    place = find_place(thread_id, number)
    if place is None or place == (thread_id, number):
        return None
    return find_post_at(place.thread_id, place.number, person)


def page_of_post(number: int) -> int:
    """Return the page on which the post stands: numbers are never given twice."""
    return (max(number, 1) - 1) // POSTS_ON_A_PAGE + 1


def read_page(thread: Thread, person: Person | None, page: int = 1) -> ThreadPage:
    """Return one page of `thread`; four statements, three for somebody not signed in.

    One more where posts were moved from it to another thread.
    """
    pages = max(page_of_post(thread.last_number), 1)
    page = min(max(page, 1), pages)
    first = (page - 1) * POSTS_ON_A_PAGE + 1
    posts = read_posts(thread, person, first, first + POSTS_ON_A_PAGE - 1)
    subject = subjects_of([thread], person).get((thread.subject_kind, thread.subject_id or 0))
    reading = session.get(Reading, (thread.id, person.id)) if person else None
    return ThreadPage(thread, subject, posts, page, pages, reading)


def read_posts(thread: Thread, person: Person | None, first: int, last: int) -> list[Shown]:
    """Return the posts of a thread from a number to another, in their order; two statements.

    What was removed or hidden keeps its number and says no word; what was never shown is left out.
    Where numbers are missing, a third one asks to which thread moderators moved their posts.
    """
    within = Post.thread_id == thread.id, Post.number.between(first, last)
    posts = [line_of(row) for row in session.execute(LINES.where(*within).order_by(Post.number))]
    shown = _show(posts, person)
    if len(posts) < min(last, thread.last_number) - first + 1:
        shown += _show_moved(thread, list_moved(thread.id, first, last, person))
        shown.sort(key=lambda one: one.post.number)
    return shown


def _show_moved(thread: Thread, moved: Sequence[Moved]) -> list[Shown]:
    return [
        Shown(line_of_moved(thread.id, one.last, thread.created_at), may_read=False, moved=one)
        for one in moved
    ]


def _show(posts: Sequence[PostLine], person: Person | None) -> list[Shown]:
    counts, own = _reactions([post.id for post in posts], person)
    return [
        Shown(
            post, _may_read(post, person), counts.get(post.id, {}), frozenset(own.get(post.id, ()))
        )
        for post in posts
        if _stands(post, person)
    ]


def _may_read(post: PostLine, person: Person | None) -> bool:
    own = person is not None and post.author_id == person.id
    return post.state == "visible" or can_moderate(person) or (own and post.state == "held")


def _stands(post: PostLine, person: Person | None) -> bool:
    return post.state in {"visible", "hidden", "removed"} or _may_read(post, person)


def _reactions(
    ids: Sequence[int], person: Person | None
) -> tuple[dict[int, dict[str, int]], dict[int, set[str]]]:
    counts: dict[int, dict[str, int]] = {}
    own: dict[int, set[str]] = {}
    if not ids:
        return counts, own
    mine = func.max(cast(Reaction.person_id == (person.id if person else 0), Integer))
    counted = select(Reaction.post_id, Reaction.kind, func.count(), mine)
    rows = counted.where(Reaction.post_id.in_(ids)).group_by(Reaction.post_id, Reaction.kind)
    for post_id, kind, count, is_own in session.execute(rows):
        counts.setdefault(post_id, {})[kind] = count
        if is_own:
            own.setdefault(post_id, set()).add(kind)
    return counts, own


def read_newest(thread: Thread, most: int = 30) -> Sequence[Post]:
    """Return the newest posts that everybody sees, with their authors; one statement."""
    shown = select(Post).where(Post.thread_id == thread.id, Post.state == "visible")
    newest = shown.order_by(Post.number.desc()).limit(most)
    return session.scalars(newest.options(joinedload(Post.author))).all()


def find_standing(thread: Thread, number: int, person: Person | None) -> int:
    """Return the number of the post, or of the next that stands there for `person`; one statement.

    After the last one it is the number that was asked for.
    """
    stands = or_(Post.state.in_(("hidden", "removed")), may_read_post(person))
    follow = select(func.min(Post.number)).where(Post.thread_id == thread.id, stands)
    return session.scalar(follow.where(Post.number >= number)) or number


def find_last_visible(thread: Thread) -> int:
    """Return the number of the last post that everybody sees, or 0; one statement."""
    shown = select(func.max(Post.number)).where(
        Post.thread_id == thread.id, Post.state == "visible"
    )
    return session.scalar(shown) or 0


def read_after(thread: Thread, number: int, person: Person | None) -> list[Shown]:
    """Return the posts that follow a number, as many as a page holds; two statements."""
    return read_posts(thread, person, number + 1, number + POSTS_ON_A_PAGE)


def find_last_number_of(thread: Thread, person: Person) -> int:
    """Return the number of the last post of `person` that everybody sees, or 0; one statement."""
    own = select(func.max(Post.number)).where(
        Post.thread_id == thread.id, Post.author_id == person.id, Post.state == "visible"
    )
    return session.scalar(own) or 0


def list_versions(post: Post) -> Sequence[PostVersion]:
    """Return what a post said before, the newest first; one statement."""
    before = select(PostVersion).where(PostVersion.post_id == post.id)
    return session.scalars(before.order_by(PostVersion.version.desc()).limit(100)).all()


#: So many threads are named on the page of what they are about.
MOST_ABOUT = 8


def list_about(kind: str, number: int, person: Person | None) -> Sequence[Thread]:
    """Return the newest threads about one case or live session; one statement."""
    chosen = visible_threads(person).where(
        Thread.subject_kind == kind, Thread.subject_id == number, Thread.merged_into.is_(None)
    )
    return session.scalars(chosen.order_by(Thread.last_post_at.desc()).limit(MOST_ABOUT)).all()
