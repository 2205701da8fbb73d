"""The page of figures of a series, and the same numbers as a table file."""

from collections import OrderedDict
from time import monotonic

from flask import Blueprint, Response, abort, render_template
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

from academy.figures.pictures import draw_page, mean_number
from academy.figures.policy import can_see_figures
from academy.figures.queries import Head, Ledger, find_head, read_ledger
from academy.figures.sheets import write_figures
from academy.i18n.reader import reader_zone
from academy.people.models import Person
from academy.security.wall import public

pages = Blueprint("figures", __name__)
pages.add_app_template_global(mean_number)

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: A drawn page is used again for so long, if the series has not changed meanwhile. The time is
#: short because a person may correct their country, which changes no series.
FRESH_SECONDS = 30.0
MOST_DRAWN = 100

_drawn: OrderedDict[tuple[int, int, str, str], tuple[float, Markup]] = OrderedDict()


@pages.get("/figures/<slug>/")
@public
def figures(slug: str) -> str:
    """Show who registered and who came: each number with its definition, moment and parts."""
    head = _head(slug)
    return render_template("figures/figures.html", series=head.series, body=_body(head))


def _head(slug: str) -> Head:
    head = find_head(slug)
    person: Person | None = current_user if current_user.is_authenticated else None
    if head is None or not can_see_figures(person, head.series):
        abort(404)
    return head


def _body(head: Head) -> Markup:
    """Return the drawn figures: from memory while they are fresh and the series is unchanged."""
    series = head.series
    key = (series.id, series.version, str(get_locale()), reader_zone(series.zone))
    until, body = _drawn.get(key, (0.0, Markup()))
    if until < monotonic():
        ledger = read_ledger(head)
        body = Markup(render_template("figures/_body.html", series=series, page=draw_page(ledger)))  # noqa: S704 (a template escapes)
        _drawn[key] = (monotonic() + FRESH_SECONDS, body)
        if len(_drawn) > MOST_DRAWN:
            _drawn.popitem(last=False)
    return body


@pages.get("/figures/<slug>/figures.<kind>")
@public
def figures_file(slug: str, kind: str) -> Response:
    """Give the figures as a file that a spreadsheet opens, CSV or XLSX, with their definitions."""
    if kind not in KINDS:
        abort(404)
    ledger: Ledger = read_ledger(_head(slug))
    answer = Response(write_figures(ledger, kind), mimetype=KINDS[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-figures.{kind}")
    return answer
