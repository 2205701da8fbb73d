"""The messages of a series on the desk: what leaves when, switched on or off, and its figures."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.reminders import service
from academy.reminders.plans import list_plans
from academy.reminders.queries import find_next
from academy.reminders.views.blueprint import load, may_change, pages, signed_in
from academy.reminders.wording import TITLES
from academy.security.wall import staff_only


@pages.get("/desk/series/<slug>/reminders/")
@staff_only("organiser", "focal_point")
def desk_plans(slug: str) -> str:
    """List every kind of message with its moment, its switch and its figures."""
    series = load(slug)
    return render_template(
        "reminders/desk_plans.html", series=series, plans=list_plans(series),
        coming=find_next(series), may_change=may_change(series),
    )  # fmt: skip


@pages.post("/desk/series/<slug>/reminders/<plan>/switch")
@staff_only("organiser")
def desk_switch(slug: str, plan: str) -> ResponseReturnValue:
    """Switch a kind on or off for the series."""
    series, is_on = load(slug, plan), request.form.get("to") == "on"
    try:
        has_changed = service.switch(series, plan, is_on=is_on, actor_id=signed_in().id)
    except service.AlwaysSent:
        has_changed = False
        flash(_("“%(title)s” always leaves: whoever is not told comes in vain. Change its text "
                "instead.", title=TITLES[plan]), "danger")  # fmt: skip
    if has_changed:
        words = (
            _("“%(title)s” is switched on.", title=TITLES[plan])
            if is_on
            else _("“%(title)s” is switched off. What is planned already stays away, too: each is "
                   "asked when it would leave.", title=TITLES[plan])
        )  # fmt: skip
        flash(words)
    return redirect(url_for(".desk_plans", slug=slug), 303)
