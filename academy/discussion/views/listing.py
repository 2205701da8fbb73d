"""The pages that list threads, and the one that begins a thread."""

from secrets import token_hex
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy.discussion import wording
from academy.discussion.errors import Refused
from academy.discussion.forms import WRITTEN, ThreadForm
from academy.discussion.found import LONGEST_QUESTION, Asked, find_in_threads
from academy.discussion.models import SUBJECTS, Thread
from academy.discussion.policy import can_write
from academy.discussion.ports import Subject, find_subjects
from academy.discussion.queries import list_threads
from academy.discussion.service import Written, reply, start_thread
from academy.discussion.talk import find_thread_of
from academy.discussion.views.blueprint import address_of, lead_to, pages, reader, signed_in
from academy.i18n.reader import reader_language
from academy.library.wording import QUESTIONS
from academy.security.input import read_id
from academy.security.limits import at_most
from academy.security.wall import public


@pages.get("/threads/")
@public
def threads() -> str:
    """List the threads that the reader may see, the newest post first, or those that hold words."""
    asked = _asked()
    if asked.words:
        return _show_found(asked)
    found = list_threads(
        reader(), page=read_id("page") or 1, language=asked.language, about=asked.about
    )
    return render_template(
        "discussion/threads.html", found=found, asked=asked, languages=WRITTEN, wording=wording
    )


def _asked() -> Asked:
    language, about = request.args.get("language", ""), request.args.get("about", "")
    return Asked(
        request.args.get("words", "").strip()[:LONGEST_QUESTION],
        language if language in WRITTEN else "",
        about if about in SUBJECTS else "",
    )


def _show_found(asked: Asked) -> str:
    found = find_in_threads(asked, reader(), read_id("page") or 1)
    return render_template(
        "discussion/found.html", found=found, asked=asked, languages=WRITTEN, wording=wording,
        address_of=address_of,
    )  # fmt: skip


@pages.get("/threads/lesson/<int:lesson_id>/<field>")
@public
def spot_thread(lesson_id: int, field: str) -> ResponseReturnValue:
    """Lead to the thread of a section or a question of a lesson, or to where one begins it."""
    subject = _subject("lesson", lesson_id)
    if subject is None or field not in subject.spots:
        abort(404)
    if found := find_thread_of(lesson_id, field, reader()):
        return redirect(url_for(".thread", thread_id=found.id))
    return redirect(url_for(".new_thread", lesson=lesson_id, field=field))


@pages.route("/threads/new", methods=["GET", "POST"])
@at_most("20 per hour")
def new_thread() -> ResponseReturnValue:
    """Begin a thread about a case, a field of it, a live session, or a topic."""
    kind, number, field = _about()
    subject = _subject(kind, number)
    # A field that no page names is none.
    field = field if kind == "case" or (subject and field in subject.spots) else ""
    spot = subject.spots.get(field) if subject else None
    form = ThreadForm(
        request_key=token_hex(16), language=_own_language(), title=spot[0] if spot else ""
    )
    if not form.validate_on_submit():
        return _show(form, subject, field), 400 if form.errors else 200
    try:
        thread, written = _begin(form, (kind, number, field), spot[0] if spot else "")
    except Refused as refusal:
        form.body.errors = wording.say_refused(refusal.verdict)
        return _show(form, subject, field), 409
    if written.is_held:
        flash(wording.HELD)
    return lead_to(thread.id, written.number)


def _begin(
    form: ThreadForm, about: tuple[str, int | None, str], usual: str
) -> tuple[Thread, Written]:
    """Begin a thread; where that of a spot was begun meanwhile, say it there."""
    kind, number, field = about
    title = (form.title.data or "").strip()
    said: dict[str, Any] = {
        "language": form.language.data, "request_key": form.request_key.data or None
    }  # fmt: skip
    if number and usual and title == usual:
        there = find_thread_of(number, field, signed_in())
        if there and can_write(signed_in(), there):
            written = reply(there.id, signed_in(), form.words(), **said)
            return there, written
    return start_thread(
        signed_in(), title, form.words(), subject_kind=kind, subject_id=number, field=field, **said
    )  # fmt: skip


def _about() -> tuple[str, int | None, str]:
    for kind in ("case", "live_session", "lesson"):
        if number := read_id(kind):
            return kind, number, _field_of(kind)
    return "topic", None, ""


def _field_of(kind: str) -> str:
    """Return the field of a case, or the question of a lesson, that is meant."""
    field = request.args.get("field", "")[:60]
    return field if kind == "lesson" or (kind == "case" and field in QUESTIONS) else ""


def _subject(kind: str, number: int | None) -> Subject | None:
    if number is None:
        return None
    found = find_subjects(kind, {number}, reader()).get(number)
    if found is None:
        abort(404)
    return found


def _own_language() -> str:
    language = signed_in().language or reader_language()
    return language if language in WRITTEN else "en"


def _show(form: ThreadForm, subject: Subject | None, field: str) -> str:
    back = subject.path if subject else url_for(".threads")
    return render_template(
        "discussion/new_thread.html", form=form, subject=subject, about_field=field, back=back,
        spot=subject.spots.get(field) if subject else None, wording=wording,
    )  # fmt: skip
