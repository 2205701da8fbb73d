"""The desk's page of a group: found, sorted, those who need a hand first in sight."""

from typing import Any

from flask import Response, abort, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from academy.db import now, transaction
from academy.i18n.setup import country_in_words
from academy.learning.groups.forms import LearnersFilterForm
from academy.learning.groups.needs import Choice, Totals, read_choice
from academy.learning.groups.page import show_group
from academy.learning.groups.queries import count_groups, read_part
from academy.learning.groups.sheets import Export
from academy.learning.groups.views.blueprint import ONE, groups, load_group, signed_in
from academy.learning.groups.wording import BADGES, STATES
from academy.lib.choices import options
from academy.security import audit
from academy.security.input import read_id
from academy.security.limits import limiter

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@groups.get(f"{ONE}/learners/")
def desk_learners(course: str) -> str:
    """Show who of the group is how far, and who needs a hand; six statements at most."""
    group = load_group(course)
    choice = read_choice(request.args, read_id("page") or 1)
    totals = count_groups([group])[course]
    page = show_group(group, choice, totals, read_part(group, choice))
    return render_template(
        "learning/groups/desk_learners.html", page=page, group=group,
        form=_filter_form(choice, totals), state_words=STATES, state_badges=BADGES,
        file_url=_file_url, write_url=_write_url,
    )  # fmt: skip


def _write_url(choice: Choice, course: str) -> str:
    chosen: dict[str, Any] = {**choice.on_page(1).to_address(), "all": "1"}
    return url_for(".desk_write", course=course, **chosen)


def _file_url(choice: Choice, course: str, kind: str) -> str:
    chosen: dict[str, Any] = {**choice.on_page(1).to_address()}
    return url_for(".desk_learners_file", course=course, kind=kind, **chosen)


@groups.get(f"{ONE}/learners.<kind>")
@limiter.limit("30 per minute")  # type: ignore[untyped-decorator]
def desk_learners_file(course: str, kind: str) -> Response:
    """Give the chosen learners as a file; the log keeps who took it."""
    if kind not in KINDS:
        abort(404)
    export = Export(load_group(course), read_choice(request.args), now())
    with transaction():
        audit.note(
            "learners.export", f"course:{course}", actor_id=signed_in().id, kind=kind,
            show=export.choice.show,
        )  # fmt: skip
    parts = export.csv() if kind == "csv" else export.workbook()
    answer = Response(stream_with_context(parts), content_type=KINDS[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{course}-learners.{kind}")
    return answer


def _filter_form(choice: Choice, totals: Totals) -> LearnersFilterForm:
    """The form as it stands in the address; what the address cannot mean is as usual."""
    form = LearnersFilterForm(
        None, q=choice.words, country=choice.country, show=choice.show, sort=choice.sort
    )
    codes = {code for code in totals.countries if code} | {choice.country} - {"", "unknown"}
    known = sorted((country_in_words(code), code) for code in codes)
    form.country.choices = options(
        {"": _("All"), **{code: words for words, code in known}, "unknown": _("Unknown")}
    )
    return form
