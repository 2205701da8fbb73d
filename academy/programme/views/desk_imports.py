"""The desk's import of registrations: a file, what it would change, what it changed."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.lib.tables import FileRefused
from academy.programme import registration_import
from academy.programme.import_forms import ColumnsForm, FileForm
from academy.programme.import_wording import ROLES, STATES
from academy.programme.models import RegistrationImport, Series
from academy.programme.registration_import import Report
from academy.programme.views.blueprint import pages
from academy.programme.views.reader import load_series, signed_in
from academy.security.limits import limiter
from academy.security.wall import staff_only

_FOLDER = "/desk/series/<slug>/registrations"
_ONE = f"{_FOLDER}/imports/<int:import_id>"
#: What a page that shows a running import fetches again.
_FRAGMENTS = {
    "waiting": "programme/_import_progress.html",
    "working": "programme/_import_progress.html",
    "done": "programme/_import_changed.html",
    "refused": "programme/_import_refused.html",
}


def _who() -> str:
    return f"person:{current_user.id}" if current_user.is_authenticated else "nobody"


@pages.get(f"{_FOLDER}/import")
@staff_only("organiser")
def desk_new_registration_import(slug: str) -> str:
    """Ask for a file, and list what was imported before."""
    return _show_new(load_series(slug), FileForm())


def _show_new(series: Series, form: FileForm, report: Report | None = None) -> str:
    return render_template(
        "programme/import_new.html",
        series=series,
        form=form,
        report=report,
        refused=report.as_json()["refused"] if report else [],
        earlier=registration_import.list_imports(series),
        import_states=STATES,
    )


@pages.post(f"{_FOLDER}/import")
@limiter.limit("60 per hour", key_func=_who)  # type: ignore[untyped-decorator]
@staff_only("organiser")
def desk_create_registration_import(slug: str) -> ResponseReturnValue:
    """Keep a file that can be used for its preview; refuse another with the reason."""
    series, form = load_series(slug), FileForm()
    report = None
    if form.validate_on_submit():
        data, name = form.file.data.read(), form.file.data.filename or ""
        try:
            registration_import.check_open(series)
            file = registration_import.read_file(data, name)
        except FileRefused as error:
            form.file.errors = [str(error)]
        else:
            if file.columns.questions or file.entries:
                person = signed_in()
                kept = registration_import.keep_upload(series, name, data, file, person.id)
                return redirect(_address_of(kept, slug))
            report = registration_import.import_registrations(series, file, dry_run=True)
            form.file.errors = [_("No row of this file could be used. Nothing was stored.")]
    return _show_new(series, form, report), 422


def _address_of(record: RegistrationImport, slug: str) -> str:
    return url_for(".desk_registration_import", slug=slug, import_id=record.id)


@pages.get(f"{_ONE}/")
@staff_only("organiser")
def desk_registration_import(slug: str, import_id: int) -> ResponseReturnValue:
    """Show a preview, a question, how far a worker has come, or the report."""
    record = _load(slug, import_id)
    if record.state in {"previewed", "asked"}:
        return _show_preview(record)
    facts = {"series": record.series, "record": record, "import_states": STATES}
    if "X-Fragment" in request.headers:
        return render_template(_FRAGMENTS[record.state], **facts)
    return render_template("programme/import_report.html", **facts)


def _load(slug: str, import_id: int) -> RegistrationImport:
    return registration_import.find_import(load_series(slug), import_id) or abort(404)


def _show_preview(record: RegistrationImport, form: ColumnsForm | None = None) -> str:
    preview = registration_import.look_at(record)
    form = form or ColumnsForm(**ColumnsForm.values_of(preview, record))
    form.offer(preview)
    return render_template(
        "programme/import_preview.html",
        series=record.series,
        record=record,
        preview=preview,
        report=preview.report,
        refused=preview.report.as_json()["refused"],
        form=form,
        import_roles=ROLES,
    )


@pages.post(f"{_ONE}/columns")
@staff_only("organiser")
def desk_choose_columns(slug: str, import_id: int) -> ResponseReturnValue:
    """Read the file again with the columns that the organiser named."""
    record, form = _load(slug, import_id), ColumnsForm()
    form.offer(registration_import.look_at(record))
    if not form.validate_on_submit():
        return _show_preview(record, form), 422
    try:
        registration_import.choose_columns(record, form.columns(), form.dates.data)
    except FileRefused as error:
        form.form_errors.append(str(error))
        return _show_preview(_load(slug, import_id), form), 422
    return redirect(_address_of(record, slug))


@pages.post(f"{_ONE}/run")
@staff_only("organiser")
def desk_run_registration_import(slug: str, import_id: int) -> ResponseReturnValue:
    """Import what the preview showed; pressing twice does it once."""
    record = _load(slug, import_id)
    registration_import.start_import(record, signed_in().id)
    return redirect(url_for(".desk_registration_import", slug=slug, import_id=import_id))


@pages.post(f"{_ONE}/discard")
@staff_only("organiser")
def desk_discard_registration_import(slug: str, import_id: int) -> ResponseReturnValue:
    """Throw away a file that was not imported."""
    registration_import.discard(_load(slug, import_id))
    flash(_("The file was thrown away. Nobody was registered by it."))
    return redirect(url_for(".desk_new_registration_import", slug=slug))


@pages.get(f"{_ONE}/refused.csv")
@staff_only("organiser")
def desk_refused_rows(slug: str, import_id: int) -> Response:
    """Give the refused rows as a file to mend, each with its reason; for a week."""
    record = _load(slug, import_id)
    if record.file.dropped_at:
        abort(410)
    content = registration_import.write_refused(record, signed_in().id)
    answer = Response(content, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-to-mend.csv"'
    return answer
