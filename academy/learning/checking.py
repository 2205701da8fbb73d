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
from academy.learning.rendering import (
    headings_of,
    lines_of_html,
    section_headings,
    strange_links_of,
)
from academy.lib.content_files import Fault


@dataclass(slots=True)
class CourseReading:
    """What a folder holds: its courses, and everything that is wrong with them."""

    courses: list[CourseFiles] = field(default_factory=list)
    #: Courses with faults, as far as they can be read: for their authors, never to be loaded.
    parts: list[CourseFiles] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_courses(
    root: Path, cases: Collection[str], others: Sequence[CourseFiles] = ()
) -> CourseReading:
    """Read and check every course below `root`; `cases` are the slugs that lessons may name.

    A broken course hides no other one; nothing may be loaded while there is a fault. `others`
    are courses that are not below `root`: links and prerequisites may name them.
    """
    reading = CourseReading()
    for folder in sorted(one for one in root.iterdir() if one.is_dir() and one.name not in OTHERS):
        named = SLUG.match(folder.name)
        course, faults = read_course(root, folder) if named else (None, _bad_name(folder))
        reading.faults += faults
        if course:
            (reading.parts if faults else reading.courses).append(course)
    _check_together(reading, set(cases), others)
    return reading


def read_course_beside(
    root: Path, folder: Path, cases: Collection[str], others: Sequence[CourseFiles]
) -> CourseReading:
    """Read and check the course in `folder` alone; `others` are those that stand already."""
    found, faults = read_course(root, folder)
    reading = CourseReading(faults=faults)
    if found:
        (reading.parts if faults else reading.courses).append(found)
    _check_together(reading, set(cases), others)
    return reading


def _check_together(reading: CourseReading, cases: set[str], others: Sequence[CourseFiles]) -> None:
    found = sorted([*reading.courses, *reading.parts], key=lambda one: one.slug)
    mine = {course.slug for course in found}
    # Those that stand already come first: whoever takes their id is to blame.
    known = [*(one for one in others if one.slug not in mine), *found]
    lessons = {f"{one.slug}/{lesson.address}" for one in known for lesson in one.lessons}
    # What stands in a file that cannot be read is missed by nobody until it can be.
    broken = {fault.file for fault in reading.faults}
    for course in found:
        reading.faults += _faults_of(course, cases, lessons, broken)
    between = _faults_between(known, broken)
    reading.faults += [one for one in between if one.file.partition("/")[0] in mine]
    # Two lessons that share a file share its faults.
    reading.faults = sorted(dict.fromkeys(reading.faults), key=lambda one: (one.file, one.line))


def _bad_name(folder: Path) -> list[Fault]:
    what = f"“{folder.name}” cannot be an address"
    return [Fault(f"{folder.name}/{PLAN}", 1, what, "Use small letters, figures and hyphens.")]


def _faults_of(
    course: CourseFiles, cases: set[str], lessons: set[str], broken: set[str]
) -> Iterator[Fault]:
    yield from faults_of_figures(course)
    for lesson in course.lessons:
        for tag, text in (*lesson.texts.items(), *lesson.broken.items()):
            terms = course.glossaries[tag].terms if tag in course.glossaries else {}
            known = {"term": set(terms), "case": cases, "lesson": lessons}
            if f"{course.slug}/glossary.{tag}.yaml" in broken:
                del known["term"]
            yield from _faults_of_links(text, known, broken)
            yield from _faults_of_text(text)
        for text in lesson.texts.values():
            yield from _faults_of_quiz(text)
        yield from _faults_of_languages(course, lesson)


_ADVICE = {
    "term": "Add it to the glossary of this language.",
    "case": "Take the name of a file under courses/cases/, without .yaml.",
    "lesson": "Write course/module/lesson as course.yaml names them.",
}


def _faults_of_links(
    text: LessonText, known: Mapping[str, set[str]], broken: set[str]
) -> Iterator[Fault]:
    for one in references(text.pieces):
        if one.kind == "lesson" and f"{one.key.partition('/')[0]}/{PLAN}" in broken:
            continue
        if one.key not in known.get(one.kind, {one.key}):
            what = f"there is no {one.kind} “{one.key}”"
            yield Fault(text.file, one.line, what, _ADVICE[one.kind])


def _faults_of_text(text: LessonText) -> Iterator[Fault]:
    for piece in text.pieces:
        for line in lines_of_html(piece.text):
            what, advice = "HTML is not taken", "Write Markdown, or put it between backticks."
            yield Fault(text.file, piece.first_line + line, what, advice)
        for address, line in strange_links_of(piece.text):
            what = f"nobody can follow “{address[:60]}” here"
            advice = "Give a whole address (https://…); a picture stands in `::: figure`."
            yield Fault(text.file, piece.first_line + line, what, advice)
        yield from _faults_of_media(text.file, piece)
    yield from _keys_given_twice(text)


def _keys_given_twice(text: LessonText) -> Iterator[Fault]:
    known: set[str] = set()
    for piece in text.pieces:
        key = piece.options["key"] if piece.name == "discuss" else ""
        if key and key in known:
            what = f"two questions to discuss have the key {key}"
            yield Fault(text.file, piece.line, what, "Give each its own.")
        known.add(key)


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
    for at, question in enumerate(text.quiz.questions if text.quiz else ()):
        if question.again and question.again not in headings:
            what = f"{question.key}: the lesson has no heading “{question.again}”"
            line = text.quiz_lines.line_of(("questions", at, "again"))
            yield Fault(text.quiz_file, line, what, "Write it as it stands in the lesson.")


def _faults_of_languages(course: CourseFiles, lesson: LessonFiles) -> Iterator[Fault]:
    texts = [lesson.texts[tag] for tag in course.plan.languages if tag in lesson.texts]
    for first, other in zip(texts[:1] * len(texts), texts[1:], strict=False):
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
            yield Fault(other.quiz_file, _line_of_difference(first, other), what, advice)


def _keys(pieces: Sequence[Piece]) -> list[str]:
    return [piece.options["key"] for piece in pieces if piece.name == "discuss"]


def _sections(pieces: Sequence[Piece]) -> list[str]:
    return [heading for one in pieces if not one.name for heading in section_headings(one.text)]


def _skeleton(quiz: Quiz | None) -> object:
    if quiz is None:
        return None
    return quiz.draw, quiz.passed_at, [skeleton(question) for question in quiz.questions]


def _line_of_difference(first: LessonText, other: LessonText) -> int:
    """Return where the first question stands that is another one."""
    pairs = zip(first.quiz.questions, other.quiz.questions) if first.quiz and other.quiz else ()  # noqa: B905 (one may be longer)
    differ = (at for at, pair in enumerate(pairs) if skeleton(pair[0]) != skeleton(pair[1]))
    at = next(differ, None)
    return 1 if at is None else other.quiz_lines.line_of(("questions", at))


def _faults_between(courses: Sequence[CourseFiles], broken: set[str]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    needs = {course.slug: course.plan.prerequisites for course in courses}
    for course in courses:
        file = f"{course.slug}/{PLAN}"
        for place, key in _ids(course):
            other = owners.setdefault(key, course.slug)
            if other != course.slug:
                what = f"the lesson id {key} is taken by the course {other}"
                line = course.lines.line_of(place)
                yield Fault(file, line, what, "An id is used once, for ever.")
        for at, need in enumerate(course.plan.prerequisites):
            line = course.lines.line_of(("prerequisites", at))
            if need not in needs and f"{need}/{PLAN}" not in broken:
                what = f"prerequisites: there is no course “{need}”"
                yield Fault(file, line, what, "Name the folder of a course.")
            elif course.slug in _all_needs(need, needs):
                what = f"prerequisites: {course.slug} and {need} ask for one another"
                yield Fault(file, line, what, "Take one of them out.")


def _ids(course: CourseFiles) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for at, module in enumerate(course.plan.modules):
        for number, lesson in enumerate(module.lessons):
            yield ("modules", at, "lessons", number, "id"), lesson.id


def _all_needs(slug: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    open_ones = [slug]
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            open_ones += needs.get(one, ())
    return found
