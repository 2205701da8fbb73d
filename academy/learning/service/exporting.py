"""Writes courses as files again, byte for byte as they are published."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from academy.db import session
from academy.learning.models import Course, CourseFile


class WouldOverwrite(Exception):
    """A file that is there says something else; nothing was written."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__("files would be overwritten")
        self.paths = paths


def read_export(slugs: tuple[str, ...]) -> dict[str, dict[str, bytes]]:
    """Return the files of these courses by slug and path; without any named, of all that show."""
    wanted = Course.slug.in_(slugs) if slugs else Course.status == "published"
    rows = session.execute(
        select(Course.slug, CourseFile.path, CourseFile.data)
        .join(CourseFile, CourseFile.course_id == Course.id).where(wanted)
        .order_by(Course.slug, CourseFile.path)
    )  # fmt: skip
    found: dict[str, dict[str, bytes]] = {}
    for slug, path, data in rows:
        found.setdefault(slug, {})[path] = data
    return found


def write_export(
    folder: Path, courses: Mapping[str, Mapping[str, bytes]], *, overwrites: bool
) -> tuple[int, int]:
    """Write courses below `folder`; return how many files were written, and how many stood so.

    Files of the folder that a course does not have count as others, too: raises WouldOverwrite
    unless `overwrites`, which takes them away.
    """
    wanted = {f"{slug}/{path}": data for slug, files in courses.items()
              for path, data in files.items()}  # fmt: skip
    there = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for slug in courses for file in (folder / slug).rglob("*") if file.is_file()
    }  # fmt: skip
    others = sorted(path for path, data in there.items() if wanted.get(path) != data)
    if others and not overwrites:
        raise WouldOverwrite(others)
    changed = {path: data for path, data in wanted.items() if there.get(path) != data}
    for path, data in changed.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for path in set(there) - set(wanted):
        (folder / path).unlink()
    return len(changed), len(wanted) - len(changed)
