"""Reflections of quizzes: shared by who wrote them, read and answered by peers and facilitators."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion import wording
from academy.discussion.errors import NotYours, Refused, ThreadClosed
from academy.discussion.forms import WRITTEN, EmptyForm
from academy.discussion.ports import Subject, find_subjects
from academy.discussion.reflections import (
    Shared,
    count_waiting,
    guides,
    list_shared,
    may_read,
    read_reflections,
    read_waiting,
)
from academy.discussion.service.reflecting import (
    NothingToShare,
    share,
    take_reflection_back,
)
from academy.discussion.views.blueprint import pages, reader, signed_in
from academy.i18n.reader import page_language
from academy.learning.models import Attempt
from academy.learning.policy import facilitates
from academy.learning.queries import Mine, find_attempt
from academy.people.login import has_proved_second_factor
from academy.security.input import read_id
from academy.security.limits import at_most


@pages.get("/threads/reflections/<int:lesson_id>/")
def reflections(lesson_id: int) -> ResponseReturnValue:
    """Show what learners wrote down, to those who wrote down something of their own."""
    person, subject = signed_in(), _lesson(lesson_id)
    if not may_read(lesson_id, person):
        return render_template("discussion/reflections_closed.html", subject=subject), 403
    is_guide = guides(person, lesson_id)
    found = read_reflections(
        lesson_id, person, page_language(), read_id("page") or 1, is_guide=is_guide
    )
    return render_template(
        "discussion/reflections.html", subject=subject, found=found, lesson_id=lesson_id,
        facilitates=is_guide, me=person.id,
    )  # fmt: skip


@pages.get("/desk/reflections/")
def desk_reflections() -> ResponseReturnValue:
    """Show facilitators what waits for an answer, the oldest first; also those without a role."""
    person = signed_in()
    if not facilitates(person):
        if not person.roles_asleep and not guides(person):
            abort(404)
        if person.roles_asleep or not has_proved_second_factor():
            return redirect(url_for("people.second_factor", next=request.path))
    found = read_waiting(person, page_language(), read_id("page") or 1)
    page = {"found": found, "me": person.id}
    # Who has no role has two sections of the desk.
    if not person.roles:
        page["desk_sections"] = [
            {"title": _("Courses"), "url": url_for("groups.desk_courses"), "active": False},
            {"title": _("Reflections"), "url": request.path, "active": True},
        ]
    return render_template("discussion/desk_reflections.html", **page)


@pages.post("/threads/attempts/<int:attempt_id>/<question>")
@at_most("20 per hour")
def share_reflection(attempt_id: int, question: str) -> ResponseReturnValue:
    """Share a reflection with learners, or with facilitators alone."""
    attempt = _own(attempt_id)
    subject, audience = _lesson(attempt.lesson_id), request.form.get("audience")
    if EmptyForm().validate_on_submit() and audience in {"learners", "facilitators"}:
        try:
            _share(attempt, question, audience, subject)
        except NothingToShare:
            abort(404)
        except Refused as refusal:
            flash(" ".join(wording.say_refused(refusal.verdict)), "danger")
        except ThreadClosed:
            flash(_("Moderators closed the thread of these reflections."), "danger")
    return redirect(_result(subject, attempt_id, question), 303)


def _share(attempt: Attempt, question: str, audience: str, subject: Subject) -> None:
    language = request.form.get("language", "")
    title = _("Reflections: %(title)s", title=subject.title)[:200]
    written = share(
        attempt, question, signed_in(), audience=audience, title=title,
        language=language if language in WRITTEN else "en",
    )  # fmt: skip
    if written and written.is_held:
        flash(wording.HELD)
    elif written:
        flash(_("It is shared. You will hear when somebody answers."))


@pages.post("/threads/attempts/<int:attempt_id>/<question>/back")
@at_most("60 per hour")
def unshare_reflection(attempt_id: int, question: str) -> ResponseReturnValue:
    """Take a reflection back: its post goes, the attempt keeps the words."""
    attempt = _own(attempt_id)
    subject = _lesson(attempt.lesson_id)
    if EmptyForm().validate_on_submit():
        try:
            take_reflection_back(attempt, question, signed_in())
            flash(_("Nobody sees it any more but you."))
        except NotYours:
            flash(_("This cannot be taken back: moderators closed it, or it is gone."), "danger")
    return redirect(_result(subject, attempt_id, question), 303)


def _own(attempt_id: int) -> Attempt:
    attempt = find_attempt(attempt_id, signed_in())
    if attempt is None or attempt.handed_in_at is None:
        abort(404)
    return attempt


def _lesson(lesson_id: int) -> Subject:
    found = find_subjects("lesson", {lesson_id}, reader()).get(lesson_id)
    if found is None:
        abort(404)
    return found


def _result(subject: Subject, attempt_id: int, question: str) -> str:
    return f"{subject.path}quiz/{attempt_id}/#answer-{question}"


@pages.app_template_global()
def shared_reflections(attempt_id: int) -> dict[str, Shared]:
    """Return what of an attempt its author shared, for the page of its answers."""
    return list_shared(attempt_id)


@pages.app_template_global()
def reflections_url(lesson_id: int, study: Mine | None) -> str:
    """Return where the reader reads the reflections of a lesson, or nothing; no statement."""
    is_open = bool(study and study.reflected_at) or facilitates(reader())
    return url_for("discussion.reflections", lesson_id=lesson_id) if is_open else ""


@pages.app_template_global()
def waiting_reflections() -> int:
    """Return how many reflections wait for an answer of the reader, for the desk."""
    return count_waiting(signed_in())
