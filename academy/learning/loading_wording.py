"""What a load of cases and courses did, in words for whoever started it."""

from collections.abc import Iterator

from academy.learning.service import CourseReport
from academy.lib.content_files import say_faults
from academy.library.service import LoadReport

_WAYS_OUT = """\
  Nothing of it was loaded, and nothing is lost. Two ways out:
    academy content export {slug} DIRECTORY   writes it as it is now: put both together there, then
    academy content load DIRECTORY --take-files {slug}
  or, with the files as they are (what was edited in the browser stays among its versions):
    academy content load --take-files {slug}"""


def say_load(cases: LoadReport, courses: CourseReport) -> str:
    """Return how many were new, changed, kept and withdrawn, and what somebody has to decide."""
    lines = [
        f"{one.created} {name} new, {one.updated} changed, {one.unchanged} as they were, "
        f"{one.withdrawn} withdrawn."
        for name, one in (("cases", cases), ("courses", courses))
    ]
    return "\n".join([*lines, *courses.warnings, *_kept(courses), *_refused(courses)])


def _kept(courses: CourseReport) -> Iterator[str]:
    for slug, paths in courses.kept.items():
        yield f"{slug}: edited in the browser, and stays so: {', '.join(paths)}"


def _refused(courses: CourseReport) -> Iterator[str]:
    for slug, paths in courses.clashes.items():
        yield f"{slug} was edited in the browser and in the files: {', '.join(paths)}."
        yield _WAYS_OUT.format(slug=slug)
    for slug, faults in courses.faults.items():
        yield f"{slug}: the files and what was edited in the browser do not fit together:"
        yield say_faults(faults)
        yield _WAYS_OUT.format(slug=slug)
