"""New modules, lessons and languages of a course, and lessons that move, as drafts."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning.draft_queries import Shelf, read_shelf
from academy.learning.editing_forms import LanguageForm, PartForm, PressForm, RenameForm
from academy.learning.models import Course
from academy.learning.record import CoursePlan
from academy.learning.scaffolding import New, Refused
from academy.learning.service import (
    add_language,
    add_lesson,
    add_module,
    move_lesson,
    rename_lesson,
    take_out_lesson,
)
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course, plan_of
from academy.lib.choices import options
from academy.lib.content_files import BadFile
from academy.people.choices import LANGUAGES
from academy.security.wall import staff_only

#: By how many places a lesson moves.
_STEPS = {"earlier": -1, "later": 1, "removal": 0}


@pages.get("/desk/courses/<course>/new")
@staff_only("organiser")
def new_parts(course: str) -> str:
    """Ask for a new lesson, module or language."""
    shelf = read_shelf(load_course(course))
    return _show(shelf, {})


def _show(shelf: Shelf, forms: Mapping[str, Any]) -> str:
    plan, _is_readable = plan_of(shelf)
    shown: dict[str, Any] = {
        "lesson": PartForm(formdata=None, prefix="lesson-"),
        "module": PartForm(formdata=None, prefix="module-"),
        "language": LanguageForm(formdata=None),
    } | dict(forms)  # fmt: skip
    first = plan.languages[0]
    others = {tag: name for tag, name in LANGUAGES.items() if tag not in plan.languages}
    shown["lesson"].module.choices = options({one.slug: one.title[first] for one in plan.modules})
    shown["language"].language.choices = options(others)
    return render_template(
        "learning/desk_new_parts.html", course=shelf.course, plan=plan, forms=shown
    )


@pages.post("/desk/courses/<course>/lessons")
@staff_only("organiser")
def new_lesson(course: str) -> ResponseReturnValue:
    """Add a lesson at the end of a module, as drafts in every language of the course."""
    form = PartForm(prefix="lesson-")

    def add(found: Course, plan: CoursePlan) -> str:
        return add_lesson(found, form.module.data or "", _new(form, plan), signed_in())

    return _add(course, "lesson", form, add)


@pages.post("/desk/courses/<course>/modules")
@staff_only("organiser")
def new_module(course: str) -> ResponseReturnValue:
    """Add a module with its first lesson, as drafts."""
    form = PartForm(prefix="module-")

    def add(found: Course, plan: CoursePlan) -> str:
        return add_module(found, _new(form, plan), signed_in())

    return _add(course, "module", form, add)


def _new(form: PartForm, plan: CoursePlan) -> New:
    title = " ".join((form.title.data or "").split())
    return New(form.slug.data or "", dict.fromkeys(plan.languages, title), bool(form.has_quiz.data))


def _add(
    course: str, kind: str, form: PartForm, add: Callable[[Course, CoursePlan], str]
) -> ResponseReturnValue:
    shelf = read_shelf(load_course(course))
    if not form.validate_on_submit():
        return _show(shelf, {kind: form}), 422
    try:
        path = add(shelf.course, plan_of(shelf)[0])
    except (Refused, BadFile) as error:
        form.slug.errors = [_why(error)]
        return _show(shelf, {kind: form}), 409
    flash(_("The files are there as drafts, for you to write over."))
    return redirect(url_for(".edit_file", course=course, path=path), 303)


def _why(error: Exception) -> str:
    return (
        _("course.yaml has a fault: mend it first.") if isinstance(error, BadFile) else str(error)
    )


@pages.post("/desk/courses/<course>/languages")
@staff_only("organiser")
def new_language(course: str) -> ResponseReturnValue:
    """Begin a translation: every text once more, for somebody to write over."""
    shelf, form = read_shelf(load_course(course)), LanguageForm()
    if not form.validate_on_submit():
        return _show(shelf, {"language": form}), 422
    try:
        add_language(shelf.course, form.language.data, signed_in())
    except (Refused, BadFile) as error:
        form.language.errors = [_why(error)]
        return _show(shelf, {"language": form}), 409
    flash(_("Every text stands there once more, to be translated. Publish it when all are."))
    return redirect(url_for(".course_files", course=course), 303)


@pages.post("/desk/courses/<course>/lessons/<key>/<step>")
@staff_only("organiser")
def change_order(course: str, key: str, step: str) -> ResponseReturnValue:
    """Move a lesson within its module, or take it out; as a draft of course.yaml."""
    found = load_course(course)
    if step not in _STEPS:
        abort(404)
    try:
        if not PressForm().validate_on_submit():
            pass
        elif step == "removal":
            take_out_lesson(found, key, signed_in())
            flash(_("Taken out in the draft. What learners did stays, should it come back."))
        else:
            move_lesson(found, key, _STEPS[step], signed_in())
    except (Refused, BadFile) as error:
        flash(_why(error), "danger")
    return redirect(url_for(".course_files", course=course, _anchor=f"lesson-{key}"), 303)


@pages.route("/desk/courses/<course>/lessons/<key>/name", methods=["GET", "POST"])
@staff_only("organiser")
def rename_course_lesson(course: str, key: str) -> ResponseReturnValue:
    """Give a lesson another address: its files and the links to it follow."""
    shelf = read_shelf(load_course(course))
    plan, _is_readable = plan_of(shelf)
    lesson = next((one for _module, one in plan.lessons() if one.id == key), None)
    form = RenameForm(obj=lesson)
    status = 200
    if lesson is not None and form.validate_on_submit():
        try:
            rename_lesson(shelf.course, key, form.slug.data or "", signed_in())
        except (Refused, BadFile) as error:
            form.slug.errors, status = [_why(error)], 409
        else:
            flash(_("Renamed in the drafts, with the links that lead to it."))
            return redirect(url_for(".course_files", course=course, _anchor=f"lesson-{key}"), 303)
    return render_template(
        "learning/desk_rename.html", course=shelf.course, lesson=lesson, form=form
    ), status if lesson else 404  # fmt: skip
