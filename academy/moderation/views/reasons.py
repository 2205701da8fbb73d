"""The reasons of decisions: their words in each language, edited by moderators."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion.forms import WRITTEN
from academy.moderation.errors import EditedMeanwhile, NotPossible
from academy.moderation.forms import EmptyForm, ReasonForm
from academy.moderation.models import Reason
from academy.moderation.queries import find_reason, list_reason_versions, list_reasons
from academy.moderation.reasons import SPOKEN
from academy.moderation.service import add_reason, edit_reason, move_reason
from academy.moderation.service.reasoning import ALWAYS
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.wall import staff_only


@pages.get("/moderation/reasons/")
@staff_only("moderator")
def reasons() -> str:
    """List the reasons in the order in which they are offered, with the languages they have."""
    return render_template(
        "moderation/reasons.html", reasons=list_reasons(also_inactive=True), languages=WRITTEN,
        spoken=SPOKEN,
    )  # fmt: skip


@pages.route("/moderation/reasons/new", methods=["GET", "POST"])
@staff_only("moderator")
def new_reason() -> ResponseReturnValue:
    """Offer another reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _show(form, None), 400 if form.errors else 200
    try:
        add_reason(form.words(), signed_in())
        flash(_("It is offered from now on."))
    except NotPossible:
        flash(_("There are too many reasons already."), "danger")
    return redirect(url_for(".reasons"))


def _show(form: ReasonForm, reason: Reason | None) -> str:
    return render_template(
        "moderation/reason.html", form=form, reason=reason, languages=WRITTEN, spoken=SPOKEN,
        versions=list_reason_versions(reason.key) if reason else [],
        always=reason is not None and reason.key in ALWAYS,
    )  # fmt: skip


def _load(key: str) -> Reason:
    found = find_reason(key)
    if found is None:
        abort(404)
    return found


@pages.route("/moderation/reasons/<key>/", methods=["GET", "POST"])
@staff_only("moderator")
def reason(key: str) -> ResponseReturnValue:
    """Edit the words of a reason; decisions of the past keep the words that they were made with."""
    found = _load(key)
    form = ReasonForm.of(found.words, is_active=found.is_active, version=str(found.version))
    if not form.validate_on_submit():
        return _show(form, found), 400 if form.errors else 200
    try:
        edit_reason(
            found, form.words(), signed_in(), version=int(form.version.data or 0),
            is_active=form.is_active.data or found.key in ALWAYS,
        )  # fmt: skip
    except EditedMeanwhile:
        form.version.data = str(found.version)
        form["words_en"].errors = [
            _("A colleague saved other words first: %(words)s", words=found.words["en"])
        ]
        return _show(form, found), 409
    flash(_("Saved. Decisions of the past keep their words."))
    return redirect(url_for(".reasons"))


@pages.post("/moderation/reasons/<key>/place")
@staff_only("moderator")
def place_reason(key: str) -> ResponseReturnValue:
    """Let a reason stand one place higher or lower."""
    found = _load(key)
    if EmptyForm().validate_on_submit():
        move_reason(found.key, signed_in(), up=request.form.get("way") == "up")
    return redirect(url_for(".reasons"))
