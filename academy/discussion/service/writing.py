"""Posts: written once, shown, held or refused by the gate, edited with their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.db import now, session, table_of, transaction
from academy.discussion import events
from academy.discussion.calling import find_called
from academy.discussion.errors import EditedMeanwhile, NotYours, Refused, ThreadClosed
from academy.discussion.models import Mention, Post, PostVersion, Thread
from academy.discussion.news import tell_called
from academy.discussion.places import Place, find_place
from academy.discussion.policy import can_edit
from academy.discussion.ports import SHOW, Draft, Verdict, judge, tell_held
from academy.discussion.quoting import holds_quotes
from academy.discussion.service.finding import find_soon, look_anew, lose
from academy.discussion.service.locking import lock_thread_of
from academy.discussion.service.numbering import Taken, take_number
from academy.discussion.service.reading import follow_silently
from academy.discussion.service.telling import tell_anew, tell_soon
from academy.discussion.service.withholding import (
    forget_withheld,
    give_all_quotes_back,
    keep_with_version,
    note_quotes,
    withhold_quotes_of_all,
)
from academy.people.models import Person

#: Characters; about seven printed pages.
LONGEST_POST = 20_000


#: Made once, for making a statement costs as much as running it.
_POSTS = table_of(Post)
_STORE = insert(_POSTS).returning(_POSTS.c.id)
_SENT = select(_POSTS.c.id, _POSTS.c.thread_id, _POSTS.c.number, _POSTS.c.state).where(
    _POSTS.c.author_id == bindparam("author_id"), _POSTS.c.request_key == bindparam("request_key")
)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes, when, and the key by which sending it twice is sending it once."""

    author: Person
    body: str
    language: str
    request_key: str | None
    at: datetime
    answers: Place | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Where a post stands after it was written, and what the gate said of it."""

    id: int
    thread_id: int
    number: int
    state: str
    verdict: Verdict

    @property
    def is_held(self) -> bool:
        """Whether it waits for a moderator."""
        return self.state == "held"

    @property
    def post(self) -> Post:
        """The post itself; one statement, unless it is loaded."""
        return session.get_one(Post, self.id)


def reply(
    thread_id: int, author: Person, body: str, *, language: str = "", answers: int | None = None,
    request_key: str | None = None,
) -> Written:  # fmt: skip
    """Add a post to a thread; the same `request_key` of the same author gives the same post.

    Where the thread was merged into another meanwhile, the post goes there, too. Raises
    ThreadClosed where the author may not write or know of it, or Refused with the gate's verdict;
    nothing is written then. Four statements.
    """
    try:
        with transaction() as current:
            verdict, at = _ask(Draft(author, body, thread_id)), now()
            taken = take_number(
                current, thread_id, author, at, is_shown=is_shown_after(verdict),
                answers=answers, request_key=request_key,
            )  # fmt: skip
            place = None if answers is None else _answered(taken, thread_id, answers)
            words = Words(author, body, language or taken.language, request_key, at, place)
            return put_up(current, taken, words, verdict)
    except (Refused, ThreadClosed, IntegrityError):
        # What is sent again is the same post, whatever the gate says of it by now; of two that
        # come in the same moment the database takes one.
        if again := sent_before(author.id, request_key):
            return again
        raise


def is_shown_after(verdict: Verdict) -> bool:
    """Whether everybody sees a post of which the gate said this."""
    return verdict.outcome != "hold"


def _answered(taken: Taken, thread_id: int, number: int) -> Place | None:
    """Return which post it answers, where that stands now; None for a number that none ever had."""
    return Place(thread_id, number) if taken.answered else find_place(thread_id, number)


def _ask(draft: Draft) -> Verdict:
    verdict = judge(draft)
    if verdict.outcome == "refuse":
        raise Refused(verdict)
    return verdict


def sent_before(author_id: int, request_key: str | None) -> Written | None:
    """Return the post that this author sent with the same key, if there is one."""
    if not request_key:
        return None
    values = {"author_id": author_id, "request_key": request_key}
    row = session.execute(_SENT, values).one_or_none()
    return Written(*row, verdict=SHOW) if row else None


def put_up(current: Session, taken: Taken, words: Words, verdict: Verdict) -> Written:
    """Store a new post, whom it calls and who follows; tell moderators where it is held.

    Its thread has counted it (take_number); readers are told a moment later.
    """
    written = _store(current, taken, words, verdict)
    body = words.body
    if holds_quotes(body):
        note_quotes(current, written.post)
        current.flush()
        body = written.post.body
    called = find_called(taken.thread_id, body) - {words.author.id}
    current.add_all([Mention(post_id=written.id, person_id=person) for person in called])
    follow_silently(taken.thread_id, words.author.id, taken.number, words.at)
    if written.is_held:
        tell_held({written.id: verdict.reason})
        return written
    tell_soon()
    find_soon()
    if taken.state != "hidden":
        events.post_came(taken.thread_id, taken.number)
    return written


def _store(current: Session, taken: Taken, words: Words, verdict: Verdict) -> Written:
    state = "visible" if is_shown_after(verdict) else "held"
    there, number = words.answers or (None, None)
    values = {
        "thread_id": taken.thread_id, "number": taken.number, "author_id": words.author.id,
        "body": words.body, "language": words.language, "state": state,
        "answers": number, "answers_thread_id": None if there == taken.thread_id else there,
        "request_key": words.request_key, "created_at": words.at, "untold_since": words.at,
    }  # fmt: skip
    post_id = current.scalars(_STORE, values).one()
    return Written(post_id, taken.thread_id, taken.number, state, verdict)


def appear(current: Session, thread: Thread, post: Post) -> None:
    """Let everybody see a post: counted, told to those who follow, and live in open browsers."""
    appear_all(current, [(thread, post)])


def appear_all(current: Session, placed: Sequence[tuple[Thread, Post]]) -> None:
    """Let everybody see these posts; only quotes of them ask more statements than one would."""
    hidden = [pair for pair in placed if pair[1].state != "visible"]
    for thread, post in placed:
        post.state = "visible"
        thread.visible_posts += 1
        thread.last_post_at = max(thread.last_post_at, post.created_at)
    current.flush()
    if hidden:
        look_anew([post.id for _thread, post in hidden])
        tell_anew([post.id for _thread, post in hidden])
        give_all_quotes_back(current, hidden)
    _show_in_browsers(placed)


def _show_in_browsers(placed: Sequence[tuple[Thread, Post]]) -> None:
    """Tell open pages of posts that everybody sees from now on, and soon the search."""
    find_soon()
    for thread, post in placed:
        events.post_changed(thread, post, "new")
        if post.is_best:
            events.thread_changed(thread)


def vanish(current: Session, thread: Thread, post: Post, state: str) -> None:
    """Take a post from everybody's view: `hidden` or `removed`; open browsers drop it at once."""
    vanish_all(current, [(thread, post)], state)


def vanish_all(current: Session, placed: Sequence[tuple[Thread, Post]], state: str) -> None:
    """Take these posts from everybody's view; only quotes of them ask more statements."""
    # What is named on top of its thread changes that, too.
    named = [pair for pair in placed if pair[1].is_best or _is_accepted(*pair)]
    for thread, post in placed:
        if post.state == "visible":
            thread.visible_posts -= 1
        post.state = state
        if _is_accepted(thread, post):
            thread.accepted_number = None
        if state == "removed":
            post.is_best = False
            post.untold_since = None
    current.flush()
    lose([post for _thread, post in placed])
    if state != "removed":
        withhold_quotes_of_all(current, placed)
    for thread, post in placed:
        events.post_changed(thread, post, "gone")
    for thread, _post in named:
        events.thread_changed(thread)


def _is_accepted(thread: Thread, post: Post) -> bool:
    return thread.accepted_number == post.number


def edit_post(post: Post, person: Person, body: str, *, version: int) -> Written:
    """Replace the words of one's own post; what they were stays as its history.

    The edit passes the same gate as a new post: what it holds is not seen until a moderator
    looked at it. Raises NotYours, EditedMeanwhile with the words that stand now, or Refused.
    """
    with transaction() as current:
        thread = lock_thread_of(current, post)
        if not can_edit(person, post, thread):
            raise NotYours
        if body == post.body:
            return _as_written(post, SHOW)
        verdict = _ask(Draft(person, body, thread.id, is_edit=True))
        keep_version(current, post, person.id, version)
        return _put_edit(current, thread, post, body, verdict)


def _as_written(post: Post, verdict: Verdict) -> Written:
    return Written(post.id, post.thread_id, post.number, post.state, verdict)


def keep_version(
    current: Session, post: Post, person_id: int, version: int, note: str = ""
) -> None:
    """Keep what a post says before it is replaced; raises EditedMeanwhile where it was already."""
    taken = current.execute(
        update(Post)
        .where(Post.id == post.id, Post.version == version)
        .values(version=version + 1, edited_at=now())
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        current.refresh(post)
        raise EditedMeanwhile(post.body, post.version)
    before = PostVersion(
        post_id=post.id, version=version, body=post.body, edited_by=person_id, note=note
    )
    current.add(before)
    current.flush()
    keep_with_version(current, post, before)
    current.refresh(post)


def _put_edit(current: Session, thread: Thread, post: Post, body: str, verdict: Verdict) -> Written:
    post.body = body
    note_quotes(current, post)
    called = _call_more(current, post)
    if verdict.outcome == "hold" and post.state == "visible":
        vanish(current, thread, post, "held")
        tell_held({post.id: verdict.reason})
    else:
        current.flush()
        if post.state == "visible":
            if called:
                tell_called(post, called)
            find_soon()
            events.post_changed(thread, post, "edited")
            if post.is_best or thread.accepted_number == post.number:
                events.thread_changed(thread)
    return _as_written(post, verdict)


def _call_more(current: Session, post: Post) -> set[int]:
    """Note whom an edit calls by name who was not called before; return them."""
    called = find_called(post.thread_id, post.body) - {post.author_id}
    if not called:
        return set()
    before = select(Mention.person_id).where(Mention.post_id == post.id)
    more: set[int] = called - set(current.scalars(before))
    current.add_all([Mention(post_id=post.id, person_id=person_id) for person_id in more])
    current.flush()
    return more


def remove_own(post: Post, person: Person) -> None:
    """Take one's own post away for good: its words and their history are emptied.

    Its number stays, so that answers keep what they answer. Raises NotYours.
    """
    with transaction() as current:
        thread = lock_thread_of(current, post)
        if not can_edit(person, post, thread):
            raise NotYours
        empty(current, post)
        vanish(current, thread, post, "removed")


def empty(current: Session, post: Post) -> None:
    """Forget what a post said, in all its versions and where others quote it; see lock_thread.

    What moderators said of its words goes, too.
    """
    empty_all(current, [(current.get_one(Thread, post.thread_id), post)])


def empty_all(current: Session, placed: Sequence[tuple[Thread, Post]]) -> None:
    """Forget what these posts said; only quotes of them ask more statements than one would."""
    posts = [post for _thread, post in placed]
    withhold_quotes_of_all(current, placed, for_good=True)
    forget_withheld(current, [post.id for post in posts])
    for post in posts:
        post.body = post.moderator_note = ""
    versions = update(PostVersion).where(PostVersion.post_id.in_([post.id for post in posts]))
    current.execute(versions.values(body="", note=""))
