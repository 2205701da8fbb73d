"""Many posts of the queue decided about at once, after a look at what they are."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.lib.strict import LARGEST_ID
from academy.moderation.errors import NotPossible
from academy.moderation.forms import BulkForm
from academy.moderation.queue import list_entries
from academy.moderation.service import decide_on_posts
from academy.moderation.service.bulk import MOST_AT_ONCE, Outcome
from academy.moderation.views.blueprint import pages, queue_address, signed_in
from academy.moderation.vocabulary import FINAL, POST_ACTIONS
from academy.security.wall import staff_only


@pages.post("/moderation/decisions")
@staff_only("moderator")
def decide_on_many() -> ResponseReturnValue:
    """Decide about the chosen posts; all but showing a single one is shown for a last look first.

    The button of one row names it ("approve": its id); the bar's buttons concern what is chosen.
    """
    form = BulkForm()
    single = request.form.get("approve", type=int)
    chosen = [single] if single else _chosen()
    if single:
        form.action.data, form.reason.data = "approve", "fits"
    if not chosen:
        flash(_("Choose posts first."), "danger")
        return redirect(queue_address())
    if not (single or form.confirmed.data):
        return _confirm(form, chosen)
    if not single and not form.validate():
        return _confirm(form, chosen), 400
    return _decide(form, chosen)


def _chosen() -> list[int]:
    ids = request.form.getlist("chosen", type=int)
    return sorted({number for number in ids if 0 < number <= LARGEST_ID})[:MOST_AT_ONCE]


def _confirm(form: BulkForm, chosen: list[int]) -> str:
    if form.action.data not in POST_ACTIONS:
        abort(400)
    form.confirmed.data = "yes"  # by sending what this page shows
    entries = list_entries(chosen)
    return render_template(
        "moderation/bulk.html", form=form, entries=entries, meanwhile=len(chosen) - len(entries),
        back=queue_address(),
    )  # fmt: skip


def _decide(form: BulkForm, chosen: list[int]) -> ResponseReturnValue:
    action, reason = form.action.data or "", form.reason.data
    try:
        outcome = decide_on_posts(chosen, signed_in(), action, reason, form.words())
    except NotPossible:
        abort(400)
    only = outcome.decisions[0].id if len(outcome.decisions) == 1 else None
    # What can be taken back is said beside the button for it.
    _say(outcome, is_said=only is not None and action not in FINAL)
    return redirect(queue_address(undo=only))


def _say(outcome: Outcome, *, is_said: bool) -> None:
    done = len(outcome.decisions)
    if done and not is_said:
        flash(ngettext("Decided about one post.", "Decided about %(num)d posts.", done))
    if outcome.meanwhile:
        told = ngettext(
            "About one of them a colleague had decided meanwhile: it was left as it is.",
            "About %(num)d of them a colleague had decided meanwhile: they were left as they are.",
            outcome.meanwhile,
        )
        flash(told, "waiting")
