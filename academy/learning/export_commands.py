"""The command `academy content export`: courses as files, as they are published now."""

from pathlib import Path

import click

from academy.commandline import fail, open_database, tell
from academy.learning.service import WouldOverwrite, read_export, write_export


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="[SLUG]... DIRECTORY")
@click.option("--force", is_flag=True, help="Write over files of these courses that differ.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(arguments: tuple[str, ...], *, force: bool, as_json: bool) -> None:
    """Write the courses SLUG (all that are published) into DIRECTORY, a folder each.

    Byte for byte what learners read, with everything that was edited in the browser. Files that
    are there and differ are named, and nothing is written; --force makes the folder what the
    course is.
    """
    *slugs, folder = arguments
    open_database()
    found = read_export(tuple(slugs))
    for slug in slugs:
        if slug not in found:
            raise fail(f"There is no course {slug}.")
    try:
        written, same = write_export(Path(folder), found, overwrites=force)
    except WouldOverwrite as error:
        named = "\n".join(f"  {path}" for path in error.paths[:20])
        words = f"Nothing was written: these differ, or are no file of the course.\n{named}\n"
        raise fail(f"{words}Take another directory, or --force to write over them.") from error
    except OSError as error:
        raise fail(f"{folder}: {error.strerror}.") from error
    words = f"{', '.join(found)}: {written} files written to {folder}, {same} as they were."
    tell({"courses": sorted(found), "written": written, "same": same}, words, as_json=as_json)
