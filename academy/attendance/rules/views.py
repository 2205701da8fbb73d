"""Desk pages of a series' rules: form, effect before it is applied, history, recomputation."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.attendance.models import Recompute
from academy.attendance.rules import queries as rule_queries
from academy.attendance.rules.forms import RulesForm, form_values
from academy.attendance.rules.page import show_effect
from academy.attendance.rules.rules import ImpossibleRules, Rules, rules_from_json, rules_of
from academy.attendance.rules.wording import say_rules
from academy.attendance.service.recomputes import FiguresAreFrozen, begin_recompute
from academy.attendance.service.rule_changes import NothingChanges, PreviewIsStale, apply_rules
from academy.attendance.service.rule_preview import preview_rules
from academy.programme.models import Series
from academy.security.input import read_id
from academy.security.wall import staff_only

rules_desk = Blueprint("rules", __name__)
rules_desk.context_processor(lambda: {"say_rules": say_rules, "preview_url": _preview_url})


def _preview_url(slug: str, kept: dict[str, object]) -> str:
    """Return the address at which the effect of rules of the history is shown."""
    return url_for(".desk_preview_rules", slug=slug, **form_values(rules_from_json(kept)))


@rules_desk.get("/desk/series/<slug>/rules")
@staff_only("organiser")
def desk_rules(slug: str) -> str:
    """Show the rules in force, their history, and how everything is computed anew."""
    series = _series(slug)
    return _show(series, RulesForm(None, data=form_values(rules_of(series)), meta={"csrf": False}))


def _series(slug: str) -> Series:
    return rule_queries.find_series(slug, current_user) or abort(404)


def _show(series: Series, form: RulesForm) -> str:
    page = read_id("page") or 1
    changes, has_next = rule_queries.list_changes(series.id, page)
    return render_template(
        "attendance/desk_rules.html", series=series, form=form, changes=changes, page=page,
        has_next=has_next, kept=rules_from_json,
        recompute=rule_queries.find_last_recompute(series.id),
    )  # fmt: skip


@rules_desk.get("/desk/series/<slug>/rules/preview")
@staff_only("organiser")
def desk_preview_rules(slug: str) -> ResponseReturnValue:
    """Show what the rules of the address would do to every figure; change nothing."""
    series = _series(slug)
    form = RulesForm(request.args, meta={"csrf": False})
    if not form.validate():
        return _show(series, form), 422
    wanted = form.rules(rules_of(series))
    try:
        preview = preview_rules(series, wanted)
    except ImpossibleRules as error:
        form.put_error(error)
        return _show(series, form), 422
    except FiguresAreFrozen:
        return _frozen(series)
    if preview.in_force == wanted:
        flash(_("These rules are in force already: nothing would change."), "waiting")
        return redirect(url_for(".desk_rules", slug=slug))
    titles = {one.slug: one.title for one in series.live_sessions}
    effect = show_effect(preview, titles, request.args.get("show", ""), read_id("page") or 1)
    return render_template(
        "attendance/desk_rules_preview.html", series=series, preview=preview,
        effect=effect, values=form_values(wanted),
    )  # fmt: skip


def _frozen(series: Series) -> ResponseReturnValue:
    flash(_("People of this series were made anonymous. Its figures are frozen."), "waiting")
    return redirect(url_for(".desk_rules", slug=series.slug))


@rules_desk.post("/desk/series/<slug>/rules")
@staff_only("organiser")
def desk_apply_rules(slug: str) -> ResponseReturnValue:
    """Apply the rules that were previewed, unless something changed since."""
    series, form = _series(slug), RulesForm()
    if not form.validate():
        return _show(series, form), 422
    wanted = form.rules(rules_of(series))
    try:
        done = apply_rules(
            series, wanted, seen=request.form.get("seen", ""), actor_id=current_user.id
        )
    except ImpossibleRules as error:
        form.put_error(error)
        return _show(series, form), 422
    except FiguresAreFrozen:
        return _frozen(series)
    except NothingChanges:
        flash(_("These rules are in force already: nothing changed."), "waiting")
    except PreviewIsStale:
        return _preview_anew(slug, wanted)
    else:
        flash(_("The rules are in force: %(gone)s attendances went, %(come)s came.",
                gone=done.count("gone"), come=done.count("come")))  # fmt: skip
    return redirect(url_for(".desk_rules", slug=slug))


def _preview_anew(slug: str, wanted: Rules) -> ResponseReturnValue:
    flash(
        _("Rules, evidence or decisions changed meanwhile. Nothing was applied; this is the "
          "effect as it would be now."), "waiting",
    )  # fmt: skip
    return redirect(url_for(".desk_preview_rules", slug=slug, **form_values(wanted)))


@rules_desk.post("/desk/series/<slug>/recompute")
@staff_only("organiser")
def desk_recompute(slug: str) -> ResponseReturnValue:
    """Ask a worker to compute the series anew from its evidence."""
    series = _series(slug)
    try:
        job = begin_recompute(series, current_user.id)
    except FiguresAreFrozen:
        return _frozen(series)
    return redirect(url_for(".desk_recompute_job", recompute_id=job.id))


@rules_desk.get("/desk/recomputes/<int:recompute_id>/")
@staff_only("organiser")
def desk_recompute_job(recompute_id: int) -> str:
    """Show how far a recomputation is, or what it did."""
    job: Recompute = rule_queries.find_recompute(recompute_id) or abort(404)
    return render_template("attendance/desk_recompute.html", job=job, series=job.series)
