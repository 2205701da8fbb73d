"""Whether courses fit together: their languages, links, figures, quizzes and one another."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from academy.learning.content import (
    OTHERS,
    PLAN,
    SLUG,
    CourseFiles,
    LessonFiles,
    LessonText,
    read_course,
)
from academy.learning.directives import Piece, references
from academy.learning.figures import faults_of_figures
from academy.learning.questions import Quiz, skeleton
from academy.learning.rendering import headings_of, lines_of_html, section_headings
from academy.lib.content_files import Fault


@dataclass(slots=True)
class CourseReading:
    """What a folder holds: its courses, and everything that is wrong with them."""

    courses: list[CourseFiles] = field(default_factory=list)
    #: Courses with faults, as far as they can be read: for their authors, never to be loaded.
    parts: list[CourseFiles] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_courses(root: Path, cases: Collection[str]) -> CourseReading:
    """Read and check every course below `root`; `cases` are the slugs that lessons may name.

    A broken course hides no other one; nothing may be loaded while there is a fault.
    """
    reading = CourseReading()
    for folder in sorted(one for one in root.iterdir() if one.is_dir() and one.name not in OTHERS):
        named = SLUG.match(folder.name)
        found, faults = read_course(root, folder) if named else (None, _bad_name(folder))
        reading.faults += faults
        if found:
            (reading.parts if faults else reading.courses).append(found)
    lessons = {f"{one.slug}/{lesson.address}" for one in reading.courses for lesson in one.lessons}
    for course in reading.courses:
        reading.faults += _faults_of(course, set(cases), lessons)
    # A link into a course that cannot be read is no fault of the one that links.
    reading.faults += [] if reading.faults else _faults_between(reading.courses)
    return reading


def _bad_name(folder: Path) -> list[Fault]:
    what = f"“{folder.name}” cannot be an address"
    return [Fault(f"{folder.name}/{PLAN}", 1, what, "Use small letters, figures and hyphens.")]


def _faults_of(course: CourseFiles, cases: set[str], lessons: set[str]) -> Iterator[Fault]:
    yield from faults_of_figures(course)
    for lesson in course.lessons:
        for tag, text in lesson.texts.items():
            terms = course.glossaries[tag].terms if tag in course.glossaries else {}
            known = {"term": set(terms), "case": cases, "lesson": lessons}
            yield from _faults_of_links(text, known)
            yield from _faults_of_text(text)
        yield from _faults_of_languages(course, lesson)


_ADVICE = {
    "term": "Add it to the glossary of this language.",
    "case": "Take the name of a file under courses/cases/, without .yaml.",
    "lesson": "Write course/module/lesson as course.yaml names them.",
}


def _faults_of_links(text: LessonText, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for one in references(text.pieces):
        if one.key not in known[one.kind]:
            what = f"there is no {one.kind} “{one.key}”"
            yield Fault(text.file, one.line, what, _ADVICE[one.kind])


def _faults_of_text(text: LessonText) -> Iterator[Fault]:
    for piece in text.pieces:
        for line in lines_of_html(piece.text):
            at = piece.line + line + (1 if piece.name else 0)
            what, advice = "HTML is not taken", "Write Markdown, or put it between backticks."
            yield Fault(text.file, at, what, advice)
        yield from _faults_of_media(text.file, piece)
    yield from _faults_of_quiz(text)
    keys = [piece.options["key"] for piece in text.pieces if piece.name == "discuss"]
    if len(set(keys)) < len(keys):
        yield Fault(text.file, 1, "two questions to discuss have one key", "Give each its own.")


def _faults_of_media(file: str, piece: Piece) -> Iterator[Fault]:
    if piece.name not in {"video", "audio"}:
        return
    for name in ("minutes", "megabytes"):
        if not piece.options[name].replace(".", "", 1).isdigit():
            yield Fault(file, piece.line, f"{name} is no number", f'Write {name}="12".')
    if not piece.options["address"].startswith("https://"):
        yield Fault(file, piece.line, "the address is not https", "Give the whole address.")
    if not piece.text:
        what, advice = "there is no version in words", "Tell between the lines what is said there."
        yield Fault(file, piece.line, what, advice)


def _faults_of_quiz(text: LessonText) -> Iterator[Fault]:
    places = [piece for piece in text.pieces if piece.name == "quiz"]
    if len(places) > 1:
        yield Fault(text.file, places[1].line, "a second `::: quiz`", "A lesson has one quiz.")
    if bool(places) != bool(text.quiz):
        what = "the quiz has no place" if text.quiz else "there is no quiz to show"
        line = places[0].line if places else 1
        yield Fault(
            text.file, line, what, f"Both belong together: `::: quiz` and {text.quiz_file}."
        )
    headings = {heading for piece in text.pieces for heading in headings_of(piece.text)}
    for question in text.quiz.questions if text.quiz else ():
        if question.again and question.again not in headings:
            what = f"{question.key}: the lesson has no heading “{question.again}”"
            yield Fault(text.quiz_file, 1, what, "Write it as it stands in the lesson.")


def _faults_of_languages(course: CourseFiles, lesson: LessonFiles) -> Iterator[Fault]:
    first, *others = (lesson.texts[tag] for tag in course.plan.languages if tag in lesson.texts)
    for other in others:
        if _keys(first.pieces) != _keys(other.pieces):
            what = f"its questions to discuss are others than those of {first.file}"
            yield Fault(other.file, 1, what, "Give both the same keys, in the same order.")
        counts = [len(_sections(one.pieces)) for one in (other, first)]
        if counts[0] != counts[1]:
            what = f"it has {counts[0]} sections, {first.file} has {counts[1]}"
            yield Fault(other.file, 1, what, "Give both the same headings (##), in their order.")
        if _skeleton(first.quiz) != _skeleton(other.quiz):
            what = f"its questions are others than those of {first.quiz_file}"
            advice = "Keys, kinds and right answers are the same in every language."
            yield Fault(other.quiz_file, 1, what, advice)


def _keys(pieces: Sequence[Piece]) -> list[str]:
    return [piece.options["key"] for piece in pieces if piece.name == "discuss"]


def _sections(pieces: Sequence[Piece]) -> list[str]:
    return [heading for one in pieces if not one.name for heading in section_headings(one.text)]


def _skeleton(quiz: Quiz | None) -> object:
    if quiz is None:
        return None
    return quiz.draw, quiz.passed_at, [skeleton(question) for question in quiz.questions]


def _faults_between(courses: Sequence[CourseFiles]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for course in courses:
        for lesson in course.lessons:
            other = owners.setdefault(lesson.plan.id, course.slug)
            if other != course.slug:
                what = f"the lesson id {lesson.plan.id} is taken by the course {other}"
                yield Fault(f"{course.slug}/{PLAN}", 1, what, "An id is used once, for ever.")
    needs = {course.slug: course.plan.prerequisites for course in courses}
    for course in courses:
        for need in course.plan.prerequisites:
            if need not in needs:
                what = f"prerequisites: there is no course “{need}”"
                yield Fault(f"{course.slug}/{PLAN}", 1, what, "Name the folder of a course.")
            elif course.slug in _all_needs(need, needs):
                what = f"prerequisites: {course.slug} and {need} ask for one another"
                yield Fault(f"{course.slug}/{PLAN}", 1, what, "Take one of them out.")


def _all_needs(slug: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    open_ones = [slug]
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            open_ones += needs.get(one, ())
    return found
