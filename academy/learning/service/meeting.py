"""Where files on disk meet what was edited in the browser: neither overwrites the other silently.

For each file three texts are looked at: what the folder said at the last load, what it says now,
and what is published. Whoever changed it alone is right; where both did, nobody is.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from academy.learning.content import CourseFiles
from academy.learning.draft_queries import known_cases, list_others
from academy.learning.drafting import read_contents
from academy.learning.models import Course, CourseFile, CourseFileVersion
from academy.lib.content_files import Fault


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a course before a load; digests by path."""

    published: Mapping[str, str] = field(default_factory=dict)
    #: What the folder said last; "" where a file was gone.
    loaded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """What shall stand after a load: the folder's files, but for those that are kept."""

    contents: Mapping[str, bytes]
    #: What the folder says now, by path.
    disk: Mapping[str, bytes]
    #: Edited in the browser while the folder's file stayed as it was.
    kept: tuple[str, ...] = ()
    #: Changed in both places.
    clashes: tuple[str, ...] = ()


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their paths."""
    files = (file for file in folder.rglob("*") if file.is_file())
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    return dict(sorted(found.items()))


def digest_of_file(data: bytes | None) -> str:
    """Return the SHA-256 of a file; "" for one that is not there."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def read_standing(session: Session) -> dict[int, Standing]:
    """Return by course what is published and what its folder said last; two statements."""
    found: dict[int, Standing] = {}
    published = select(CourseFile.course_id, CourseFile.path, CourseFile.digest)
    for course_id, path, digest in session.execute(published):
        found.setdefault(course_id, Standing({}, {})).published[path] = digest  # type: ignore[index]
    version = CourseFileVersion
    newest = (
        select(version.course_id, version.path, func.max(version.number).label("number"))
        .where(version.whence == "files").group_by(version.course_id, version.path).subquery()
    )  # fmt: skip
    is_newest = and_(
        version.course_id == newest.c.course_id, version.path == newest.c.path,
        version.number == newest.c.number,
    )  # fmt: skip
    loaded = select(version.course_id, version.path, version.digest).join(newest, is_newest)
    for course_id, path, digest in session.execute(loaded):
        found.setdefault(course_id, Standing({}, {})).loaded[path] = digest  # type: ignore[index]
    return found


def meet(disk: Mapping[str, bytes], before: Standing, *, takes_files: bool) -> Met:
    """Return what shall stand, file by file; with `takes_files` the folder is right everywhere."""
    kept, clashes = [], []
    for path in sorted({*disk, *before.published, *before.loaded} if not takes_files else ()):
        there = digest_of_file(disk.get(path))
        here, last = before.published.get(path, ""), before.loaded.get(path, "")
        if there == here:
            continue
        if there == last:
            kept.append(path)
        elif here != last:
            clashes.append(path)
    return Met(disk, disk, tuple(kept), tuple(clashes))


def kept_contents(session: Session, course: Course, met: Met) -> dict[str, bytes]:
    """Return the folder's files with those in their place that were edited in the browser."""
    stored = select(CourseFile.path, CourseFile.data).where(
        CourseFile.course_id == course.id, CourseFile.path.in_(met.kept)
    )
    edited = {row.path: row.data for row in session.execute(stored)}
    others = {path: data for path, data in met.disk.items() if path not in met.kept}
    return dict(sorted({**others, **edited}.items()))


def read_kept(course: Course, contents: Mapping[str, bytes]) -> CourseFiles | list[Fault]:
    """Return the course that both make together, or what is wrong with it."""
    reading = read_contents(course.slug, contents, known_cases(), list_others(course.slug))
    return reading.faults or reading.courses[0]


def note_versions(session: Session, course: Course, met: Met, before: Standing) -> None:
    """Write down what the folder said where it is another than last time, or overruled an edit."""
    numbers = newest_numbers(session, course.id) if before.loaded or before.published else {}
    for path in sorted({*met.disk, *before.loaded, *before.published}):
        data = met.disk.get(path)
        digest = digest_of_file(data)
        is_news = digest != before.loaded.get(path, "")
        overrules = path not in met.kept and digest != before.published.get(path, "")
        if is_news or overrules:
            session.add(CourseFileVersion(
                course_id=course.id, path=path, number=numbers.get(path, 0) + 1, whence="files",
                digest=digest, data=data,
            ))  # fmt: skip


def newest_numbers(session: Session, course_id: int) -> dict[str, int]:
    """Return the number of the newest version of each file."""
    version = CourseFileVersion
    newest = select(version.path, func.max(version.number).label("last")).where(
        version.course_id == course_id
    )
    return {row.path: row.last for row in session.execute(newest.group_by(version.path))}
