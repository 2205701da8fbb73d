"""Which course comes first, and what a learner does next: for the list of courses and for home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from academy.learning.books import Line
from academy.learning.completing import what_is_missing
from academy.learning.queries import Contents, find_next_step, list_courses
from academy.people.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next: "go on" with a lesson, "begin" a course, or take a "quiz"."""

    kind: str
    title: str
    course: str
    module: str
    lesson: str


def in_order(courses: Sequence[Contents]) -> list[Contents]:
    """Return courses in an order in which each comes after those that one should do before."""
    needs = {one.course.slug: one.plan.prerequisites for one in courses}
    return sorted(courses, key=lambda one: (_depth(one.course.slug, needs), one.course.slug))


def _depth(
    slug: str, needs: Mapping[str, Sequence[str]], above: frozenset[str] = frozenset()
) -> int:
    # A file that was loaded has no loop; one that is edited meanwhile may not stop the page.
    before = [one for one in needs.get(slug, ()) if one in needs and one not in above]
    return max((1 + _depth(one, needs, above | {slug}) for one in before), default=0)


def find_step(person: Person) -> Step | None:
    """Return what the person does next; None for one who has completed every course.

    One statement for somebody in the middle of a course, three more for all others.
    """
    if step := find_next_step(person):
        return Step("go on", step.title, step.course, step.module, step.lesson)
    for contents in in_order(list_courses(person)):
        if found := _step_in(contents, person.language):
            return found
    return None


def _step_in(contents: Contents, language: str) -> Step | None:
    if contents.completed:
        return None
    line, kind = contents.next_line, "go on" if contents.standing.read else "begin"
    if line is None:
        line, kind = weakest(contents), "quiz"
    if line is None:
        return None
    title = contents.plan.title if kind == "begin" else line.titles
    words = title.get(language) or title[contents.plan.languages[0]]
    return Step(kind, words, contents.course.slug, line.module, line.slug)


def list_before(contents: Contents, person: Person | None) -> list[Contents]:
    """Return the courses that one should have done before; no statement where there are none."""
    needs = contents.plan.prerequisites
    return [one for one in list_courses(person) if one.course.slug in needs] if needs else []


def weakest(contents: Contents) -> Line | None:
    """Return the lesson whose quiz would help most; None where enough is reached."""
    missing = what_is_missing(contents.plan.completion, contents.standing)
    asks = [line for line in contents.lines if line.has_quiz]
    return min(asks, key=lambda line: line.best or 0, default=None) if missing.percent else None
