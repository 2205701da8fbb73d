"""Desk pages of the matrix: who came to which live session, and the evidence of each cell."""

from typing import Any, get_args

from flask import (
    Blueprint,
    Response,
    abort,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user

from academy.attendance.forms import MatrixFilterForm
from academy.attendance.matrix import cell_queries
from academy.attendance.matrix import queries as matrix_queries
from academy.attendance.matrix.cell_page import show_cell, show_person
from academy.attendance.matrix.cells import Choice, read_choice
from academy.attendance.matrix.page import MatrixPage, show_matrix
from academy.attendance.matrix.queries import Cloth
from academy.attendance.matrix.sheets import (
    Export,
    Form,
    make_export,
    sheets_of,
    stream_matrix,
)
from academy.attendance.matrix.statements import Loom
from academy.attendance.matrix.wording import MARKS, NOT_COUNTED, ORDERS
from academy.db import transaction
from academy.i18n.setup import country_in_words
from academy.lib.choices import options
from academy.lib.sheets import read_parts, write_workbook
from academy.security import audit
from academy.security.input import read_id
from academy.security.limits import limiter
from academy.security.wall import staff_only

matrix = Blueprint("matrix", __name__)
matrix.context_processor(lambda: {"mark_words": MARKS, "not_counted": NOT_COUNTED})

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@matrix.get("/desk/series/<slug>/attendance/")
@staff_only("organiser", "focal_point")
def desk_matrix(slug: str) -> str:
    """Show people by live sessions, as far as the reader may see them."""
    loom = _loom(slug)
    choice = read_choice(request.args, read_id("page") or 1)
    page = show_matrix(loom, choice, matrix_queries.read_cloth(loom, choice))
    return render_template(
        "attendance/desk_matrix.html", page=page, series=loom.series, form=_filter_form(page),
        files=_files(slug, choice),
    )  # fmt: skip


def _loom(slug: str) -> Loom:
    reader = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    return matrix_queries.find_loom(slug, reader) or abort(404)


def _filter_form(page: MatrixPage) -> MatrixFilterForm:
    """The form as it stands in the address; what the address cannot mean is as usual."""
    choice = page.choice
    form = MatrixFilterForm(
        None, q=choice.words, country=choice.country, status=choice.status,
        times=choice.times, role=choice.role, sort=choice.sort,
    )  # fmt: skip
    codes = {code for code in page.cloth.countries if code} | {choice.country} - {"", "unknown"}
    known = sorted((country_in_words(code), code) for code in codes)
    form.country.choices = options(
        {"": _("All"), **{code: words for words, code in known}, "unknown": _("Unknown")}
    )
    form.sort.choices = options(_orders(page))
    return form


def _orders(page: MatrixPage) -> dict[str, str]:
    """The orders by their words; the one that the address names is among them, whatever it is."""
    found = {order: str(words) for order, words in ORDERS.items()}
    for head in page.columns:
        if head.column is not None and head.when is not None:
            day = f"{head.when.day} {head.when.month}"
            found[f"n{head.column.number}"] = _("Longest on %(day)s", day=day)
    sort, order = page.choice.sort, page.choice.order
    if sort != order:
        found[sort] = _("%(order)s, turned round", order=found.get(order, order))
    return found


def _files(slug: str, choice: Choice) -> list[tuple[str, str]]:
    """The same people to take away: words and address."""
    wide: dict[str, Any] = {**choice.on_page(1).to_address(), "slug": slug}
    long = {**wide, "form": "long"}
    return [
        (_("Take away as XLSX"), url_for(".desk_matrix_file", kind="xlsx", **wide)),
        (_("As CSV"), url_for(".desk_matrix_file", kind="csv", **wide)),
        (_("One row an attendance, XLSX"), url_for(".desk_matrix_file", kind="xlsx", **long)),
        (_("One row an attendance, CSV"), url_for(".desk_matrix_file", kind="csv", **long)),
    ]


@matrix.get("/desk/series/<slug>/attendance.<kind>")
@staff_only("organiser", "focal_point")
@limiter.limit("30 per minute")  # type: ignore[untyped-decorator]
def desk_matrix_file(slug: str, kind: str) -> Response:
    """Give the chosen people as a file; the log keeps who took how many."""
    if kind not in KINDS:
        abort(404)
    loom, choice = _loom(slug), read_choice(request.args)
    form: Form = "long" if request.args.get("form") == get_args(Form)[1] else "wide"
    export = make_export(loom, choice, matrix_queries.list_people(loom, choice), form)
    with transaction():
        audit.note(
            "attendance.export", f"series:{slug}", actor_id=current_user.id,
            rows=len(export.people), kind=kind, form=form,
        )  # fmt: skip
    return _send(export, kind)


def _send(export: Export, kind: str) -> Response:
    long = "-long" if export.form == "long" else ""
    parts = (
        stream_matrix(export) if kind == "csv" else read_parts(write_workbook(sheets_of(export)))
    )
    answer = Response(stream_with_context(parts), content_type=KINDS[kind])
    name = f"{export.loom.series.slug}-attendance{long}.{kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@matrix.get("/desk/series/<slug>/attendance/<int:person_id>/")
@staff_only("organiser", "focal_point")
def desk_person(slug: str, person_id: int) -> str:
    """Show all live sessions of one person."""
    loom = _loom(slug)
    page = show_person(
        loom, _someone(loom, person_id), cell_queries.read_intervals(loom, person_id)
    )
    return render_template("attendance/desk_person.html", series=loom.series, page=page)


def _someone(loom: Loom, person_id: int) -> Cloth:
    return matrix_queries.find_someone(loom, person_id) or abort(404)


@matrix.get("/desk/series/<slug>/attendance/<int:person_id>/<int:number>/")
@staff_only("organiser", "focal_point")
def desk_cell(slug: str, person_id: int, number: int) -> str:
    """Show what was seen of one person in one live session, and why it counts or does not."""
    loom = _loom(slug)
    column = loom.find(number) or abort(404)
    cloth = _someone(loom, person_id)
    facts: dict[str, Any] = {
        "sightings": cell_queries.read_sightings(loom, person_id, column),
        "intervals": cell_queries.read_intervals(loom, person_id).get(column.id),
    }
    page = show_cell(loom, column, cloth, **facts)
    return render_template("attendance/desk_cell.html", series=loom.series, page=page)
