"""The table of lessons: what each of them has, for authors and for the docs."""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.learning.content import CourseFiles, LessonFiles
from academy.learning.directives import count_words


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson: its words (in the language it was written in), figures, questions, sources."""

    course: str
    module: str
    lesson: str
    title: str
    words: int
    figures: int
    questions: int
    languages: tuple[str, ...]
    sources: int


def lesson_lines(courses: Sequence[CourseFiles]) -> list[LessonLine]:
    """Return a line for each lesson, in the order of its course."""
    return [_line(course, lesson) for course in courses for lesson in course.lessons]


def _line(course: CourseFiles, lesson: LessonFiles) -> LessonLine:
    text = lesson.texts[course.plan.languages[0]]
    shown = [piece for piece in text.pieces if piece.name == "figure"]
    tables = sum(piece.text.count("\n| ---") + piece.text.count("\n|---") for piece in text.pieces)
    return LessonLine(
        course.slug, lesson.module.slug, lesson.plan.slug, text.head.title,
        count_words(text.pieces), len(shown) + tables, len(text.quiz.questions) if text.quiz else 0,
        tuple(lesson.texts), len(text.head.sources),
    )  # fmt: skip


_HEADS = ("Lesson", "Words", "Figures and tables", "Questions", "Languages", "Sources")


def _cells(line: LessonLine) -> tuple[str, ...]:
    numbers = (line.words, line.figures, line.questions)
    address = f"{line.course}/{line.module}/{line.lesson}"
    return (address, *map(str, numbers), " ".join(line.languages), str(line.sources))


def lessons_in_markdown(lines: Sequence[LessonLine]) -> str:
    """Return the table as Markdown, with its totals."""
    rows = [_HEADS, tuple("---" for _head in _HEADS), *map(_cells, lines)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"{table}\n\n{_totals(lines)}"


def lessons_in_words(lines: Sequence[LessonLine]) -> str:
    """Return the table for a terminal."""
    rows = [_HEADS, *map(_cells, lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
             for row in rows)  # fmt: skip
    return "\n".join([*(line.rstrip() for line in table), "", _totals(lines)])


def _totals(lines: Sequence[LessonLine]) -> str:
    words, questions = sum(one.words for one in lines), sum(one.questions for one in lines)
    return f"{len(lines)} lessons, {words:,} words, {questions} questions."
