"""Publishing drafts of a course: checked as all files are, loaded by the same loader, once."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.learning.checking import CourseReading
from academy.learning.content import CourseFiles
from academy.learning.draft_queries import (
    Draft,
    Shelf,
    known_cases,
    list_others,
    read_shelf,
    texts_that_name,
)
from academy.learning.drafting import from_plan, read_contents
from academy.learning.models import Course, CourseDraft, CourseFileVersion
from academy.learning.record import CoursePlan
from academy.learning.service.editing import lock_course
from academy.learning.service.loading import put_course, withdraw_course
from academy.learning.service.meeting import newest_numbers
from academy.lib.content_files import Fault
from academy.people.models import Person
from academy.security import audit


class NothingToPublish(Exception):
    """None of the chosen files has a draft any more."""


class NotGreen(Exception):
    """The course would have faults; nothing was published."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("the course has faults")
        self.faults = faults


class Overtaken(Exception):
    """Files were published since their drafts were begun; nothing was published."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__("files were published meanwhile")
        self.paths = paths


class Unconfirmed(Exception):
    """Questions would change under results; nothing was published yet."""

    def __init__(self, warnings: Sequence[str]) -> None:
        super().__init__("questions change under results")
        self.warnings = warnings


class WasPublished(Exception):
    """Learners know the course: it can be withdrawn, and not be forgotten."""


def check_shelf(shelf: Shelf, paths: Sequence[str] | None = None) -> CourseReading:
    """Check a course as it would be with its drafts, or with those of some paths alone."""
    contents = shelf.contents if paths is None else shelf.with_drafts(paths)
    slug = shelf.course.slug
    reading = read_contents(slug, contents, known_cases(), list_others(slug))
    reading.faults += _faults_of_others(shelf, reading)
    return reading


def _faults_of_others(shelf: Shelf, reading: CourseReading) -> Iterator[Fault]:
    """Name links of other courses that would lead nowhere; a course that is not shown has none."""
    found = next(iter((*reading.courses, *reading.parts)), None)
    if found is None or shelf.course.status != "published":
        return
    before = from_plan(found.slug, CoursePlan.model_validate(shelf.course.plan))
    gone = {one.address for one in before.lessons} - {one.address for one in found.lessons}
    for slug, path, data in texts_that_name(found.slug) if gone else ():
        for line, words in enumerate(data.decode(errors="replace").splitlines(), 1):
            for address in sorted(one for one in gone if f"(lesson:{found.slug}/{one})" in words):
                what = f"it leads to {found.slug}/{address}, which would be gone"
                yield Fault(f"{slug}/{path}", line, what, "Change that link first.")


def publish(
    course: Course, paths: Sequence[str], person: Person, *, note: str = "",
    is_confirmed: bool = False,
) -> int:  # fmt: skip
    """Publish the drafts of these paths, all or none; return how many.

    Raises NothingToPublish, Overtaken, NotGreen, and Unconfirmed where questions would change
    under results that learners have already.
    """
    with transaction() as session:
        lock_course(session, course)
        session.refresh(course)
        shelf = read_shelf(course)
        drafts = [shelf.drafts[path] for path in dict.fromkeys(paths) if path in shelf.drafts]
        files = _checked(shelf, drafts)
        chosen = [one.path for one in drafts]
        warnings = put_course(session, course, files, shelf.with_drafts(chosen))
        if warnings and not is_confirmed:
            raise Unconfirmed(warnings)
        _note_versions(session, course, drafts, note)
        gone = delete(CourseDraft).where(
            CourseDraft.course_id == course.id, CourseDraft.path.in_(chosen)
        )
        session.execute(gone)
        subject = f"course:{course.slug}"
        audit.note("course.publish", subject, actor_id=person.id, files=len(drafts))
    return len(drafts)


def _checked(shelf: Shelf, drafts: Sequence[Draft]) -> CourseFiles:
    if not drafts:
        raise NothingToPublish
    if overtaken := [one.path for one in drafts if shelf.is_overtaken(one.path)]:
        raise Overtaken(overtaken)
    reading = check_shelf(shelf, [one.path for one in drafts])
    if reading.faults:
        raise NotGreen(reading.faults)
    return reading.courses[0]


def _note_versions(session: Session, course: Course, drafts: Sequence[Draft], note: str) -> None:
    numbers = newest_numbers(session, course.id)
    session.add_all(
        CourseFileVersion(
            course_id=course.id, path=one.path, number=numbers.get(one.path, 0) + 1,
            whence="browser", digest=one.digest, data=one.data, author_id=one.author_id, note=note,
        )
        for one in drafts
    )  # fmt: skip


def put_on_shelf(course: Course, person: Person) -> None:
    """Let everybody see a course that was a draft or withdrawn; raises NotGreen."""
    with transaction() as session:
        lock_course(session, course)
        session.refresh(course)
        shelf = read_shelf(course)
        reading = check_shelf(shelf, [])
        if reading.faults:
            raise NotGreen(reading.faults)
        course.status, course.decided_by = "published", "browser"
        put_course(session, course, reading.courses[0], shelf.published)
        audit.note("course.put_on_shelf", f"course:{course.slug}", actor_id=person.id)


def forget_course(course: Course, person: Person) -> None:
    """Take away a course that was never published, with all its drafts; raises WasPublished."""
    with transaction() as session:
        lock_course(session, course)
        session.refresh(course)
        if course.status != "draft":
            raise WasPublished
        withdraw_course(session, course)
        audit.note("course.forget", f"course:{course.slug}", actor_id=person.id)
        session.execute(delete(Course).where(Course.id == course.id))


def take_from_shelf(course: Course, person: Person) -> None:
    """Let learners see a course no more; what they did stays, and no load puts it back."""
    with transaction() as session:
        lock_course(session, course)
        session.refresh(course)
        if course.status == "published":
            withdraw_course(session, course)
            course.decided_by, course.changed_at = "browser", now()
            audit.note("course.withdraw", f"course:{course.slug}", actor_id=person.id)
