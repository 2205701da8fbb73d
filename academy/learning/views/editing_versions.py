"""The versions of one file of a course: who changed it, what differs, and bringing one back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning import editing_wording as wording
from academy.learning.course_paths import Place
from academy.learning.draft_queries import (
    Shelf,
    find_file_version,
    list_file_versions,
    read_shelf,
)
from academy.learning.editing_forms import PressForm
from academy.learning.service import bring_back
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course, load_place
from academy.learning.views.editing_files import text_of
from academy.library.differences import compare
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get("/desk/courses/<course>/versions/<path:path>")
@staff_only("organiser")
def file_versions(course: str, path: str) -> str:
    """List the versions of a file, the newest first; `of` shows one, and what it changed."""
    place, shelf = load_place(path), read_shelf(load_course(course))
    found = list_file_versions(shelf.course.id, path, read_id("page") or 1)
    if not found.total and path not in shelf.drafts:
        abort(404)
    number = read_id("of")
    return render_template(
        "learning/desk_versions.html", shelf=shelf, course=shelf.course, place=place, found=found,
        wording=wording, draft=shelf.drafts.get(path), number=number,
        differences=_differences(shelf, place, number) if place.is_text else None,
    )  # fmt: skip


def _differences(shelf: Shelf, place: Place, number: int | None) -> object:
    """Return what a version changed, or the draft where none is asked for."""
    if number is None:
        draft = shelf.drafts.get(place.path)
        before = text_of(shelf.published.get(place.path))
        return list(compare(before, text_of(draft.data))) if draft else None
    version = find_file_version(shelf.course.id, place.path, number)
    if version is None:
        abort(404)
    older = find_file_version(shelf.course.id, place.path, number - 1)
    return list(compare(text_of(older.data if older else None), text_of(version.data)))


@pages.post("/desk/courses/<course>/restorations/<int:number>/<path:path>")
@staff_only("organiser")
def restore_file(course: str, number: int, path: str) -> ResponseReturnValue:
    """Make an older version the draft of its file."""
    place, found = load_place(path), load_course(course)
    version = find_file_version(found.id, place.path, number)
    if version is None:
        abort(404)
    if PressForm().validate_on_submit():
        bring_back(found, version, signed_in())
        flash(_("Version %(number)s is the draft now. Nothing is published yet.", number=number))
    return redirect(url_for(".course_files", course=course), 303)
