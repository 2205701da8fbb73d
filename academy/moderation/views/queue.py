"""The queue: what waits, and one post with all that a moderator needs to decide."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import now, session
from academy.discussion.forms import WRITTEN
from academy.discussion.models import Thread
from academy.moderation import wording
from academy.moderation.errors import DecidedMeanwhile, NotPossible
from academy.moderation.forms import EmptyForm, PostDecisionForm, ThreadDecisionForm
from academy.moderation.models import Decision
from academy.moderation.queries import Entry, find_entry, list_appeals, list_queue, read_context
from academy.moderation.service import claim, decide_on_person, decide_on_post, decide_on_thread
from academy.moderation.views.blueprint import pages, signed_in
from academy.moderation.vocabulary import POST_ACTIONS
from academy.people.models import Person
from academy.security.input import read_id
from academy.security.wall import staff_only


@pages.get("/moderation/")
@staff_only("moderator")
def queue() -> str:
    """List what waits for a moderator, the oldest first, and the appeals."""
    language, kind = request.args.get("language", ""), request.args.get("kind", "")
    language = language if language in WRITTEN else ""
    kind = kind if kind in {"held", "flagged"} else ""
    found = list_queue(page=read_id("page") or 1, language=language, kind=kind)
    return render_template(
        "moderation/queue.html", found=found, language=language, kind=kind, languages=WRITTEN,
        appeals=list_appeals(), wording=wording, me=signed_in().id,
    )  # fmt: skip


def _load(waiting_id: int) -> Entry:
    entry = find_entry(waiting_id)
    if entry is None:
        abort(404)
    return entry


@pages.route("/moderation/queue/<int:waiting_id>/", methods=["GET", "POST"])
@staff_only("moderator")
def entry(waiting_id: int) -> ResponseReturnValue:
    """Show a post in its context and decide; that a colleague looks at it is said first."""
    found = _load(waiting_id)
    form = PostDecisionForm()
    if not form.validate_on_submit():
        page = render_template(
            "moderation/entry.html", entry=found, context=read_context(found), form=form,
            wording=wording, me=signed_in().id, take=EmptyForm(formdata=None),
        )  # fmt: skip
        return page, 400 if form.errors else 200
    try:
        _decide(found, form)
    except DecidedMeanwhile:
        flash(_("Another moderator has decided already. Nothing was changed."), "danger")
    else:
        flash(_("Decided. The author is told, and can appeal to another moderator."))
    return redirect(url_for(".queue"))


@pages.post("/moderation/queue/<int:waiting_id>/claim")
@staff_only("moderator")
def claim_entry(waiting_id: int) -> ResponseReturnValue:
    """Take a post to look at, so that no colleague does the same meanwhile."""
    found = _load(waiting_id)
    if EmptyForm().validate_on_submit() and not claim(found.waiting, signed_in()):
        flash(_("A colleague took it a moment ago."), "danger")
    return redirect(url_for(".entry", waiting_id=waiting_id))


def _decide(found: Entry, form: PostDecisionForm) -> Decision:
    note = (form.note.data or "").strip()
    action, reason = form.action.data, form.reason.data
    if action in POST_ACTIONS:
        return decide_on_post(found.post, signed_in(), action, reason, note)
    author = session.get(Person, found.post.author_id) if found.post.author_id else None
    if author is None or author.has_role("moderator", "administrator"):
        abort(409)
    days = int(form.days.data) if form.days.data else None
    until = now() + timedelta(days=days) if days and action in {"silence", "suspend"} else None
    return decide_on_person(author, signed_in(), action, reason, note=note, until=until)


@pages.route("/moderation/threads/<int:thread_id>/", methods=["GET", "POST"])
@staff_only("moderator")
def thread(thread_id: int) -> ResponseReturnValue:
    """Decide about a whole thread."""
    found = session.get(Thread, thread_id)
    if found is None:
        abort(404)
    form = ThreadDecisionForm()
    if not form.validate_on_submit():
        page = render_template("moderation/thread.html", thread=found, form=form)
        return page, 400 if form.errors else 200
    note = (form.note.data or "").strip()
    try:
        decide_on_thread(found, signed_in(), form.action.data, form.reason.data, note)
        flash(_("Decided."))
    except NotPossible:
        flash(_("It was merged into another thread meanwhile. Nothing was changed."), "danger")
    return redirect(url_for("discussion.thread", thread_id=thread_id))
