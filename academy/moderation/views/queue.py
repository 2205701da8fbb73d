"""The queue: what waits, and one post with all that a moderator needs to decide."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import session
from academy.discussion.forms import WRITTEN
from academy.discussion.models import Thread
from academy.i18n.setup import country_in_words
from academy.lib.strict import LARGEST_ID
from academy.moderation import wording
from academy.moderation.errors import DecidedMeanwhile, NotPossible
from academy.moderation.forms import EmptyForm, PostDecisionForm, ThreadDecisionForm
from academy.moderation.models import Decision
from academy.moderation.queries import find_undoable, read_context
from academy.moderation.queue import (
    AGES,
    KINDS,
    Choice,
    Entry,
    Queue,
    find_claim,
    find_entry,
    read_queue,
)
from academy.moderation.service import claim, decide_on_person, decide_on_post, decide_on_thread
from academy.moderation.views.blueprint import pages, queue_address, signed_in
from academy.moderation.vocabulary import POST_ACTIONS
from academy.security.input import read_id
from academy.security.redirects import safe_path
from academy.security.wall import staff_only


@pages.get("/moderation/")
@staff_only("moderator")
def queue() -> str:
    """List what waits for a moderator: posts, appeals and cases, the oldest first."""
    choice = _choice()
    undo, found = read_id("undo"), read_queue(choice, read_id("page") or 1)
    return render_template(
        "moderation/queue.html", found=found, choice=choice, countries=_countries(found, choice),
        languages=WRITTEN, wording=wording, me=signed_in().id,
        undo=find_undoable(undo, signed_in()) if undo else None,
        kept={name: value for name, value in request.args.items() if name in _KEPT and value},
    )  # fmt: skip


def _countries(found: Queue, choice: Choice) -> list[tuple[str, str]]:
    """Return the countries whose people wait, and the chosen one, by the alphabet."""
    codes = {code for code in {*found.counts["country"], choice.country} if code}
    return sorted(((code, country_in_words(code)) for code in codes), key=lambda pair: pair[1])


#: What stays in the address from one page of the queue to the next.
_KEPT = ("kind", "language", "country", "age", "order")


def _choice() -> Choice:
    wanted = request.args
    country = wanted.get("country", "")
    return Choice(
        kind=_one_of(KINDS, wanted.get("kind", "")),
        language=_one_of(WRITTEN, wanted.get("language", "")),
        country=country if len(country) == len("KH") and country.isalpha() else "",
        age=_one_of(AGES, wanted.get("age", "")),
        is_newest_first=wanted.get("order") == "newest",
    )


def _one_of(known: object, value: str) -> str:
    return value if value in known else ""  # type: ignore[operator]


def load_entry(waiting_id: int) -> Entry:
    """Return a post of the queue; 404 otherwise."""
    entry = find_entry(waiting_id)
    if entry is None:
        abort(404)
    return entry


@pages.route("/moderation/queue/<int:waiting_id>/", methods=["GET", "POST"])
@staff_only("moderator")
def entry(waiting_id: int) -> ResponseReturnValue:
    """Show a post in its context and decide; that a colleague looks at it is said first."""
    found = load_entry(waiting_id)
    form = PostDecisionForm(action=_one_of(POST_ACTIONS, request.args.get("action", "")))
    if found.post.author is None or found.post.author.holds_staff_role:
        form.offer(POST_ACTIONS)  # about staff an administrator decides, by their role
    if not form.validate_on_submit():
        page = render_template(
            "moderation/entry.html", entry=found, context=read_context(found), form=form,
            wording=wording, me=signed_in().id, claim=find_claim("post", waiting_id),
            back=queue_address(),
        )  # fmt: skip
        return page, 400 if form.errors else 200
    try:
        made = _decide(found, form)
    except DecidedMeanwhile:
        flash(_("Another moderator has decided already. Nothing was changed."), "danger")
        return redirect(queue_address())
    flash(_("Decided. The author is told, and can appeal to another moderator."))
    return redirect(queue_address(undo=made.id))


@pages.post("/moderation/claims")
@staff_only("moderator")
def claim_item() -> ResponseReturnValue:
    """Take something to look at, so that no colleague does the same meanwhile."""
    kind, _dash, number = request.form.get("claim", "").partition("-")
    item_id = int(number) if number.isdecimal() and len(number) < len(str(LARGEST_ID)) else 0
    if kind not in {"post", "appeal", "case"} or not item_id or not EmptyForm().validate():
        abort(400)
    if not claim(kind, item_id, signed_in()):
        flash(_("A colleague took it a moment ago."), "danger")
    return redirect(safe_path(request.form.get("to"), queue_address(item=f"{kind}-{item_id}")))


def _decide(found: Entry, form: PostDecisionForm) -> Decision:
    action, reason = form.action.data, form.reason.data
    if action in POST_ACTIONS:
        return decide_on_post(found.post, signed_in(), action, reason, form.words())
    author = found.post.author
    assert author is not None  # noqa: S101 (the form offers it for authors only)
    return decide_on_person(
        author, signed_in(), action, reason, note=form.words(), until=form.until()
    )


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
    try:
        decide_on_thread(found, signed_in(), form.action.data, form.reason.data, form.words())
        flash(_("Decided."))
    except NotPossible:
        flash(_("It was merged into another thread meanwhile. Nothing was changed."), "danger")
    return redirect(url_for("discussion.thread", thread_id=thread_id))
