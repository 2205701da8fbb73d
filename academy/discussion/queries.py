"""Reads of threads for pages, feeds and fragments, each in a counted number of statements."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from academy.db import session, table_of
from academy.discussion.lines import LINES, PostLine, in_span, line_of, line_of_moved
from academy.discussion.models import SUBJECTS, Post, PostVersion, Reaction, Reading, Thread
from academy.discussion.places import Moved, find_place, list_moved
from academy.discussion.policy import (
    can_moderate,
    is_known_to,
    may_read_post,
    standing_of,
    visible_threads,
)
from academy.discussion.ports import Subject, find_subjects
from academy.lib.paging import Page
from academy.people.models import Person

POSTS_ON_A_PAGE = 50
THREADS_ON_A_PAGE = 30
#: What everybody sees to be there; of the last two no word is read.
EVERYBODY_KNOWS = frozenset({"visible", "hidden", "removed"})
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """One thread in a list, with what it is about and how much of it is new to the reader."""

    thread: Thread
    subject: Subject | None
    unread: int = 0

    @property
    def first_new(self) -> int:
        """The number of the first post that the reader has not seen."""
        return self.thread.last_number - self.unread + 1


def list_threads(
    person: Person | None,
    *,
    page: int = 1,
    language: str = "",
    about: str = "",
    subject: tuple[str, int] | None = None,
) -> Page[Listed]:
    """Return the threads that everybody may see, as `person` does; five statements at most."""
    chosen = visible_threads(person).where(Thread.merged_into.is_(None), Thread.audience == "")
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


_POSTS, _REACTIONS, _READINGS = (table_of(model) for model in (Post, Reaction, Reading))
#: How often each post of a span was tapped, and whether by the reader; as a post 0, how far the
#: reader has read the thread, and their wish. Made once, as LINES.
_TAPS = union_all(
    select(
        _REACTIONS.c.post_id, _REACTIONS.c.kind, func.count(),
        func.max(cast(_REACTIONS.c.person_id == bindparam("reader_id"), Integer)),
    )
    .join(_POSTS, _POSTS.c.id == _REACTIONS.c.post_id)
    .where(in_span(_POSTS))
    .group_by(_REACTIONS.c.post_id, _REACTIONS.c.kind),
    select(literal(0), _READINGS.c.wish, _READINGS.c.read_number, literal(0)).where(
        _READINGS.c.thread_id == bindparam("thread_id"),
        _READINGS.c.person_id == bindparam("reader_id"),
    ),
).order_by("post_id", "kind")  # fmt: skip
#: The counts of taps of each post, and which of them are the reader's own.
Taps = tuple[dict[int, tuple[tuple[str, int], ...]], dict[int, frozenset[str]]]


class Shown(NamedTuple):
    """One post on a page: whether its words may be read, and what readers tapped how often."""

    post: PostLine
    may_read: bool
    taps: tuple[tuple[str, int], ...] = ()
    own_taps: frozenset[str] = frozenset()
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
    #: The number of the last post that the reader has seen, and "follow", "mute" or "".
    read_number: int = 0
    wish: str = ""

    @property
    def first(self) -> int:
        """The number of the first post that may stand on the page."""
        return (self.page - 1) * POSTS_ON_A_PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last one."""
        return min(self.page * POSTS_ON_A_PAGE, self.thread.last_number)

    @property
    def has_new(self) -> bool:
        """Whether there are posts that the reader, who was here before, has not seen."""
        return 0 < self.read_number < self.thread.last_number


_one_thread: dict[Hashable, Select[Thread]] = {}


def find_thread(thread_id: int, person: Person | None) -> Thread | None:
    """Return the thread if `person` may see it; one statement.

    Making the statement costs as much as running it, so the three of them are kept.
    """
    standing = standing_of(person)
    if standing not in _one_thread:
        known = is_known_to(person, bindparam("person_id", type_=Integer))
        _one_thread[standing] = select(Thread).where(Thread.id == bindparam("thread_id"), known)
    values = {"thread_id": thread_id, "person_id": person.id if person else 0}
    return session.scalars(_one_thread[standing], values).one_or_none()


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
    """Return one page of `thread`; two statements, one more where it is about something.

    Another one where posts were moved from it to another thread.
    """
    pages = max(page_of_post(thread.last_number), 1)
    page = min(max(page, 1), pages)
    first = (page - 1) * POSTS_ON_A_PAGE + 1
    posts, read_number, wish = _read_span(thread, person, first, first + POSTS_ON_A_PAGE - 1)
    subject = subjects_of([thread], person).get((thread.subject_kind, thread.subject_id or 0))
    return ThreadPage(thread, subject, posts, page, pages, read_number, wish)


def read_posts(thread: Thread, person: Person | None, first: int, last: int) -> list[Shown]:
    """Return the posts of a thread from one number to another, in their order; two statements.

    What was removed or hidden keeps its number and says no word; what was never shown is left out.
    Where numbers are missing, a third one asks to which thread moderators moved their posts.
    """
    return _read_span(thread, person, first, last)[0]


def _read_span(
    thread: Thread, person: Person | None, first: int, last: int
) -> tuple[list[Shown], int, str]:
    span = {"thread_id": thread.id, "first": first, "last": last}
    everything, own_id = can_moderate(person), person.id if person else None
    lines = [line_of(row) for row in session.execute(LINES, span).all()]
    (counts, own), read_number, wish = _read_taps(span | {"reader_id": own_id or 0})
    posts = [
        Shown(post, may_read, counts.get(post.id, ()), own.get(post.id, NONE))
        for post in lines
        if (may_read := everything or _may_read(post, own_id)) or post.state in EVERYBODY_KNOWS
    ]
    if len(lines) < min(last, thread.last_number) - first + 1:
        posts += _show_moved(thread, list_moved(thread.id, first, last, person))
        posts.sort(key=lambda one: one.post.number)
    return posts, read_number, wish


def _show_moved(thread: Thread, moved: Sequence[Moved]) -> list[Shown]:
    return [
        Shown(line_of_moved(thread.id, one.last, thread.created_at), may_read=False, moved=one)
        for one in moved
    ]


def _may_read(post: PostLine, own_id: int | None) -> bool:
    """Whether somebody who does not moderate may read the words."""
    is_own = own_id is not None and post.author_id == own_id
    return post.state == "visible" or (is_own and post.state == "held")


def _read_taps(span: dict[str, int]) -> tuple[Taps, int, str]:
    counts: dict[int, tuple[tuple[str, int], ...]] = {}
    own: dict[int, frozenset[str]] = {}
    read_number, wish = 0, ""
    for post_id, kind, count, is_own in session.execute(_TAPS, span).all():
        if not post_id:
            read_number, wish = count, kind
            continue
        counts[post_id] = (*counts.get(post_id, ()), (kind, count))
        if is_own:
            own[post_id] = own.get(post_id, NONE) | {kind}
    return (counts, own), read_number, wish


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


def find_first_since(thread: Thread, moment: datetime) -> int | None:
    """Return the number of the first post that everybody sees from a moment on; one statement."""
    since = select(func.min(Post.number)).where(
        Post.thread_id == thread.id, Post.state == "visible", Post.created_at >= moment
    )
    return session.scalar(since)


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
    chosen = _ABOUT_FOR_EVERYBODY if person is None else _about(person)
    return session.scalars(chosen, {"kind": kind, "number": number}).all()


def _about(person: Person | None) -> Select[Thread]:
    chosen = visible_threads(person).where(
        Thread.subject_kind == bindparam("kind"), Thread.subject_id == bindparam("number"),
        Thread.merged_into.is_(None), Thread.audience == "",
    )  # fmt: skip
    return chosen.order_by(Thread.last_post_at.desc()).limit(MOST_ABOUT)


#: Built once: every page of a case asks it for a reader who is not signed in.
_ABOUT_FOR_EVERYBODY = _about(None)
