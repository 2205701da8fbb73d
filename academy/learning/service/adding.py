"""New courses, modules, lessons and languages as drafts, and lessons that move or are renamed."""

from collections.abc import Callable, Mapping

from academy.db import transaction
from academy.learning.content import FIGURES, OTHERS, PLAN, SLUG
from academy.learning.course_paths import place_of
from academy.learning.draft_queries import (
    Shelf,
    find_any_course,
    known_cases,
    list_others,
    read_shelf,
    taken_ids,
)
from academy.learning.drafting import read_contents
from academy.learning.models import Course, CourseFileVersion
from academy.learning.plan_editing import moved, texts_of_lesson, with_language, with_slug, without
from academy.learning.record import CoursePlan
from academy.learning.scaffolding import (
    New,
    Refused,
    files_of_course,
    files_of_lesson,
    first_lesson,
    with_lesson,
    with_module,
)
from academy.learning.service.editing import save_many
from academy.learning.service.loading import put_course
from academy.learning.service.meeting import digest_of_file
from academy.lib.content_files import read_record, read_text
from academy.people.models import Person
from academy.security import audit

LONGEST_SLUG = 60
#: Other things have these addresses and folders.
RESERVED = frozenset({*OTHERS, "files", "new", "feed"})


def read_plan(contents: Mapping[str, bytes]) -> tuple[str, CoursePlan]:
    """Return the text of course.yaml and what it says; raises BadFile."""
    text = read_text(contents.get(PLAN, b""), PLAN)
    return text, read_record(text, PLAN, CoursePlan)[0]


def make_course(slug: str, titles: Mapping[str, str], person: Person, *, has_quiz: bool) -> Course:
    """Make a course of one lesson that nobody but its editors sees yet; raises Refused."""
    _look_at_slug(slug)
    with transaction() as session:
        if slug in RESERVED or find_any_course(slug):
            raise Refused(f"There is a course {slug} already: take another slug.")
        new = New(slug, titles, has_quiz, taken_ids())
        contents = {path: text.encode() for path, text in files_of_course(new).items()}
        reading = read_contents(slug, contents, known_cases(), list_others(slug))
        if reading.faults:
            raise Refused(f"{reading.faults[0].what}. {reading.faults[0].advice}")
        course = Course(slug=slug, version=0, status="draft", decided_by="browser")
        put_course(session, course, reading.courses[0], contents)
        session.add_all(
            CourseFileVersion(
                course_id=course.id, path=path, number=1, whence="browser", data=data,
                digest=digest_of_file(data), author_id=person.id,
            )
            for path, data in contents.items()
        )  # fmt: skip
        audit.note("course.make", f"course:{slug}", actor_id=person.id)
    return course


def _look_at_slug(slug: str) -> None:
    if SLUG.fullmatch(slug) is None or len(slug) > LONGEST_SLUG or slug == FIGURES:
        raise Refused(f"“{slug}” cannot be an address: small letters, figures and hyphens.")


def add_module(course: Course, new: New, person: Person) -> str:
    """Add a module with its first lesson as drafts; return the path of that lesson's file."""
    _look_at_slug(new.slug)
    with transaction():
        shelf = read_shelf(course)
        text, plan = read_plan(shelf.contents)
        made = _with_ids(new, plan)
        after = with_module(text, plan, course.slug, made)
        files = files_of_lesson(made.slug, first_lesson(made))
        return _keep(course, person, shelf, files, after)


def add_lesson(course: Course, module: str, new: New, person: Person) -> str:
    """Add a lesson at the end of a module as drafts; return the path of its first file."""
    _look_at_slug(new.slug)
    with transaction():
        shelf = read_shelf(course)
        text, plan = read_plan(shelf.contents)
        made = _with_ids(new, plan)
        after = with_lesson(text, plan, (course.slug, module), made)
        return _keep(course, person, shelf, files_of_lesson(module, made), after)


def add_language(course: Course, tag: str, person: Person) -> str:
    """Begin a translation: every text once more, as it stands, for somebody to write over."""
    with transaction():
        shelf = read_shelf(course)
        text, plan = read_plan(shelf.contents)
        after = with_language(text, plan, tag)
        files = {}
        for path, data in shelf.contents.items():
            place = place_of(path)
            if place and place.language == plan.languages[0]:
                files[_in_language(path, place.language, tag)] = data.decode()
        return _keep(course, person, shelf, files, after)


def _in_language(path: str, before: str, after: str) -> str:
    stem, _dot, ending = path.rpartition(".")
    return f"{stem.removesuffix(before)}{after}.{ending}"


def _with_ids(new: New, plan: CoursePlan) -> New:
    taken = taken_ids() | {one.id for _module, one in plan.lessons()}
    return New(new.slug, new.titles, new.has_quiz, taken)


def _keep(course: Course, person: Person, shelf: Shelf, files: Mapping[str, str], plan: str) -> str:
    for path in files:
        if path in shelf.contents:
            raise Refused(f"{path} is there already, and stays as it is.")
    save_many(course, person, {**files, PLAN: plan})
    return next(iter(files))


def rename_lesson(course: Course, key: str, slug: str, person: Person) -> None:
    """Give a lesson another address, with its files and the links that lead to it."""
    _look_at_slug(slug)
    with transaction():
        contents = read_shelf(course).contents
        text, plan = read_plan(contents)
        after = with_slug(text, key, slug)
        module, old = _place_of_lesson(plan, key)
        link, to = (f"lesson:{course.slug}/{module}/{one}" for one in (old, slug))
        files: dict[str, str | None] = {PLAN: after}
        for path, words in _texts(contents).items():
            folder, _slash, name = path.partition("/")
            if folder == module and name.partition(".")[0] == old:
                files[path] = None
                path = f"{module}/{slug}{name.removeprefix(old)}"  # noqa: PLW2901 (its new place)
            elif f"{link})" not in words:
                continue
            files[path] = words.replace(f"{link})", f"{to})")
        save_many(course, person, files)


def _texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    places = {path: place_of(path) for path in contents}
    return {
        path: contents[path].decode(errors="replace") for path, place in places.items()
        if place and place.kind in {"lesson", "quiz"}
    }  # fmt: skip


def _place_of_lesson(plan: CoursePlan, key: str) -> tuple[str, str]:
    return next((module.slug, one.slug) for module, one in plan.lessons() if one.id == key)


def move_lesson(course: Course, key: str, steps: int, person: Person) -> None:
    """Put a lesson so many places later in its module, or earlier; raises Refused."""
    _change_plan(course, person, lambda text: moved(text, key, steps))


def take_out_lesson(course: Course, key: str, person: Person) -> None:
    """Take a lesson out of the plan with its files; what learners did with it stays."""
    with transaction():
        contents = read_shelf(course).contents
        text, plan = read_plan(contents)
        after = without(text, key)
        gone = [path for path, _ in texts_of_lesson(contents, *_place_of_lesson(plan, key))]
        save_many(course, person, {**dict.fromkeys(gone), PLAN: after})


def _change_plan(course: Course, person: Person, change: Callable[[str], str]) -> None:
    with transaction():
        text, _plan = read_plan(read_shelf(course).contents)
        save_many(course, person, {PLAN: change(text)})
