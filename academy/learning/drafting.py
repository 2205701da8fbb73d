"""A course as its drafts would make it: laid out as files, and read and checked as all are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from academy.learning.checking import CourseReading, read_course_beside
from academy.learning.content import PLAN, CourseFiles, LessonFiles
from academy.learning.record import CoursePlan
from academy.lib.content_files import BadFile, read_record, read_text


def read_contents(
    slug: str, contents: Mapping[str, bytes], cases: Collection[str], others: Sequence[CourseFiles]
) -> CourseReading:
    """Read and check a course from its files by path, beside the other courses.

    It is the very check of `academy content check`; the folder is gone afterwards.
    """
    with TemporaryDirectory(prefix="academy-course-") as root:
        lay_out(Path(root) / slug, contents)
        return read_course_beside(Path(root), Path(root) / slug, cases, others)


def lay_out(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of a course below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in contents.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def from_plan(slug: str, plan: CoursePlan) -> CourseFiles:
    """Return what other courses need of a course: its plan, its lessons' addresses and ids."""
    lessons = tuple(LessonFiles(module, one, {}) for module, one in plan.lessons())
    return CourseFiles(slug, Path(slug), plan, lessons)


def plans_below(root: Path) -> Iterator[tuple[str, CoursePlan]]:
    """Yield slug and plan of each course below `root` whose plan can be read."""
    for file in sorted(root.glob(f"*/{PLAN}")):
        try:
            text = read_text(file.read_bytes(), PLAN)
            yield file.parent.name, read_record(text, PLAN, CoursePlan)[0]
        except BadFile:
            continue


def overlaid(
    published: Mapping[str, bytes], drafts: Iterable[tuple[str, bytes | None]]
) -> dict[str, bytes]:
    """Return the files by path as they are with these drafts; None takes a file away."""
    after: dict[str, bytes | None] = {**published, **dict(drafts)}
    return {path: after[path] or b"" for path in sorted(after) if after[path] is not None}
