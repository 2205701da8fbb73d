"""What the desk pages of courses load first, and the list of all courses."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning import editing_wording as wording
from academy.learning.course_paths import Place, place_of
from academy.learning.draft_queries import (
    Shelf,
    find_any_course,
    last_changes,
    list_desk_courses,
    read_shelf,
)
from academy.learning.editing_forms import CourseForm, PressForm
from academy.learning.models import Course
from academy.learning.record import CoursePlan
from academy.learning.scaffolding import Refused
from academy.learning.service import (
    NotGreen,
    WasPublished,
    check_shelf,
    forget_course,
    make_course,
    put_on_shelf,
    read_plan,
    take_from_shelf,
)
from academy.learning.tree import grow
from academy.learning.views.blueprint import pages, signed_in
from academy.lib.content_files import BadFile
from academy.security.input import read_id
from academy.security.wall import staff_only


def load_course(slug: str) -> Course:
    """Return a course whatever its status; 404 where there is none."""
    course = find_any_course(slug)
    if course is None:
        abort(404)
    return course


def load_place(path: str) -> Place:
    """Return what a path names; 404 for what can be no file of a course."""
    place = place_of(path)
    if place is None:
        abort(404)
    return place


def plan_of(shelf: Shelf) -> tuple[CoursePlan, bool]:
    """Return the plan as it is drafted, or as it is published where the draft cannot be read."""
    try:
        return read_plan(shelf.contents)[1], True
    except BadFile:
        return CoursePlan.model_validate(shelf.course.plan), False


@pages.get("/desk/courses/files/")
@staff_only("organiser")
def desk_courses() -> str:
    """List all courses, also those that nobody else sees."""
    return render_template(
        "learning/desk_courses.html", found=list_desk_courses(read_id("page") or 1), wording=wording
    )


@pages.route("/desk/courses/files/new", methods=["GET", "POST"])
@staff_only("organiser")
def new_course() -> ResponseReturnValue:
    """Make a course that nobody but its editors sees yet."""
    form = CourseForm()
    if not form.validate_on_submit():
        return render_template("learning/desk_new_course.html", form=form)
    titles = {form.language.data: (form.title.data or "").strip()}
    try:
        course = make_course(
            form.slug.data or "", titles, signed_in(), has_quiz=bool(form.has_quiz.data)
        )
    except Refused as error:
        form.slug.errors = [str(error)]
        return render_template("learning/desk_new_course.html", form=form), 409
    flash(_("The course is there, with one lesson to write over. Nobody else sees it yet."))
    return redirect(url_for(".course_files", course=course.slug), 303)


@pages.get("/desk/courses/<course>/files/")
@staff_only("organiser")
def course_files(course: str) -> str:
    """Show the files of a course, what waits with each, and who touched it."""
    shelf = read_shelf(load_course(course))
    plan, is_readable = plan_of(shelf)
    tree = grow(shelf, plan, last_changes(shelf.course.id))
    return render_template(
        "learning/desk_files.html", shelf=shelf, course=shelf.course, plan=plan, tree=tree,
        is_readable=is_readable, wording=wording,
        faults=check_shelf(shelf).faults if shelf.drafts else (),
    )  # fmt: skip


@pages.post("/desk/courses/<course>/shelf")
@staff_only("organiser")
def shelve_course(course: str) -> ResponseReturnValue:
    """Let everybody see the course, or take it from the shelf."""
    found = load_course(course)
    if PressForm().validate_on_submit():
        if found.status == "published":
            take_from_shelf(found, signed_in())
            flash(_("Withdrawn. What learners did stays, and you can publish it again."))
        else:
            _put_on_shelf(found)
    return redirect(url_for(".course_files", course=course), 303)


@pages.post("/desk/courses/<course>/removal")
@staff_only("organiser")
def forget_new_course(course: str) -> ResponseReturnValue:
    """Take away a course that was never published."""
    found = load_course(course)
    try:
        if PressForm().validate_on_submit():
            forget_course(found, signed_in())
            flash(_("The course %(slug)s is taken away.", slug=course))
    except WasPublished:
        flash(_("Learners know this course: withdraw it instead."), "danger")
    return redirect(url_for(".desk_courses"), 303)


def _put_on_shelf(course: Course) -> None:
    try:
        put_on_shelf(course, signed_in())
        flash(_("Published: everybody sees it now, without the drafts that are still open."))
    except NotGreen as error:
        words = _("Not published: %(file)s, line %(line)s: %(what)s.", file=error.faults[0].file,
                  line=error.faults[0].line, what=error.faults[0].what)  # fmt: skip
        flash(words, "danger")
