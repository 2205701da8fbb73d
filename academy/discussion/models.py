"""The tables of threads, posts and what people do with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, index_of_references, now
from academy.people.models import Person

#: What posts are called in the index of words.
KIND = "post"
#: What a thread can be about; "topic" is about nothing but its title.
SUBJECTS = ("case", "live_session", "lesson", "topic")
#: A locked thread is read only; a hidden one is for moderators.
#: Who knows of a thread: "" everybody; "learners" who handed in a reflection of the lesson, and its
#: facilitators; "facilitators" they and who began it. Moderators see all of them.
AUDIENCES = ("", "learners", "facilitators")
THREAD_STATES = ("open", "locked", "hidden")
#: held: waits for a moderator; hidden: taken from view, may come back; removed: gone for good.
POST_STATES = ("visible", "held", "hidden", "removed")
#: What a reader can say with one tap.
REACTIONS = ("useful", "tried", "question")

#: Of posts whose words the search does not know as they stand now.
_WAITS = text("found_as <> version")
#: Of posts of which no reader was told yet.
_UNTOLD = text("untold_since IS NOT NULL")

_IS_BEST = text("is_best")


class Thread(Base):
    """A conversation: what it is about, how it stands, and how far its numbers have come."""

    __tablename__ = "threads"
    __table_args__ = (
        Index("ix_threads_subject", "subject_kind", "subject_id", "field"),
        Index("ix_threads_last_post_at", "last_post_at"),
        CheckConstraint("last_number >= 0", name="numbers_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    #: The id of the case or of the live session; None for a topic.
    subject_id: Mapped[int | None]
    #: The field of the case ("lessons", "dimensions.planet"); empty for the whole.
    field: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(200))
    #: BCP 47: in which it was begun.
    language: Mapped[str] = mapped_column(String(35))
    state: Mapped[str] = mapped_column(String(12), default="open")
    #: One of AUDIENCES; it never changes.
    audience: Mapped[str] = mapped_column(String(12), default="", server_default="")
    #: So many seconds have to pass between two posts of one person; 0 for none.
    slow_seconds: Mapped[int] = mapped_column(default=0)
    #: Pinned threads stand first in lists.
    is_pinned: Mapped[bool] = mapped_column(default=False)
    #: The number of the accepted answer.
    accepted_number: Mapped[int | None]
    #: Written by a moderator, shown on top (Markdown); every version is a ThreadSummary.
    summary: Mapped[str] = mapped_column(Text, default="")
    #: The version that stands; rises with every change and with taking it away.
    summary_version: Mapped[int] = mapped_column(default=0)
    #: The number of the last post that it covers.
    summary_covers: Mapped[int] = mapped_column(default=0)
    #: Whether a post of it was ever marked as worth reading: only then is asked which.
    has_best: Mapped[bool] = mapped_column(default=False)
    started_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    #: Of the last visible post: lists are sorted by it.
    last_post_at: Mapped[datetime] = mapped_column(default=now)
    #: The number that was given last; raised by a conditional UPDATE, so no two posts share one.
    last_number: Mapped[int] = mapped_column(default=0)
    #: Posts that everybody sees.
    visible_posts: Mapped[int] = mapped_column(default=0)
    #: Where it went when it was merged into another thread.
    merged_into: Mapped[int | None] = mapped_column(
        ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )


class Post(Base):
    """One contribution; its number within the thread is its address for ever."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        UniqueConstraint("author_id", "request_key"),
        Index("ix_posts_author_id_created_at", "author_id", "created_at"),
        Index("ix_posts_not_found_yet", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_posts_not_told_yet", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
        Index("ix_posts_best", "thread_id", sqlite_where=_IS_BEST, postgresql_where=_IS_BEST),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    #: CommonMark; emptied when the post is removed.
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    state: Mapped[str] = mapped_column(String(12), default="visible")
    #: The number of the post that it answers, where that stands now.
    answers: Mapped[int | None]
    #: In which thread that is; None: in the same. Filled where moderators moved one of the two.
    answers_thread_id: Mapped[int | None]
    #: Made by the form: the same post sent twice is one post.
    request_key: Mapped[str | None] = mapped_column(String(40))
    #: Rises with every edit; an edit of an older one is refused and told.
    version: Mapped[int] = mapped_column(default=1)
    #: The version that the search knows; 0: it is to look at the post anew.
    found_as: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Since when it was to be told to those who follow, are called or answered; None: they were.
    untold_since: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    #: Why a moderator changed its words, shown below them; empty where none did.
    moderator_note: Mapped[str] = mapped_column(Text, default="")
    #: A moderator marked it as worth reading; it is named on top of its thread.
    is_best: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Person | None] = relationship(lazy="raise")


index_of_references(Post.answers_thread_id)


class Reflection(Base):
    """A reflection of an attempt that its author shared: the post that shows it."""

    __tablename__ = "reflections"
    __table_args__ = (UniqueConstraint("attempt_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempts.id", ondelete="CASCADE"))
    question_key: Mapped[str] = mapped_column(String(60))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), unique=True)
    shared_at: Mapped[datetime] = mapped_column(default=now)


class PostVersion(Base):
    """What a post said before an edit."""

    __tablename__ = "post_versions"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    #: Who replaced it, and when.
    edited_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    edited_at: Mapped[datetime] = mapped_column(default=now)
    #: What the moderator said who replaced it; empty where its author did.
    note: Mapped[str] = mapped_column(Text, default="")


class Reaction(Base):
    """One tap of one person on one post."""

    __tablename__ = "reactions"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Mention(Base):
    """Somebody who was called by name in a post."""

    __tablename__ = "mentions"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Reading(Base):
    """How far somebody has read a thread, and whether they follow or mute it."""

    __tablename__ = "thread_readings"

    thread_id: Mapped[int] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    #: The number of the last post they have seen.
    read_number: Mapped[int] = mapped_column(default=0)
    #: "follow", "mute", or "" for neither.
    wish: Mapped[str] = mapped_column(String(8), default="")
    #: Since when they follow, if it is known: what was written before is no news to them.
    followed_at: Mapped[datetime | None]


class Rearrangement(Base):
    """What moderators did with a thread as a whole or with some posts of it, so far as to undo it.

    It holds numbers and no words; who did it, why, and who was told is the decision's.
    """

    __tablename__ = "rearrangements"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: move: to another subject; split: some posts into another thread; merge: all of them.
    kind: Mapped[str] = mapped_column(String(8))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True)
    #: Where the posts went; None for a move.
    into_id: Mapped[int | None] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    #: Whether that thread was begun for them.
    made_new: Mapped[bool] = mapped_column(default=False)
    #: What the thread was about before a move: {"subject_kind", "subject_id", "field"}.
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]


class Forward(Base):
    """Where a post stood before it was moved: its old address leads to it for ever."""

    __tablename__ = "post_forwards"

    thread_id: Mapped[int] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    rearrangement_id: Mapped[int] = mapped_column(
        ForeignKey("rearrangements.id", ondelete="CASCADE"), index=True
    )


class ThreadSummary(Base):
    """One version of the summary on top of a thread; an empty one took it away."""

    __tablename__ = "thread_summaries"
    __table_args__ = (UniqueConstraint("thread_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    covers: Mapped[int]
    written_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    written_at: Mapped[datetime] = mapped_column(default=now)


class Selection(Base):
    """What moderators chose as worth reading in one week (ISO 8601), sent once it is closed."""

    __tablename__ = "selections"
    __table_args__ = (UniqueConstraint("year", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    week: Mapped[int]
    #: When it was closed: from then on it has a page for everybody, and leaves by mail.
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class SelectionItem(Base):
    """One thread, post or case of a week's selection, and why it is worth reading."""

    __tablename__ = "selection_items"
    __table_args__ = (
        UniqueConstraint("selection_id", "thread_id"),
        UniqueConstraint("selection_id", "post_id"),
        UniqueConstraint("selection_id", "case_id"),
        CheckConstraint(
            "(thread_id IS NOT NULL AND post_id IS NULL AND case_id IS NULL) OR "
            "(thread_id IS NULL AND post_id IS NOT NULL AND case_id IS NULL) OR "
            "(thread_id IS NULL AND post_id IS NULL AND case_id IS NOT NULL)",
            name="one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    selection_id: Mapped[int] = mapped_column(ForeignKey("selections.id", ondelete="CASCADE"))
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_studies.id", ondelete="CASCADE"), index=True
    )
    #: Why, in a sentence, by language of our mails: {"en": "…"}; one at least.
    words: Mapped[dict[str, Any]]
    #: Its place in the list, from 1.
    position: Mapped[int]
    added_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime] = mapped_column(default=now)


class Quote(Base):
    """That a post quotes another by its address: known for ever, wherever the two are moved."""

    __tablename__ = "quotes"

    #: The post that quotes.
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    #: The post that is quoted.
    source_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class WithheldQuote(Base):
    """What was taken out of a post because it quotes one that may not be read now.

    It goes back to its place when that post is shown again, and is forgotten when it is removed.
    """

    __tablename__ = "withheld_quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The post that quotes.
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    #: Where it stood in an earlier version of it; None: in what it says now.
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("post_versions.id", ondelete="CASCADE"), index=True
    )
    #: The post that is quoted.
    source_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    #: Whole lines, with their marks of a quote.
    words: Mapped[str] = mapped_column(Text)
