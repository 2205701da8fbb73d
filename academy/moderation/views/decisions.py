"""Decisions: one of them for whom it concerns, appeals, the log, and the figures of a year."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import now
from academy.discussion.models import Thread
from academy.discussion.places import find_new_home, place_of
from academy.discussion.policy import can_moderate
from academy.i18n.reader import page_language
from academy.moderation import wording
from academy.moderation.errors import DecidedMeanwhile, NotPossible
from academy.moderation.forms import AnswerForm, AppealForm, EmptyForm
from academy.moderation.models import Appeal, Decision
from academy.moderation.queries import (
    count_year,
    find_appeal,
    find_decision,
    find_judged,
    list_log,
    list_reasons,
)
from academy.moderation.queue import find_claim
from academy.moderation.reasons import words_in
from academy.moderation.service import answer_appeal, appeal, undo_decision
from academy.moderation.service.appealing import APPEALABLE
from academy.moderation.views.blueprint import pages, queue_address, signed_in
from academy.security.input import read_id
from academy.security.limits import at_most
from academy.security.wall import public, staff_only

#: The first year of which there are figures.
FIRST_YEAR = 2026


def _load(decision_id: int) -> Decision:
    found = find_decision(decision_id, signed_in())
    if found is None:
        abort(404)
    return found


@pages.route("/moderation/decisions/<int:decision_id>/", methods=["GET", "POST"])
@at_most("20 per hour")
def decision(decision_id: int) -> ResponseReturnValue:
    """Show a decision to whom it concerns, who may appeal; and to moderators."""
    found = _load(decision_id)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            appeal(found, signed_in(), (form.words.data or "").strip())
        except NotPossible:
            abort(403)
        flash(_("Another moderator than the one who decided will answer you."))
        return redirect(url_for(".decision", decision_id=decision_id))
    return _show(found, form, AnswerForm(formdata=None)), 400 if form.errors else 200


def _show(found: Decision, form: AppealForm, answer_form: AnswerForm) -> str:
    standing = find_appeal(found.id)
    return render_template(
        "moderation/decision.html", decision=found, form=form, appeal=standing,
        wording=wording, may_appeal=_may_appeal(found), may_moderate=can_moderate(signed_in()),
        answer=answer_form, undo=EmptyForm(formdata=None), me=signed_in().id,
        claim=_claim_of(standing), place=place_of(found.post_id) if found.post_id else None,
        judged=find_judged(found, signed_in()), new_home=_new_home(found),
    )  # fmt: skip


def _new_home(found: Decision) -> Thread | None:
    """Return where posts are that it moved, if who reads may see it."""
    made = found.facts.get("rearrangement")
    return find_new_home(made, signed_in()) if made else None


def _claim_of(standing: Appeal | None) -> tuple[int, str] | None:
    is_open = standing is not None and standing.answered_at is None
    return find_claim("appeal", standing.id) if standing and is_open else None


def _may_appeal(found: Decision) -> bool:
    return found.person_id == signed_in().id and found.action in APPEALABLE


@pages.post("/moderation/decisions/<int:decision_id>/answer")
@staff_only("moderator")
def answer(decision_id: int) -> ResponseReturnValue:
    """Answer an appeal against another moderator's decision."""
    found, standing = _load(decision_id), find_appeal(decision_id)
    form = AnswerForm()
    if standing is None:
        abort(404)
    if not form.validate_on_submit():
        return _show(found, AppealForm(formdata=None), form), 400
    words = (form.answer.data or "").strip()
    try:
        answer_appeal(standing, signed_in(), words, upheld=form.upheld.data == "yes")
    except NotPossible:
        return _keep(found, form, _("You decided it yourself: another moderator has to answer."))
    except DecidedMeanwhile:
        return _keep(found, form, _("Another moderator has answered already."))
    flash(_("Answered."))
    return redirect(url_for(".decision", decision_id=found.id))


def _keep(found: Decision, form: AnswerForm, why: str) -> ResponseReturnValue:
    """Show the decision as it is now, why the answer came too late, and what was typed."""
    flash(why, "danger")
    return _show(found, AppealForm(formdata=None), form), 409


@pages.post("/moderation/decisions/<int:decision_id>/undoing")
@staff_only("moderator")
def undo(decision_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    found = _load(decision_id)
    if EmptyForm().validate_on_submit():
        try:
            undo_decision(found, signed_in())
            flash(_("Taken back."))
        except NotPossible as refusal:
            why = wording.CANNOT_REARRANGE.get(str(refusal), _("This cannot be taken back."))
            flash(why, "danger")
    if request.form.get("back"):
        return redirect(queue_address())
    return redirect(url_for(".decision", decision_id=decision_id))


@pages.get("/moderation/log")
@staff_only("moderator")
def log() -> str:
    """List every decision, the newest first; nothing is ever taken out of it."""
    return render_template(
        "moderation/log.html", found=list_log(read_id("page") or 1), wording=wording
    )


@pages.get("/moderation/figures/<int:year>")
@public
def figures(year: int) -> str:
    """Show everybody how moderators decided in a year: counts, no names."""
    if not FIRST_YEAR <= year <= now().year:
        abort(404)
    counted = count_year(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    return render_template(
        "moderation/figures.html", year=year, counted=counted, wording=wording,
        years=range(FIRST_YEAR, now().year + 1),
        reasons=_reasons(),
    )  # fmt: skip


def _reasons() -> dict[str, str]:
    every = list_reasons(also_inactive=True)
    return {one.key: words_in(one.words, page_language()) for one in every}
