"""The tables of courses: what was loaded from files, and what learners did with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now


class Course(Base):
    """A course as its plan says it."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: "published", or "withdrawn": its folder is gone, its learners' progress is not.
    #: "draft": made in the browser and never published.
    status: Mapped[str] = mapped_column(String(12), default="published")
    #: Who decides about the status: "files" (a folder that is gone withdraws) or "browser".
    decided_by: Mapped[str] = mapped_column(String(8), default="files")
    #: record.CoursePlan as JSON.
    plan: Mapped[dict[str, Any]]
    #: {"en": {"solidarity": {"term": …, "html": …}}}
    glossary: Mapped[dict[str, Any]]
    #: SHA-256 of all that was loaded: an unchanged folder changes nothing.
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)

    lessons: Mapped[list["Lesson"]] = relationship(
        back_populates="course", order_by="Lesson.position", cascade="all, delete-orphan",
        passive_deletes=True,
    )  # fmt: skip


class Lesson(Base):
    """One lesson: its place in the course; its `key` never changes."""

    __tablename__ = "lessons"
    __table_args__ = (Index("ix_lessons_course_id_position", "course_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    #: record.LessonPlan.id
    key: Mapped[str] = mapped_column(String(60), unique=True)
    module: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(60))
    #: From 1, through the whole course; 0 when it is in no course any more.
    position: Mapped[int]
    minutes: Mapped[int]
    #: So many questions are drawn for an attempt; None: all, or there is no quiz.
    draw: Mapped[int | None]
    #: Percent from which the quiz counts as passed.
    passed_at: Mapped[int] = mapped_column(default=60)
    #: What people talk about in it (spots.py): [{"field", "anchor", "slug", "words": {"en": …}}]
    spots: Mapped[list[Any]] = mapped_column(default=list, deferred=True)

    course: Mapped[Course] = relationship(back_populates="lessons")
    texts: Mapped[list["LessonText"]] = relationship(
        back_populates="lesson", cascade="all, delete-orphan", passive_deletes=True
    )


class LessonText(Base):
    """A lesson in one language."""

    __tablename__ = "lesson_texts"
    __table_args__ = (UniqueConstraint("lesson_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"))
    #: BCP 47.
    language: Mapped[str] = mapped_column(String(35))
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(600))
    #: record.LessonHead as JSON.
    head: Mapped[dict[str, Any]]
    #: directives.as_json of its pieces: clean HTML, and what each directive is given.
    parts: Mapped[list[Any]]
    words: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(default=now)

    lesson: Mapped[Lesson] = relationship(back_populates="texts")


class QuizQuestion(Base):
    """One question of a lesson's quiz, in all its languages."""

    __tablename__ = "quiz_questions"
    __table_args__ = (UniqueConstraint("lesson_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    #: By language: questions.Question as JSON.
    words: Mapped[dict[str, Any]]
    #: When it was taken out of the file; answers to it stay.
    retired_at: Mapped[datetime | None]


class CourseFile(Base):
    """One file of a course as it was loaded: its figures are served from here, its ZIP is made."""

    __tablename__ = "course_files"
    __table_args__ = (UniqueConstraint("course_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    #: From the folder of the course on: "foundations/values.en.md".
    path: Mapped[str] = mapped_column(String(300))
    #: SHA-256: part of a figure's address, which may then be kept for ever.
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class CourseFileVersion(Base):
    """What one file of a course once said, and where that came from; never changed."""

    __tablename__ = "course_file_versions"
    __table_args__ = (UniqueConstraint("course_id", "path", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(300))
    #: From 1, for each path.
    number: Mapped[int]
    #: "files": a load found it so; "browser": it was published there; "aside": a draft that was
    #: given up or replaced by somebody else's.
    whence: Mapped[str] = mapped_column(String(8))
    #: SHA-256; empty where the file was taken away.
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    #: Why, in the author's words.
    note: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class CourseDraft(Base):
    """What a file of a course shall say once it is published; all who edit share it."""

    __tablename__ = "course_drafts"

    course_id: Mapped[int] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    #: Of the published file from which it was made; empty where there was none.
    based_on: Mapped[str] = mapped_column(String(64))
    #: SHA-256; empty where the file shall be taken away.
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Who saved it last.
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    saved_at: Mapped[datetime] = mapped_column(default=now)


class LessonLink(Base):
    """A lesson uses a case, or is presented in a live session: both pages name it."""

    __tablename__ = "lesson_links"
    __table_args__ = (Index("ix_lesson_links_kind_key", "kind", "key"),)

    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True
    )
    #: "case" or "live_session", and its slug.
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    #: From which minute of the live session on; 0 where nobody noted it.
    minute: Mapped[int] = mapped_column(default=0)


class FormerAddress(Base):
    """Where a lesson stood before it was renamed or moved: its old address leads on."""

    __tablename__ = "former_lesson_addresses"

    #: The slug of the course, as it stands in the address.
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    module: Mapped[str] = mapped_column(String(60), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)


class Study(Base):
    """One person and one lesson: how far they are."""

    __tablename__ = "lesson_studies"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    opened_at: Mapped[datetime] = mapped_column(default=now)
    #: Newest first is where one resumes.
    seen_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    #: Percent of the best attempt at its quiz; None without one.
    best: Mapped[int | None]
    passed_at: Mapped[datetime | None]
    #: When they first handed in a reflection: from then on they may read those of others.
    reflected_at: Mapped[datetime | None]
    #: One's own words, that nobody else sees.
    note: Mapped[str] = mapped_column(Text, default="")


class Attempt(Base):
    """One try at a quiz: what was drawn, what was given, how it went."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        Index("ix_quiz_attempts_person_id_lesson_id", "person_id", "lesson_id"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    #: Keys of the drawn questions, in the order in which they are asked.
    drawn: Mapped[list[Any]]
    started_at: Mapped[datetime] = mapped_column(default=now)
    #: None: still open.
    handed_in_at: Mapped[datetime | None]
    #: {"first": {"given": ["members"], "score": 1.0}}
    answers: Mapped[dict[str, Any]]
    percent: Mapped[int | None]


class CourseCompletion(Base):
    """Somebody completed a course: when, and by what."""

    __tablename__ = "course_completions"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    course_id: Mapped[int] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    completed_at: Mapped[datetime] = mapped_column(default=now)
    #: The course's version and rule of that day, and completing.Standing as JSON.
    evidence: Mapped[dict[str, Any]]
