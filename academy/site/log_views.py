"""The desk's log of who did what, for administrators."""

from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from academy.security.input import read_id
from academy.security.wall import staff_only
from academy.site.log_queries import read_log


class LogFilter(Form):
    """Which lines are wanted."""

    action = StringField(_l("What was done, from its beginning"))
    actor = StringField(_l("Who did it"))


@staff_only()
def desk_log() -> str:
    """List the deeds, newest first, filtered by what the address says."""
    form = LogFilter(request.args)
    action, actor = (form.action.data or "").strip(), (form.actor.data or "").strip()
    page = read_log(action, actor, read_id("before"))
    return render_template(
        "site/desk_log.html", form=form, lines=page.lines, next_url=_next_url(page.next_before)
    )


def _next_url(before: int | None) -> str:
    query = urlencode({**request.args.to_dict(), "before": before or ""})
    return f"{url_for('site.desk_log')}?{query}" if before else ""
