"""Figures of a course: sent, looked at, kept as a draft."""

from contextlib import closing
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.learning.draft_queries import read_shelf
from academy.learning.editing_forms import FigureForm
from academy.learning.figure_uploads import NoDrawing
from academy.learning.models import Course
from academy.learning.service import take_figure
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course
from academy.lib.pictures import LARGEST_BYTES, Busy, NotDrawn
from academy.library.picture_wording import word_for_refusal
from academy.security.limits import limiter
from academy.security.wall import staff_only

_WHY: dict[str, Any] = {
    "heavy": lazy_gettext(
        "%(words)s kB are too heavy for a drawing: learners pay for them. 200 kB at most."
    ),
    "acts": lazy_gettext(
        "The drawing holds %(words)s: a drawing may not act, nor fetch anything. Save it as a "
        "plain SVG."
    ),
    "broken": lazy_gettext("This drawing cannot be read. Save it as a plain SVG."),
}


@pages.get("/desk/courses/<course>/figures")
@staff_only("organiser")
def course_figures(course: str) -> str:
    """Show the figures of a course, and ask for one more."""
    return _show(load_course(course), FigureForm(formdata=None))


def _show(course: Course, form: FigureForm) -> str:
    shelf = read_shelf(course)
    names = [path.partition("/")[2] for path in shelf.contents if path.startswith("figures/")]
    marks = {name: shelf.standing(f"figures/{name}")[1][:16] for name in names}
    return render_template(
        "learning/desk_figures.html", course=course, form=form, names=names, marks=marks,
        shelf=shelf,
    )  # fmt: skip


@pages.post("/desk/courses/<course>/figures")
@limiter.limit("30 per minute")  # type: ignore[untyped-decorator]
@staff_only("organiser")
def send_figure(course: str) -> ResponseReturnValue:
    """Keep a figure as a draft, or say why it cannot be one."""
    found, form = load_course(course), FigureForm()
    if not form.validate_on_submit():
        return _show(found, form), 422
    try:
        name = _take(found, form)
    except (NoDrawing, NotDrawn, Busy) as error:
        form.file.errors = [_say(form.file.data.filename or "", error)]
        return _show(found, form), 422
    flash(_("%(name)s is there as a draft. Show it in a lesson.", name=name))
    return redirect(url_for(".course_figures", course=course), 303)


def _take(course: Course, form: FigureForm) -> str:
    sent = form.file.data
    with closing(sent):
        # One byte more than may be says that it is too large, whatever length was claimed.
        data = sent.stream.read(LARGEST_BYTES + 1)
    return take_figure(course, signed_in(), form.name.data or "", sent.filename, data)


def _say(name: str, error: Exception) -> str:
    if isinstance(error, NoDrawing):
        return str(_WHY[error.why]) % {"words": error.words}
    return word_for_refusal(name, error)
