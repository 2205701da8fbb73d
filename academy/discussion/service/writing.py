"""Posts: written once, shown, held or refused by the gate, edited with their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from academy.db import Moment, now, session, table_of, transaction
from academy.discussion import events
from academy.discussion.calling import find_called
from academy.discussion.errors import EditedMeanwhile, NotYours, Refused, ThreadClosed
from academy.discussion.models import Mention, Post, PostVersion, Thread
from academy.discussion.news import tell_called
from academy.discussion.places import find_place
from academy.discussion.policy import can_edit, can_moderate
from academy.discussion.ports import SHOW, Draft, Verdict, judge, tell_held
from academy.discussion.service.finding import find_soon, look_anew, lose
from academy.discussion.service.locking import lock_thread_of
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
_SENT = select(_POSTS.c.id).where(
    _POSTS.c.author_id == bindparam("author_id"), _POSTS.c.request_key == bindparam("request_key")
)


def _taking(**counts: Any) -> ReturningUpdate[Thread]:
    return (
        update(Thread)
        .where(
            Thread.id == bindparam("wanted"), Thread.merged_into.is_(None),
            Thread.state.in_(bindparam("open_to", expanding=True)),
        )
        .values(last_number=Thread.last_number + 1, **counts)
        .returning(Thread)
        .execution_options(synchronize_session=False, populate_existing=True)
    )  # fmt: skip


_SHOWN_AT = bindparam("shown_at", type_=Moment())
_TAKE, _TAKE_AND_COUNT = (
    _taking(),
    _taking(
        visible_posts=Thread.visible_posts + 1,
        last_post_at=case((Thread.last_post_at < _SHOWN_AT, _SHOWN_AT), else_=Thread.last_post_at),
    ),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A post as it stands after it was written, and what the gate said of it."""

    post: Post
    verdict: Verdict

    @property
    def is_held(self) -> bool:
        """Whether it waits for a moderator."""
        return self.post.state == "held"


def reply(
    thread_id: int, author: Person, body: str, *, language: str = "", answers: int | None = None,
    request_key: str | None = None,
) -> Written:  # fmt: skip
    """Add a post to a thread; the same `request_key` of the same author gives the same post.

    Where the thread was merged into another meanwhile, the post goes there, too. Raises
    ThreadClosed, or Refused with the gate's verdict; nothing is written then.
    """
    with transaction() as current:
        if again := sent_before(author.id, request_key):
            return again
        verdict, at = _ask(Draft(author, body, thread_id)), now()
        thread = take_number(current, thread_id, author, verdict, at)
        post = Post(
            thread_id=thread.id, number=thread.last_number, author_id=author.id, body=body,
            language=language or thread.language, request_key=request_key, created_at=at,
            untold_since=at, state=_state_after(verdict),
        )  # fmt: skip
        if answers is not None:
            _answer(post, thread_id, answers)
        return put_up(current, thread, post, verdict)


def _state_after(verdict: Verdict) -> str:
    return "held" if verdict.outcome == "hold" else "visible"


def _answer(post: Post, thread_id: int, number: int) -> None:
    """Note which post it answers, where that stands now; a number that none ever had is dropped."""
    if place := find_place(thread_id, number):
        post.answers = place.number
        post.answers_thread_id = None if place.thread_id == post.thread_id else place.thread_id


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
    post_id = session.scalar(_SENT, values)
    return Written(session.get_one(Post, post_id), SHOW) if post_id else None


def take_number(
    current: Session, thread_id: int, author: Person, verdict: Verdict, at: datetime
) -> Thread:
    """Lock the thread and give it the next number; a merged one leads to where it went.

    What is shown is counted with it: a statement of its own would cost a thirtieth of the post.
    Raises ThreadClosed where nobody may write.
    """
    open_to = ("open", "locked", "hidden") if can_moderate(author) else ("open",)
    values: dict[str, object] = {"wanted": thread_id, "open_to": open_to}
    if _state_after(verdict) == "visible":
        taken = current.scalars(_TAKE_AND_COUNT, values | {"shown_at": at}).one_or_none()
    else:
        taken = current.scalars(_TAKE, values).one_or_none()
    if taken is not None:
        return taken
    merged = select(Thread.merged_into).where(Thread.id == thread_id, Thread.state.in_(open_to))
    if into := current.scalar(merged):
        return take_number(current, into, author, verdict, at)
    raise ThreadClosed


def put_up(current: Session, thread: Thread, post: Post, verdict: Verdict) -> Written:
    """Store a new post, whom it calls and who follows; tell moderators where it is held.

    Its thread has counted it (take_number); readers are told a moment later.
    """
    current.add(post)
    current.flush()
    note_quotes(current, post)
    assert post.author_id is not None  # noqa: S101 (somebody writes it)
    for person_id in find_called(thread.id, post.body) - {post.author_id}:
        current.add(Mention(post_id=post.id, person_id=person_id))
    current.flush()
    follow_silently(thread.id, post.author_id, post.number, post.created_at)
    if post.state == "visible":
        tell_soon()
        _show_in_browsers([(thread, post)])
    else:
        tell_held({post.id: verdict.reason})
    return Written(post, verdict)


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
            return Written(post, SHOW)
        verdict = _ask(Draft(person, body, thread.id, is_edit=True))
        keep_version(current, post, person.id, version)
        return _put_edit(current, thread, post, body, verdict)


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
    return Written(post, verdict)


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
