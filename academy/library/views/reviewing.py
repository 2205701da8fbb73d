"""The pages of librarians: what waits, one case with what is said of its fields, the decision."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library import questions
from academy.library.differences import differences
from academy.library.draft_queries import (
    find_comment,
    find_last_submission,
    find_reviewable,
    find_waiting,
    find_writable,
    is_writer,
    names_of,
    read_talks,
)
from academy.library.errors import DecidedMeanwhile, KeptFromWriting, OwnCase, TooMany
from academy.library.forms import CommentForm, EmptyForm, ReviewForm
from academy.library.models import CaseComment, CaseStudy, CaseSubmission
from academy.library.policy import LIBRARIANS, can_curate
from academy.library.queries import list_submitted
from academy.library.record import CaseRecord
from academy.library.service import (
    ask_for_changes,
    comment,
    open_again,
    publish_case,
    settle,
)
from academy.library.steps import SECTION_OF
from academy.library.views.asking import record_in_words
from academy.library.views.blueprint import pages, signed_in
from academy.library.views.writing import facts_of_record
from academy.security.input import read_id
from academy.security.limits import limiter
from academy.security.wall import staff_only


@pages.get("/cases/review/")
@staff_only(*LIBRARIANS)
def review_list() -> str:
    """List the cases that wait for a librarian, the oldest first."""
    found = list_submitted(read_id("page") or 1)
    return render_template("library/review_list.html", found=found)


def load_reviewable(case_id: int) -> CaseStudy:
    """Return a case to its writers and to librarians; 404 to everybody else."""
    found = find_reviewable(case_id, signed_in())
    if found is None or not (can_curate(signed_in()) or is_writer(found, signed_in())):
        abort(404)
    return found


@pages.route("/cases/review/<int:case_id>/", methods=["GET", "POST"])
def review_case(case_id: int) -> ResponseReturnValue:
    """Show what was submitted and what is said of it; librarians decide."""
    case = load_reviewable(case_id)
    form = ReviewForm()
    if not form.is_submitted():
        return _show(case, form)
    if not can_curate(signed_in()):
        abort(403)
    if not form.validate():
        return _show(case, form), 400
    return _decide(case, form)


def _decide(case: CaseStudy, form: ReviewForm) -> ResponseReturnValue:
    try:
        submission = _still_waiting(case, int(form.submission.data or 0))
        if form.action.data == "publish":
            publish_case(submission, signed_in(), form.note.data or "")
            flash(_("Published. Its writers are told."))
            return redirect(url_for(".case", slug=case.slug))
        ask_for_changes(submission, signed_in(), form.note.data or "")
        flash(_("It went back to its writers, with your words."))
    except DecidedMeanwhile:
        form.form_errors.append(
            _("It was decided, taken back or sent again meanwhile. Below is what stands now.")
        )
        return _show(case, form), 409
    except OwnCase:
        form.form_errors.append(_("You write this case: another librarian has to decide."))
        return _show(case, form), 409
    return redirect(url_for(".review_list"))


def _still_waiting(case: CaseStudy, number: int) -> CaseSubmission:
    found = find_waiting(case.id)
    if found is None or found.id != number:
        raise DecidedMeanwhile
    return found


def _show(case: CaseStudy, form: ReviewForm) -> str:
    waiting = find_waiting(case.id)
    shown = waiting or find_last_submission(case.id)
    record = CaseRecord.model_validate(shown.record) if shown else None
    form.submission.data = str(waiting.id) if waiting else ""
    return render_template(
        "library/review_case.html", case=case, form=form, waiting=waiting, shown=shown,
        who=_who(shown), changes=_changes(case, record), talks=read_talks(case.id),
        questions=questions, field_urls=_field_urls(case),
        may_decide=can_curate(signed_in()) and not is_writer(case, signed_in()),
        is_writer=is_writer(case, signed_in()), **facts_of_record(case, record),
    )  # fmt: skip


def _field_urls(case: CaseStudy) -> dict[str, str]:
    """Return where each field is changed, for those who may."""
    if find_writable(case.id, signed_in()) is None:
        return {}
    return {
        field: url_for(".write_step", case_id=case.id, step=section, _anchor=field)
        for field, section in SECTION_OF.items()
    }


def _who(shown: CaseSubmission | None) -> str:
    if shown is None or shown.submitted_by is None:
        return ""
    return names_of({shown.submitted_by}).get(shown.submitted_by, "")


def _changes(case: CaseStudy, record: CaseRecord | None) -> object:
    """Return what is new against the published record; nothing where none stands there."""
    if record is None or case.version == 0:
        return ()
    before = record_in_words(CaseRecord.model_validate(case.record))
    return differences(before, record_in_words(record))


@pages.post("/cases/review/<int:case_id>/comments/")
@limiter.limit("60 per hour")  # type: ignore[untyped-decorator]
def review_comment(case_id: int) -> ResponseReturnValue:
    """Say something of a field, or answer."""
    case = load_reviewable(case_id)
    form = CommentForm()
    if form.validate_on_submit():
        answered = find_comment(case.id, int(form.answers.data)) if form.answers.data else None
        field, words = form.field.data or "", form.words.data or ""
        try:
            made = comment(case, signed_in(), field, words, answered)
        except KeptFromWriting:
            form.words.errors = [questions.KEPT_FROM_WRITING]
        except TooMany:
            form.words.errors = [_("There are very many comments here. Settle them first.")]
        else:
            anchor = f"comment-{(answered or made).id}"
            return redirect(url_for(".review_case", case_id=case.id, _anchor=anchor))
    page = render_template("library/review_comment.html", case=case, form=form, questions=questions)
    return page, 400


@pages.post("/cases/review/<int:case_id>/comments/<int:comment_id>/settling")
def review_settle(case_id: int, comment_id: int) -> ResponseReturnValue:
    """Settle a comment, or open it again."""
    case = load_reviewable(case_id)
    found = find_comment(case.id, comment_id)
    if found is None:
        abort(404)
    if EmptyForm().validate_on_submit():
        _turn(found)
    return redirect(url_for(".review_case", case_id=case.id, _anchor=f"comment-{comment_id}"))


def _turn(found: CaseComment) -> None:
    if found.settled_at is None:
        settle(found, signed_in())
    else:
        open_again(found)
