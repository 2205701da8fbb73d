"""One file of a course in the browser: shown, saved as a draft, removed, brought back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning import editing_wording as wording
from academy.learning.course_paths import Place
from academy.learning.draft_queries import Shelf, read_shelf
from academy.learning.editing_forms import FileForm, PressForm
from academy.learning.service import (
    NotToRemove,
    SavedMeanwhile,
    agree,
    check_shelf,
    discard_draft,
    remove_file,
    save_text,
)
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course, load_place, plan_of
from academy.lib.content_files import Fault
from academy.library.differences import compare
from academy.library.draft_queries import names_of
from academy.security.limits import limiter
from academy.security.wall import staff_only

_PATH = "/desk/courses/<course>/files/<path:path>"


@dataclass(frozen=True, slots=True)
class Beside:
    """What else a page of a file shows: somebody else's words, and why it was not saved."""

    theirs: str | None = None
    by: str = ""
    error: str = ""
    is_old: bool = False


@pages.get(_PATH)
@staff_only("organiser")
def edit_file(course: str, path: str) -> str:
    """Show a file with its faults beside it, and what can be inserted."""
    place, shelf = load_place(path), read_shelf(load_course(course))
    data, mark = shelf.standing(path)
    if data is None and path not in shelf.published and path not in _planned(shelf):
        abort(404)
    return _show(shelf, place, text_of(data), mark, Beside())


def _planned(shelf: Shelf) -> set[str]:
    """Return the files that the plan asks for, whether they are there or not."""
    plan, _is_readable = plan_of(shelf)
    stems = [(f"{module.slug}/{one.slug}", tag) for module, one in plan.lessons()
             for tag in plan.languages]  # fmt: skip
    lessons = {f"{stem}.{tag}.md" for stem, tag in stems}
    quizzes = {f"{stem}.quiz.{tag}.yaml" for stem, tag in stems}
    return lessons | quizzes | {f"glossary.{tag}.yaml" for tag in plan.languages}


def text_of(data: bytes | None) -> str:
    """Return a file's words; bytes that are no UTF-8 show as marks, for the check names them."""
    return (data or b"").decode("utf-8", "replace")


def _show(shelf: Shelf, place: Place, text: str, mark: str, beside: Beside) -> str:
    faults = check_shelf(shelf).faults
    mine = [one for one in faults if one.file == f"{shelf.course.slug}/{place.path}"]
    published = shelf.published.get(place.path)
    is_overtaken = shelf.is_overtaken(place.path) and beside.theirs is None
    return render_template(
        "learning/desk_file.html" if place.is_text else "learning/desk_figure.html",
        shelf=shelf, course=shelf.course, place=place, text=text, mark=mark, wording=wording,
        faults=with_lines(mine, text), others=len(faults) - len(mine), beside=beside,
        draft=shelf.drafts.get(place.path), is_published=published is not None,
        is_overtaken=is_overtaken, figures=_figures(shelf),
        differences=list(compare(beside.theirs, text)) if beside.theirs is not None else
        list(compare(text_of(published), text)) if is_overtaken and place.is_text else (),
    )  # fmt: skip


def with_lines(faults: Sequence[Fault], text: str) -> list[tuple[Fault, str]]:
    """Return faults each with the line that it is about."""
    lines = text.splitlines()
    return [
        (one, lines[one.line - 1].strip()[:120] if 0 < one.line <= len(lines) else "")
        for one in faults
    ]


def _figures(shelf: Shelf) -> list[str]:
    return [path.partition("/")[2] for path in shelf.contents if path.startswith("figures/")]


@pages.post(_PATH)
@limiter.limit("120 per minute")  # type: ignore[untyped-decorator]
@staff_only("organiser")
def save_file(course: str, path: str) -> ResponseReturnValue:
    """Keep what was typed as a draft; what cannot be kept comes back as it was typed.

    The token is looked at here and not at the door (see app.py), so that a form that stood open
    for hours comes back with its words instead of an error.
    """
    form, place, found = FileForm(), load_place(path), load_course(course)
    typed, mark = form.body.data or "", form.marks.data
    if not place.is_text:
        abort(400)
    if not form.validate():
        is_old = "csrf_token" in form.errors
        return _give_back(found.slug, place, form, is_old=is_old), 400 if is_old else 422
    try:
        saved = save_text(found, path, signed_in(), typed, mark)
    except SavedMeanwhile as meanwhile:
        return _show_both(found.slug, place, typed, meanwhile), 409
    if request.headers.get("X-Requested-With") == "fetch":
        return jsonify({"marks": saved})
    if form.do.data == "next" and place.kind == "lesson":
        return redirect(preview_url(found.slug, place), 303)
    flash(_("Saved as a draft. Learners see it once it is published."))
    return redirect(url_for(".edit_file", course=course, path=path), 303)


def preview_url(course: str, place: Place) -> str:
    """Return where a lesson is looked at before it is published."""
    return url_for(
        ".preview_lesson", course=course, module=place.module, lesson=place.lesson,
        language=place.language,
    )  # fmt: skip


def _give_back(course: str, place: Place, form: FileForm, *, is_old: bool) -> str:
    shelf = read_shelf(load_course(course))
    why = _("The text is longer than %(number)s characters: make two files of it.",
            number="400,000")  # fmt: skip
    beside = Beside(is_old=True) if is_old else Beside(error=why)
    return _show(shelf, place, form.body.data or "", form.marks.data or "", beside)


def _show_both(course: str, place: Place, typed: str, meanwhile: SavedMeanwhile) -> str:
    by = meanwhile.author_id
    name = names_of({by}).get(by, "") if by else ""
    shelf = read_shelf(load_course(course))
    beside = Beside(theirs=text_of(meanwhile.data), by=name)
    return _show(shelf, place, typed, meanwhile.digest, beside)


@pages.post("/desk/courses/<course>/removals/<path:path>")
@staff_only("organiser")
def remove_course_file(course: str, path: str) -> ResponseReturnValue:
    """Let a file be taken away with the next publication."""
    place, found = load_place(path), load_course(course)
    try:
        if PressForm().validate_on_submit():
            remove_file(found, place.path, signed_in())
            flash(
                _("%(path)s will be removed with the next publication. “Undo” keeps it.", path=path)
            )
    except NotToRemove:
        flash(_("A course cannot be without its plan."), "danger")
    return redirect(url_for(".course_files", course=course), 303)


@pages.post("/desk/courses/<course>/discards/<path:path>")
@staff_only("organiser")
def discard_course_draft(course: str, path: str) -> ResponseReturnValue:
    """Give a draft up; its words stay among the versions of the file."""
    place, found = load_place(path), load_course(course)
    if PressForm().validate_on_submit():
        discard_draft(found, place.path)
        flash(_("The draft of %(path)s is given up. It stays among its versions.", path=path))
    return redirect(url_for(".course_files", course=course), 303)


@pages.post("/desk/courses/<course>/agreements/<path:path>")
@staff_only("organiser")
def agree_with_published(course: str, path: str) -> ResponseReturnValue:
    """Take note that a draft knows what was published meanwhile."""
    place, found = load_place(path), load_course(course)
    if PressForm().validate_on_submit():
        agree(found, place.path)
    return redirect(url_for(".edit_file", course=course, path=path), 303)
