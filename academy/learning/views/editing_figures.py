"""Figures of a course: sent, looked at, kept as a draft."""

from contextlib import closing
from os import SEEK_END
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.learning.draft_queries import read_shelf
from academy.learning.editing_forms import FigureForm
from academy.learning.figure_uploads import NoFigure, look_at, name_of
from academy.learning.figures import LARGEST
from academy.learning.service import save_bytes
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course
from academy.security.wall import staff_only

_WHY: dict[str, Any] = {
    "empty": lazy_gettext("Choose a file."),
    "kind": lazy_gettext("Take an SVG, PNG, JPEG or WebP file."),
    "heavy": lazy_gettext(
        "%(kb)s kB are too heavy: learners pay for them. 200 kB at most: draw it, or shrink it."
    ),
    "other": lazy_gettext("This is not what the end of its name says."),
    "acts": lazy_gettext(
        "The drawing holds %(words)s: a drawing may not act, nor fetch anything. Save it as a "
        "plain SVG."
    ),
    "broken": lazy_gettext("This drawing cannot be read. Save it as a plain SVG."),
}


@pages.route("/desk/courses/<course>/figures", methods=["GET", "POST"])
@staff_only("organiser")
def course_figures(course: str) -> ResponseReturnValue:
    """Show the figures of a course, and take one more."""
    found, form = load_course(course), FigureForm()
    status = 200
    if form.validate_on_submit():
        try:
            name = _keep(found, form)
        except NoFigure as error:
            form.file.errors, status = [_say(error)], 422
        else:
            flash(_("%(name)s is there as a draft. Show it in a lesson.", name=name))
            return redirect(url_for(".course_figures", course=course), 303)
    shelf = read_shelf(found)
    names = [path.partition("/")[2] for path in shelf.contents if path.startswith("figures/")]
    marks = {name: shelf.standing(f"figures/{name}")[1][:16] for name in names}
    return render_template(
        "learning/desk_figures.html", course=found, form=form, names=names, marks=marks,
        shelf=shelf,
    ), status  # fmt: skip


def _keep(course: Any, form: FigureForm) -> str:
    sent = form.file.data
    if not sent or not sent.filename:
        raise NoFigure("empty")
    name = name_of(form.name.data or "", sent.filename)
    with closing(sent):
        if (size := sent.stream.seek(0, SEEK_END)) > LARGEST:
            raise NoFigure("heavy", f"{size // 1000:,}")
        sent.stream.seek(0)
        data = sent.stream.read()
    save_bytes(course, f"figures/{name}", signed_in(), look_at(name, data))
    return name


def _say(error: NoFigure) -> str:
    return str(_WHY[error.why]) % {"kb": error.words, "words": error.words}
