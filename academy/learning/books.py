"""Courses as every reader sees them, kept in the process for as long as nobody changes them.

Each page asks in a small statement for the stamp of its course, which every load and every edit
changes; what is kept under another stamp is asked for no more. Nothing of a person is kept, and
nothing that a policy decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Executable, Row, select

from academy.db import session
from academy.learning.models import Course, Lesson, LessonText, QuizQuestion
from academy.learning.record import CoursePlan
from academy.learning.spots import SECTION
from academy.learning.stamps import Stamp
from academy.lib.kept import KeptFew

#: So many courses, and so many heads of lessons (some 2 kB each), one process keeps.
MOST_BOOKS, MOST_TEXTS = 64, 256
#: Directives that are drawn for each reader anew: what they show is theirs, or changes by itself.
LIVE = frozenset({"case", "quiz"})


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson in a table of contents."""

    id: int
    key: str
    module: str
    slug: str
    position: int
    minutes: int
    passed_at: int
    #: {"en": "What we share"}
    titles: Mapping[str, str]
    has_quiz: bool
    #: Whether the plan names a live session for it.
    is_presented: bool
    read: bool = False
    best: int | None = None


@dataclass(frozen=True)
class Book:
    """A course with its lessons, without its reader."""

    stamp: Stamp
    changed_at: datetime
    plan: CoursePlan
    #: {"en": {"solidarity": {"term": …, "html": …}}}
    glossary: Mapping[str, Mapping[str, Mapping[str, str]]]
    lines: Sequence[Line]

    @property
    def id(self) -> int:
        """Return the number of its row."""
        return self.stamp.id

    @property
    def slug(self) -> str:
        """Return its address."""
        return self.stamp.slug

    @cached_property
    def minutes(self) -> int:
        """Return how long all lessons take."""
        return sum(line.minutes for line in self.lines)

    @cached_property
    def places(self) -> Mapping[tuple[str, str], int]:
        """Return where in the course, from 0, each module and lesson stands."""
        return {(line.module, line.slug): at for at, line in enumerate(self.lines)}


@dataclass(frozen=True, slots=True)
class Text:
    """A lesson in one language, without its words."""

    id: int
    language: str
    title: str
    summary: str
    words: int
    #: Its pieces; only of those that are drawn for each reader all is kept.
    parts: Sequence[Mapping[str, Any]]
    #: What each reader has of their own in it, in its order: pieces, and fields of threads.
    live: Sequence[Mapping[str, Any] | str]
    #: The slugs of the cases that it shows.
    cases: frozenset[str]
    has_figures: bool


@dataclass(frozen=True, slots=True)
class Words:
    """All that a lesson says in one language, as its row keeps it."""

    head: Mapping[str, Any]
    parts: Sequence[Mapping[str, Any]]
    #: The terms that it explains: {"solidarity": {"term": …, "html": …}}.
    terms: Mapping[str, Mapping[str, str]]


_books: KeptFew[Stamp, Book] = KeptFew(MOST_BOOKS)
_texts: KeptFew[tuple[Stamp, int, str], Text] = KeptFew(MOST_TEXTS)


def books_of(stamps: Sequence[Stamp]) -> list[Book]:
    """Return these courses; no statement where all are kept, else two for those that are not."""
    found = {stamp: _books.find(stamp) for stamp in stamps}
    lacking = {stamp.id: stamp for stamp, book in found.items() if book is None}
    if lacking:
        for book in _read_books(lacking):
            found[book.stamp] = _books.put(book.stamp, book)
    return [book for book in found.values() if book]


def _read_books(stamps: Mapping[int, Stamp]) -> list[Book]:
    columns = select(Course.id, Course.changed_at, Course.plan, Course.glossary)
    rows = session.execute(columns.where(Course.id.in_(stamps))).all()
    lines: dict[int, list[Row[Any]]] = {}
    for line in session.execute(_lines_of(stamps)):
        lines.setdefault(line.course_id, []).append(line)
    books = []
    for number, changed_at, written, glossary in rows:
        plan = CoursePlan.model_validate(written)
        told = _tell(lines.get(number, ()), plan)
        books.append(Book(stamps[number], changed_at, plan, glossary, told))
    return books


def _lines_of(ids: Iterable[int]) -> Executable:
    asks = (
        select(QuizQuestion.id)
        .where(QuizQuestion.lesson_id == Lesson.id, QuizQuestion.retired_at.is_(None))
        .exists()
    )
    return (
        select(
            Lesson.id, Lesson.course_id, Lesson.key, Lesson.module, Lesson.slug, Lesson.position,
            Lesson.minutes, Lesson.passed_at, LessonText.language, LessonText.title,
            asks.label("has_quiz"),
        )
        .join(LessonText, LessonText.lesson_id == Lesson.id)
        .where(Lesson.course_id.in_(ids), Lesson.position > 0)
        .order_by(Lesson.course_id, Lesson.position, LessonText.id)
    )  # fmt: skip


def _tell(rows: Iterable[Row[Any]], plan: CoursePlan) -> tuple[Line, ...]:
    titles: dict[int, dict[str, str]] = {}
    first = {row.id: row for row in rows if _note(titles, row)}
    presented = {one.id for _module, one in plan.lessons() if one.presented}
    return tuple(
        Line(
            row.id, row.key, row.module, row.slug, row.position, row.minutes, row.passed_at,
            titles[row.id], bool(row.has_quiz), row.key in presented,
        ) for row in first.values()
    )  # fmt: skip


def _note(titles: dict[int, dict[str, str]], row: Row[Any]) -> bool:
    """Note the title of a lesson in one language; whether it is the first of the lesson's."""
    known = titles.setdefault(row.id, {})
    known[row.language] = row.title
    return len(known) == 1


def text_of(book: Book, line: Line, language: str) -> Text:
    """Return a lesson in `language`, or in the one it was written in; one statement at most."""
    key = (book.stamp, line.id, language)
    return _texts.find(key) or _texts.put(key, _read_text(book, line, language))


def _read_text(book: Book, line: Line, language: str) -> Text:
    columns = select(
        LessonText.language, LessonText.id, LessonText.title, LessonText.summary,
        LessonText.words, LessonText.parts,
    )  # fmt: skip
    first = book.plan.languages[0]
    wanted = columns.where(
        LessonText.lesson_id == line.id, LessonText.language.in_((language, first))
    )
    known = {row.language: row for row in session.execute(wanted)}
    row = known.get(language) or known[first]
    return Text(
        row.id, row.language, row.title, row.summary, row.words,
        tuple(map(_slim, row.parts)), tuple(_live(row.parts)),
        frozenset(one["options"]["slug"] for one in row.parts if one["name"] == "case"),
        any(one.get("figure") for one in row.parts),
    )  # fmt: skip


#: What stays of a piece that is the same for every reader: what people talk of.
_KEPT = ("name", "section", "heading", "talk")


def _slim(part: Mapping[str, Any]) -> Mapping[str, Any]:
    if part["name"] in LIVE:
        return part
    slim = {key: part[key] for key in _KEPT if key in part}
    return slim | {"options": part["options"]} if part["name"] == "discuss" else slim


def _live(parts: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any] | str]:
    for part in parts:
        if part["name"] in LIVE:
            yield part
        elif part["name"] == "discuss":
            yield part["options"]["key"]
        if "talk" in part:
            yield f"{SECTION}{part['talk']}"


def words_of(book: Book, text: Text) -> Words:
    """Return what a lesson says; one statement."""
    said = select(LessonText.head, LessonText.parts).where(LessonText.id == text.id)
    head, parts = session.execute(said).one()
    glossary = book.glossary.get(text.language, {})
    used = {key: words for key, words in glossary.items() if _uses(parts, key)}
    return Words(head, parts, used)


def _uses(parts: Sequence[Mapping[str, Any]], key: str) -> bool:
    return any(f'href="#term-{key}"' in part["html"] for part in parts)
