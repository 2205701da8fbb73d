"""One step of the form: shown, saved by a button or by itself, merged with what others wrote."""

import json
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from academy.library import questions
from academy.library.draft_queries import find_writable, names_of, read_contents, read_talks
from academy.library.errors import ChangedMeanwhile
from academy.library.forms import StepForm, find_excess, read_section
from academy.library.models import CaseStudy
from academy.library.picture_queries import taken_out
from academy.library.service import Saved, save_section
from academy.library.steps import SECTIONS
from academy.library.views.asking import Beside, ask
from academy.library.views.blueprint import pages, signed_in
from academy.library.views.writing import load_writable, steps_of
from academy.library.working_copy import Content, marks_of, progress_of, value_of
from academy.security.limits import limiter


@pages.get("/cases/write/<int:case_id>/<step>/")
def write_step(case_id: int, step: str) -> str:
    """Show a section of the working copy as a form."""
    case = _load(case_id, step)
    more = request.args.get("more", "")
    content = read_contents(case.id).get(step, {})
    return _show(case, step, content, Beside(more=more, talks=read_talks(case.id)))


def _load(case_id: int, step: str) -> CaseStudy:
    if step not in SECTIONS:
        abort(404)
    return load_writable(case_id)


def _show(
    case: CaseStudy, step: str, content: Content, beside: Beside, *,
    form: StepForm | None = None, by: int | None = None,
) -> str:  # fmt: skip
    """Return the page of a step, filled with `content`; a `form` given back keeps its marks.

    Else the marks are those of what stands now: the reader sees it.
    """
    contents = read_contents(case.id)
    steps = steps_of(case, contents)
    position = [one.name for one in steps].index(step)
    standing = beside.theirs if beside.theirs is not None else contents.get(step, {})
    marks = (form and form.marks.data) or json.dumps(marks_of(step, standing))
    return render_template(
        "library/write_step.html", case=case, step=steps[position], steps=steps,
        onward=steps[position + 1], position=position + 1, questions=questions,
        asked=list(ask(step, content, contents, beside)), contents=contents, content=content,
        marks=marks, form=form or StepForm(formdata=None), errors=beside.errors,
        clashing=bool(beside.clashing), is_me=by == signed_in().id,
        by=names_of({by}).get(by) if by else None,
        taken_out=taken_out(case, content) if step == "pictures" else (),
        is_unsaved=bool(beside.errors or beside.clashing or (form and form.errors)),
    )  # fmt: skip


@pages.post("/cases/write/<int:case_id>/<step>/")
@limiter.limit("120 per minute")  # type: ignore[untyped-decorator]
def save_step(case_id: int, step: str) -> ResponseReturnValue:
    """Keep what was typed; what cannot be kept comes back as it was typed, with the reason.

    The token is looked at here and not at the door (see app.py), so that a form that stood open
    for hours comes back with its words instead of an error.
    """
    form = StepForm()
    is_ours = form.validate()
    if not is_ours and find_writable(case_id, signed_in()) is None:
        abort(400)
    case = _load(case_id, step)
    typed = read_section(step, _without_removed(request.form, form.do.data or ""))
    if not is_ours:
        return _show(case, step, typed, Beside(), form=form), 400
    errors = {at: questions.PROBLEMS[why] for at, why in find_excess(typed)}
    if errors:
        return _show(case, step, typed, Beside(errors=errors), form=form), 422
    try:
        bases = form.bases() if form.marks.data else None
        saved = save_section(case, step, signed_in(), typed, bases)
    except ChangedMeanwhile as meanwhile:
        return _show_both(case, step, typed, meanwhile), 409
    if request.headers.get("X-Requested-With") == "fetch":
        return _say_saved(step, typed, saved)
    return _go_on(case, step, form.do.data or "", saved)


def _without_removed(form: MultiDict[str, str], do: str) -> MultiDict[str, str]:
    """Leave out the row whose button was pressed: "remove partners 2"."""
    verb, *row = do.split(" ")
    if verb != "remove":
        return form
    gone = "-".join(row) + "-"
    kept = ((name, text) for name, text in form.items(multi=True) if not name.startswith(gone))
    return MultiDict(kept)


def _show_both(case: CaseStudy, step: str, typed: Content, meanwhile: ChangedMeanwhile) -> str:
    """Put the words of both beside each other; what only the other one changed is taken over."""
    mine = {**meanwhile.theirs, **{field: typed[field] for field in meanwhile.mine}}
    beside = Beside(theirs=meanwhile.theirs, clashing=meanwhile.both, talks=read_talks(case.id))
    return _show(case, step, mine, beside, by=meanwhile.by)


def _say_saved(step: str, typed: Content, saved: Saved) -> Response:
    """Tell a script what it has saved, and how much of the section is told now."""
    filled = progress_of({step: saved.content}, step)
    facts: dict[str, Any] = {
        "marks": json.dumps(marks_of(step, typed)), "told": filled.told, "all": filled.all,
    }  # fmt: skip
    return jsonify(facts)


def _go_on(case: CaseStudy, step: str, do: str, saved: Saved) -> ResponseReturnValue:
    if saved.beside is not None:
        who = names_of({saved.beside}).get(saved.beside, _("Somebody"))
        flash(_("%(name)s wrote in this section, too. Both are kept.", name=who))
    verb, _space, field = do.partition(" ")
    here: dict[str, Any] = {"case_id": case.id, "step": step}
    if verb == "add" and field in SECTIONS[step]:
        row = f"{field}-{len(value_of(saved.content, field))}"
        return redirect(url_for(".write_step", **here, more=field, _anchor=row))
    if verb == "next":
        steps = steps_of(case, {})
        position = [one.name for one in steps].index(step)
        return redirect(steps[position + 1].url)
    flash(_("Saved."))
    return redirect(url_for(".write_step", **here))
