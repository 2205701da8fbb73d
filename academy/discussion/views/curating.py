"""What moderators put on top of a thread: its summary with its versions, and best answers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.discussion import wording
from academy.discussion.curated import (
    VERSIONS_ON_A_PAGE,
    Best,
    Curated,
    list_summaries,
    read_best,
    read_curated,
)
from academy.discussion.errors import EditedMeanwhile, NotYours, TooManyBest
from academy.discussion.forms import PutBackForm, RecommendForm, SummaryForm
from academy.discussion.models import Thread
from academy.discussion.queries import find_last_visible
from academy.discussion.service import put_back, recommend, recommend_no_more, summarise
from academy.discussion.service.recommending import MOST_BEST
from academy.discussion.views.blueprint import (
    address_of,
    is_asked_by_script,
    load_open,
    load_post_at,
    load_thread,
    pages,
    signed_in,
)
from academy.library.differences import compare
from academy.security.input import read_id
from academy.security.limits import at_most
from academy.security.wall import staff_only


@pages.app_template_global()
def curated_of(thread: Thread) -> Curated:
    """Return what stands on top of the thread beside its summary."""
    return read_curated(thread)


@pages.app_template_global()
def best_of(threads: list[Thread]) -> dict[int, list[Best]]:
    """Return what is worth reading in these threads, by their ids."""
    found: dict[int, list[Best]] = {}
    for one in read_best(threads):
        found.setdefault(one.thread_id, []).append(one)
    return found


@pages.route("/threads/<int:thread_id>/summary", methods=["GET", "POST"])
@at_most("30 per minute")
@staff_only("moderator")
def summary(thread_id: int) -> ResponseReturnValue:
    """Write the summary of a thread; what a colleague saved meanwhile is shown beside it."""
    found = load_open(thread_id)
    form = SummaryForm(
        body=found.summary, version=str(found.summary_version), covers=find_last_visible(found)
    )
    if not form.validate_on_submit():
        return _show_editor(found, form), 400 if form.errors else 200
    if request.form.get("do") == "preview":
        return _show_editor(found, form, preview=form.words())
    try:
        summarise(
            found.id, signed_in(), form.words(), version=int(form.version.data or 0),
            covers=form.covers.data or 0,
        )  # fmt: skip
    except EditedMeanwhile as meanwhile:
        form.version.data = str(meanwhile.version)
        form.body.errors = [wording.EDITED_MEANWHILE]
        return _show_editor(found, form, theirs=meanwhile.body), 409
    return _lead(found)


def _show_editor(
    found: Thread, form: SummaryForm, *, preview: str = "", theirs: str | None = None
) -> str:
    return render_template(
        "discussion/summary.html", thread=found, form=form, preview=preview, theirs=theirs,
        back=address_of(found, 1), wording=wording,
    )  # fmt: skip


def _lead(found: Thread) -> ResponseReturnValue:
    flash(_("The summary stands on top of the thread."))
    address = url_for(".thread", thread_id=found.id)
    return ("", 201, {"Location": address}) if is_asked_by_script() else redirect(address)


@pages.get("/threads/<int:thread_id>/summary/history")
@staff_only("moderator")
def summary_history(thread_id: int) -> str:
    """Show what every version changed, the newest first, with the way back to each."""
    found, page = load_thread(thread_id), read_id("page") or 1
    rows = [(one, name) for one, name in list_summaries(found, page)]
    # The first of all changed nothing: it stands as it was written.
    before = [one.body for one, _name in rows[1:]] + [one.body for one, _name in rows[-1:]]
    versions = [
        (one, name, list(compare(old, one.body)))
        for (one, name), old in zip(rows, before, strict=True)
    ]
    return render_template(
        "discussion/summary_history.html", thread=found, page=page,
        versions=versions[:VERSIONS_ON_A_PAGE], has_next=len(rows) > VERSIONS_ON_A_PAGE,
        back=address_of(found, 1),
    )  # fmt: skip


@pages.post("/threads/<int:thread_id>/summary/removal")
@staff_only("moderator")
def remove_summary(thread_id: int) -> ResponseReturnValue:
    """Take the summary away; its history leads back."""
    found = load_open(thread_id)
    form = PutBackForm()
    if form.validate_on_submit():
        try:
            version = int(form.seen.data or 0)
            summarise(found.id, signed_in(), "", version=version, covers=0)
            flash(_("The summary is gone from the thread. “Put this back” undoes it."))
        except EditedMeanwhile:
            flash(_("A colleague has changed it meanwhile. Nothing was changed."), "danger")
    return redirect(url_for(".summary_history", thread_id=found.id))


@pages.post("/threads/<int:thread_id>/summary/return")
@staff_only("moderator")
def return_summary(thread_id: int) -> ResponseReturnValue:
    """Let an older version stand again."""
    found = load_open(thread_id)
    form = PutBackForm()
    if form.validate_on_submit():
        try:
            wanted, seen = int(form.wanted.data or 0), int(form.seen.data or 0)
            put_back(found.id, signed_in(), wanted, version=seen)
            flash(_("It stands on top of the thread again."))
        except EditedMeanwhile:
            flash(_("A colleague has changed it meanwhile. Nothing was changed."), "danger")
        except NotYours:
            flash(_("There is no such version."), "danger")
    return redirect(url_for(".summary_history", thread_id=found.id))


@pages.post("/threads/<int:thread_id>/posts/<int:number>/recommendation")
@staff_only("moderator")
def recommend_post(thread_id: int, number: int) -> ResponseReturnValue:
    """Mark a post as worth reading, or take the mark back."""
    found, post = load_post_at(thread_id, number)
    form = RecommendForm()
    if form.validate_on_submit():
        try:
            step = recommend if form.best.data else recommend_no_more
            step(post, signed_in())
        except NotYours:
            flash(_("Only what everybody sees can be marked."), "danger")
        except TooManyBest:
            flash(_full(), "danger")
    return redirect(address_of(found, post.number))


def _full() -> str:
    return str(
        ngettext(
            "%(num)d post is marked already: take one mark back first.",
            "%(num)d posts are marked already: take one mark back first.",
            MOST_BEST,
        )
    )
