"""The versions of a case: which there are, one of them, and what two of them differ in."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library import questions
from academy.library.differences import differences
from academy.library.draft_queries import find_versions, find_writable, list_versions
from academy.library.forms import EmptyForm
from academy.library.models import CaseStudy, CaseVersion
from academy.library.picture_queries import digests_of
from academy.library.record import CaseRecord
from academy.library.service import restore_version
from academy.library.views.asking import record_in_words
from academy.library.views.blueprint import load_case, pages, reader, signed_in
from academy.library.views.writing import facts_of_record
from academy.security.input import read_id
from academy.security.wall import public


def _load_versions(case: CaseStudy, *numbers: int) -> list[CaseVersion]:
    found = find_versions(case.id, numbers)
    if any(number not in found for number in numbers):
        abort(404)
    return [found[number] for number in numbers]


def _may_restore(case: CaseStudy) -> bool:
    person = reader()
    return person is not None and find_writable(case.id, person) is not None


@pages.get("/cases/<slug>/versions/")
@public
def case_versions(slug: str) -> str:
    """List the versions of a case, the newest first."""
    case = load_case(slug)
    found = list_versions(case.id, read_id("page") or 1)
    return render_template(
        "library/versions.html", case=case, found=found, may_restore=_may_restore(case)
    )


@pages.get("/cases/<slug>/versions/<int:number>/")
@public
def case_version(slug: str, number: int) -> str:
    """Show a case as one version told it."""
    case = load_case(slug)
    [version] = _load_versions(case, number)
    may_restore = _may_restore(case)
    only = None if may_restore else digests_of(case.record)
    return render_template(
        "library/version.html", case=case, version=version, may_restore=may_restore,
        **facts_of_record(case, CaseRecord.model_validate(version.record), only),
    )  # fmt: skip


@pages.get("/cases/<slug>/versions/<int:older>..<int:newer>/")
@public
def case_differences(slug: str, older: int, newer: int) -> str:
    """Show field by field which words came and went between two versions."""
    case = load_case(slug)
    old, new = _load_versions(case, older, newer)
    return render_template(
        "library/differences.html", case=case, older=old, newer=new, questions=questions,
        found=differences(_words(old), _words(new)), may_restore=_may_restore(case),
    )  # fmt: skip


def _words(version: CaseVersion) -> dict[str, Any]:
    return record_in_words(CaseRecord.model_validate(version.record))


@pages.post("/cases/<slug>/versions/<int:number>/restoration")
def restore_case(slug: str, number: int) -> ResponseReturnValue:
    """Bring an older version back into the working copy, for those who may change it."""
    case = load_case(slug)
    if not _may_restore(case):
        abort(403)
    [version] = _load_versions(case, number)
    if EmptyForm().validate_on_submit():
        restore_version(case, version, signed_in())
        flash(_("Version %(number)s stands in the working copy now. Submit it when it is right.",
                number=number))  # fmt: skip
    return redirect(url_for(".write_check", case_id=case.id))
