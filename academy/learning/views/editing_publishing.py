"""Checking the drafts of a course, and publishing them."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from academy.learning import editing_wording as wording
from academy.learning.draft_queries import Shelf, read_shelf
from academy.learning.editing_forms import PublishForm
from academy.learning.service import (
    NotGreen,
    NothingToPublish,
    Overtaken,
    Unconfirmed,
    check_shelf,
    publish,
)
from academy.learning.views.blueprint import pages, signed_in
from academy.learning.views.editing import load_course
from academy.learning.views.editing_files import text_of, with_lines
from academy.lib.content_files import Fault
from academy.security.wall import staff_only


@pages.get("/desk/courses/<course>/check")
@staff_only("organiser")
def check_course(course: str) -> str:
    """Check the course as it would be with its drafts, and offer to publish them."""
    shelf = read_shelf(load_course(course))
    form = PublishForm(formdata=None, paths=list(shelf.drafts))
    return _show(shelf, form, check_shelf(shelf).faults)


def _show(shelf: Shelf, form: PublishForm, faults: Sequence[Fault], **more: Any) -> str:
    return render_template(
        "learning/desk_check.html", shelf=shelf, course=shelf.course, form=form, wording=wording,
        faults=[(*one, *_place_of(one[0])) for one in _all_with_lines(shelf, faults)],
        overtaken=[path for path in shelf.drafts if shelf.is_overtaken(path)],
        chosen=form.paths.data or (), **more,
    )  # fmt: skip


def _all_with_lines(shelf: Shelf, faults: Sequence[Fault]) -> list[tuple[Fault, str]]:
    contents, mine = shelf.contents, shelf.course.slug
    places = [_place_of(one) for one in faults]
    texts = [text_of(contents.get(path)) if slug == mine else "" for slug, path in places]
    return [with_lines([one], text)[0] for one, text in zip(faults, texts, strict=True)]


def _place_of(fault: Fault) -> tuple[str, str]:
    """Return course and path of the file that a fault is in."""
    slug, _slash, path = fault.file.partition("/")
    return slug, path


@pages.post("/desk/courses/<course>/publication")
@staff_only("organiser")
def publish_course(course: str) -> ResponseReturnValue:
    """Publish the chosen drafts, all or none."""
    found, form = load_course(course), PublishForm()
    shelf = read_shelf(found)
    if not form.validate_on_submit():
        return _show(shelf, form, check_shelf(shelf).faults), 422
    paths = form.paths.data or []
    try:
        number = publish(
            found, paths, signed_in(), note=" ".join((form.note.data or "").split()),
            is_confirmed=bool(form.confirmed.data),
        )  # fmt: skip
    except NothingToPublish:
        return _show(shelf, form, check_shelf(shelf).faults, is_empty=True), 422
    except NotGreen as error:
        return _show(shelf, form, error.faults, is_refused=True), 409
    except Overtaken:
        return _show(read_shelf(found), form, ()), 409
    except Unconfirmed as error:
        return _show(shelf, form, (), warnings=error.warnings), 409
    flash(ngettext("%(num)d file published.", "%(num)d files published.", number))
    return redirect(url_for(".course_files", course=course), 303)
