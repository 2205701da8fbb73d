"""The step of the form in which pictures are given, told in words, ordered, taken out, put back."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from flask import Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from academy.lib.pictures import LARGEST_BYTES, Busy, NotDrawn
from academy.library.alternatives import weakness_of
from academy.library.errors import AuthoringError, ChangedMeanwhile
from academy.library.forms import StepForm, find_excess, read_section
from academy.library.models import CaseStudy
from academy.library.picture_wording import WEAK, word_for_refusal
from academy.library.service import save_section
from academy.library.service.picturing import (
    MOST_PICTURES,
    add_picture,
    put_back_picture,
    sketch_picture,
)
from academy.library.views.blueprint import pages, signed_in
from academy.library.views.steps import save_step
from academy.library.views.writing import load_writable
from academy.security.limits import limiter

_MOVES = {"up": -1, "down": 1}


@pages.post("/cases/write/<int:case_id>/pictures/")
@limiter.limit("120 per minute")  # type: ignore[untyped-decorator]
def save_pictures(case_id: int) -> ResponseReturnValue:
    """Keep what was typed of the pictures, then take files, move one, or put one back.

    Whatever needs none of that is saved as every other step is.
    """
    form = StepForm()
    if not form.validate():
        return _as_any_step(case_id)
    case = load_writable(case_id)
    files = [one for one in request.files.getlist("files") if one.filename]
    verb, _space, which = (form.do.data or "").partition(" ")
    is_more = bool(files) or verb in {*_MOVES, "back"}
    if not is_more or not _keep_typed(case, form, verb, which):
        return _as_any_step(case_id)
    errors = [*_take(case, files[:MOST_PICTURES])]
    if verb == "back":
        errors += _put_back(case, which)
    if request.headers.get("X-Requested-With") == "fetch":
        return _say_taken(errors)
    for name, error in errors:
        flash(word_for_refusal(name, error), "danger")
    return redirect(url_for(".write_step", case_id=case.id, step="pictures", _anchor="pictures"))


def _as_any_step(case_id: int) -> ResponseReturnValue:
    answer: ResponseReturnValue = save_step(case_id, "pictures")
    return answer


def _keep_typed(case: CaseStudy, form: StepForm, verb: str, which: str) -> bool:
    """Save the words beside the pictures; False where the page of the step has to say why not."""
    if "marks" not in request.form:
        return True  # a script sends one file after the other, and the words with the first
    typed = read_section("pictures", request.form)
    if any(find_excess(typed)):
        return False
    if verb in _MOVES:
        _move(typed["pictures"], which, _MOVES[verb])
    try:
        save_section(case, "pictures", signed_in(), typed, form.bases() or None)
    except ChangedMeanwhile:
        return False
    return True


def _move(rows: list[Any], which: str, by: int) -> None:
    at = int(which) if which.isdecimal() else -1
    if 0 <= at < len(rows) and 0 <= at + by < len(rows):
        rows.insert(at + by, rows.pop(at))


def _take(case: CaseStudy, files: list[FileStorage]) -> Iterator[tuple[str, Exception]]:
    """Add the files that can be drawn; give the others, each with what kept it out."""
    for file in files:
        read = partial(file.stream.read, LARGEST_BYTES + 1)
        try:
            add_picture(case, signed_in(), sketch_picture(case, signed_in(), read))
        except (NotDrawn, Busy, AuthoringError) as error:
            yield (file.filename or "")[:80], error


def _put_back(case: CaseStudy, digest: str) -> Iterator[tuple[str, Exception]]:
    try:
        put_back_picture(case, signed_in(), digest)
    except AuthoringError as error:
        yield digest[:8], error


def _say_taken(errors: Sequence[tuple[str, Exception]]) -> tuple[Response, int]:
    """Tell a script what became of its file; 503: it may send it again by itself in a moment."""
    words = [word_for_refusal(name, error) for name, error in errors]
    is_busy = any(isinstance(error, Busy) for _name, error in errors)
    return jsonify({"refused": words}), 503 if is_busy else 422 if words else 201


@pages.app_template_filter("weakness")
def _advice_on(alternative: str) -> Any:
    """Say how an alternative text gets better; nothing where nothing is to be said."""
    weakness = weakness_of(alternative) if alternative else None
    return WEAK[weakness] if weakness else ""
