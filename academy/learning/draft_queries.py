"""Reads for the pages on which courses are edited: what is published, drafted, and once was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import defer, undefer

from academy.db import session
from academy.learning.content import CourseFiles
from academy.learning.drafting import from_plan, overlaid
from academy.learning.models import Course, CourseDraft, CourseFile, CourseFileVersion, Lesson
from academy.learning.record import CoursePlan
from academy.lib.paging import Page
from academy.library.models import CaseStudy
from academy.people.models import Person

COURSES_A_PAGE, VERSIONS_A_PAGE = 50, 30


@dataclass(frozen=True, slots=True)
class DeskCourse:
    """A course in the list of the desk: how much of it waits to be published."""

    course: Course
    plan: CoursePlan
    drafts: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file shall say, and who saved it last; `data` is None where it shall go."""

    path: str
    data: bytes | None
    digest: str
    based_on: str
    author_id: int | None
    author: str | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of a course: as they are published, and the drafts above them."""

    course: Course
    published: Mapping[str, bytes]
    digests: Mapping[str, str]
    drafts: Mapping[str, Draft]

    @property
    def contents(self) -> dict[str, bytes]:
        """Return the files as they would be with every draft."""
        return self.with_drafts(self.drafts)

    def with_drafts(self, paths: Sequence[str] | Mapping[str, Draft]) -> dict[str, bytes]:
        """Return the files as they would be with the drafts of these paths."""
        chosen = [(path, self.drafts[path].data) for path in paths if path in self.drafts]
        return overlaid(self.published, chosen)

    def standing(self, path: str) -> tuple[bytes | None, str]:
        """Return what an editor of a file goes on from, and its digest."""
        if draft := self.drafts.get(path):
            return draft.data, draft.digest
        return self.published.get(path), self.digests.get(path, "")

    def is_overtaken(self, path: str) -> bool:
        """Whether a file was published anew since its draft was begun."""
        draft = self.drafts.get(path)
        return draft is not None and draft.based_on != self.digests.get(path, "")


def list_desk_courses(page: int) -> Page[DeskCourse]:
    """Return a page of all courses, those that nobody sees too, with their drafts counted.

    Two statements.
    """
    drafts = (
        select(func.count()).where(CourseDraft.course_id == Course.id).correlate(Course)
        .scalar_subquery()
    )  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Course)) or 0
    rows = session.execute(
        select(Course, drafts).options(defer(Course.glossary)).order_by(Course.slug)
        .limit(COURSES_A_PAGE).offset((page - 1) * COURSES_A_PAGE)
    )  # fmt: skip
    found = [DeskCourse(one, CoursePlan.model_validate(one.plan), count) for one, count in rows]
    return Page(found, page, total, COURSES_A_PAGE)


def find_any_course(slug: str) -> Course | None:
    """Return a course whatever its status; one statement."""
    return session.scalars(select(Course).where(Course.slug == slug)).one_or_none()


def read_shelf(course: Course) -> Shelf:
    """Return all files of a course with their drafts; two statements."""
    files = session.scalars(
        select(CourseFile).where(CourseFile.course_id == course.id)
        .options(undefer(CourseFile.data)).order_by(CourseFile.path)
    ).all()  # fmt: skip
    return Shelf(
        course, {one.path: one.data for one in files}, {one.path: one.digest for one in files},
        {one.path: one for one in _list_drafts(course.id)},
    )  # fmt: skip


def _list_drafts(course_id: int) -> list[Draft]:
    rows = session.execute(
        select(CourseDraft, Person.name).outerjoin(Person, Person.id == CourseDraft.author_id)
        .where(CourseDraft.course_id == course_id).order_by(CourseDraft.path)
    )  # fmt: skip
    return [
        Draft(one.path, one.data, one.digest, one.based_on, one.author_id, name, one.saved_at)
        for one, name in rows
    ]


def list_others(slug: str) -> list[CourseFiles]:
    """Return what one course may need of all others: their plans; one statement."""
    rows = session.execute(select(Course.slug, Course.plan).where(Course.slug != slug))
    return [from_plan(other, CoursePlan.model_validate(plan)) for other, plan in rows]


def texts_that_name(slug: str) -> list[tuple[str, str, bytes]]:
    """Return the lessons of other courses that link into a course: (slug, path, text).

    One statement; asked only where addresses go.
    """
    rows = session.execute(
        select(Course.slug, CourseFile.path, CourseFile.data)
        .join(CourseFile, CourseFile.course_id == Course.id)
        .join(Lesson, Lesson.course_id == Course.id)
        .where(
            Course.slug != slug, Course.status == "published", Lesson.position > 0,
            CourseFile.path.startswith(Lesson.module + "/" + Lesson.slug + "."),
            CourseFile.path.endswith(".md"),
        )
    )  # fmt: skip
    mark = f"(lesson:{slug}/".encode()
    return [(other, path, data) for other, path, data in rows if mark in data]


def known_cases() -> set[str]:
    """Return the cases that lessons may name: the academy's own, which are files too."""
    own = select(CaseStudy.slug).where(
        CaseStudy.origin == "academy", CaseStudy.status == "published"
    )
    return set(session.scalars(own))


def taken_ids() -> frozenset[str]:
    """Return the ids of all lessons that ever were, in any course."""
    return frozenset(session.scalars(select(Lesson.key)))


def list_file_versions(
    course_id: int, path: str, page: int
) -> Page[Row[CourseFileVersion, str | None]]:
    """Return the versions of a file, the newest first, each with its author's name."""
    version = CourseFileVersion
    mine = and_(version.course_id == course_id, version.path == path)
    total = session.scalar(select(func.count()).select_from(version).where(mine)) or 0
    rows = session.execute(
        select(version, Person.name).outerjoin(Person, Person.id == version.author_id)
        .where(mine).order_by(version.number.desc())
        .limit(VERSIONS_A_PAGE).offset((page - 1) * VERSIONS_A_PAGE)
    ).all()  # fmt: skip
    return Page(rows, page, total, VERSIONS_A_PAGE)


def find_file_version(course_id: int, path: str, number: int) -> CourseFileVersion | None:
    """Return one version of a file with its bytes; one statement."""
    one = select(CourseFileVersion).where(
        CourseFileVersion.course_id == course_id, CourseFileVersion.path == path,
        CourseFileVersion.number == number,
    )  # fmt: skip
    return session.scalars(one.options(undefer(CourseFileVersion.data))).one_or_none()


def last_changes(course_id: int) -> dict[str, tuple[str | None, datetime, str]]:
    """Return for each file who published it last, when, and whence it came; one statement."""
    version = CourseFileVersion
    newest = (
        select(version.path, func.max(version.number).label("number"))
        .where(version.course_id == course_id, version.whence != "aside")
        .group_by(version.path).subquery()
    )  # fmt: skip
    rows = session.execute(
        select(version.path, Person.name, version.created_at, version.whence)
        .join(newest, and_(version.path == newest.c.path, version.number == newest.c.number))
        .outerjoin(Person, Person.id == version.author_id)
        .where(version.course_id == course_id)
    )
    return {path: (name, at, whence) for path, name, at, whence in rows}
