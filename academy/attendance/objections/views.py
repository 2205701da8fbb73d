"""The desk of objections: what people say of their own attendance, and the answers."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy.attendance import service
from academy.attendance.clocks import hours_of, minutes_of
from academy.attendance.models import Objection
from academy.attendance.objections import queries as objection_queries
from academy.attendance.objections.forms import AnswerForm, WordsForm, clock_times
from academy.attendance.wording import ANSWERS, OBJECTIONS, WAYS
from academy.i18n.reader import reader_zone
from academy.lib.strict import LARGEST_ID
from academy.programme.models import Series
from academy.programme.queries import find_series
from academy.security.input import read_id
from academy.security.wall import staff_only

objections = Blueprint("objections", __name__)
WORDS = {"objection_kinds": OBJECTIONS, "ways": WAYS, "answers": ANSWERS, "hours_of": hours_of}
objections.context_processor(lambda: WORDS)


@objections.get("/desk/objections/")
@staff_only("organiser")
def desk_objections() -> str:
    """List what people say of their attendance, in all series or in one."""
    show = request.args.get("show", "open")
    if show not in objection_queries.SHOWS:
        abort(404)
    series = _series()
    page = read_id("page") or 1
    found = objection_queries.list_objections(current_user, show, page, series=series)
    just = _just_answered()
    return render_template(
        "attendance/desk_objections.html",
        found=found,
        show=show,
        series=series,
        just=just,
        effect=_effect(just) if just else "",
    )


def _series() -> Series | None:
    """Return the series that the address names, or none for all of them."""
    slug = request.args.get("series")
    return find_series(slug, current_user) or abort(404) if slug else None


def _just_answered() -> Objection | None:
    number = read_id("answered")
    return objection_queries.find_objection(number, current_user) if number else None


def _effect(objection: Objection) -> str:
    """Say what the attendance is now that the answer was given."""
    came, minutes = objection_queries.find_attendance(objection)
    if not came:
        return str(_("not counted as present"))
    if minutes is None:
        return str(_("counts as present, for how long is not known"))
    words: str = ngettext(
        "counts as present, %(num)s minute", "counts as present, %(num)s minutes", minutes
    )
    return words


@objections.get("/desk/objections/<int:objection_id>/")
@staff_only("organiser")
def desk_objection(objection_id: int) -> str:
    """Show one objection beside what is known, with the ways to answer it."""
    objection = _load(objection_id)
    return _show(objection, _begin(objection))


def _load(objection_id: int) -> Objection:
    return objection_queries.find_objection(objection_id, current_user) or abort(404)


def _show(objection: Objection, form: AnswerForm | WordsForm) -> str:
    """Show the ways to answer; the form that was not well keeps what was typed, with its errors."""
    agreeing = form if isinstance(form, AnswerForm) else _begin(objection)
    written = {name: WordsForm(prefix=name) for name in IN_WORDS}
    written["in_words"].reply.label.text = _("Your words to them")
    if isinstance(form, WordsForm):
        written[request.form["answer"]] = form
    return render_template(
        "attendance/desk_objection.html",
        objection=objection,
        context=objection_queries.read_context(objection),
        form=agreeing,
        refusing=written["declined"],
        writing=written["in_words"],
        minutes=minutes_of(objection.live_session, agreeing.from_at, agreeing.until_at),
    )


def _begin(objection: Objection) -> AnswerForm:
    """Begin with the times that they say, on the reader's clock."""
    zone = reader_zone(objection.live_session.zone)
    times = clock_times(objection.from_at, objection.until_at, zone)
    form = AnswerForm(formdata=None, seen=str(objection.version), **times)
    form.from_at, form.until_at = objection.from_at, objection.until_at
    return form


@objections.post("/desk/objections/<int:objection_id>/answer")
@staff_only("organiser")
def desk_answer(objection_id: int) -> ResponseReturnValue:
    """Do what the pressed button says; tell what happened to the objection meanwhile."""
    objection, said = _load(objection_id), request.form.get("answer", "")
    answer = ANSWERING.get(said) or abort(400)
    form = WordsForm(prefix=said) if said in IN_WORDS else AnswerForm()
    if not _is_well(objection, form):
        return _show(objection, form), 422
    try:
        answer(objection, form)
    except service.ObjectionMoved as moved:
        flash(_moved(moved.objection), "waiting")
        return redirect(url_for(".desk_objection", objection_id=objection_id))
    except service.NothingChosen:
        form.form_errors.append(_("Tick which of these was not the person."))
        return _show(objection, form), 422
    return redirect(url_for(".desk_objections", answered=objection_id))


def _is_well(objection: Objection, form: AnswerForm | WordsForm) -> bool:
    is_well = bool(form.validate())
    if request.form["answer"] == "presence" and isinstance(form, AnswerForm):
        is_well = form.read_times(objection.live_session) and is_well
    return is_well


def _reply(form: AnswerForm | WordsForm) -> str:
    return (form.reply.data or "").strip()


def _seen() -> int:
    """Return the version that the reviewer read; 0, which none has, for nonsense."""
    data = request.form.get("seen", "")
    return int(data) if data.isdecimal() and int(data) <= LARGEST_ID else 0


def _confirm_presence(objection: Objection, form: Any) -> None:
    service.confirm_presence(
        objection, seen=_seen(), actor_id=current_user.id,
        joined_at=form.from_at, left_at=form.until_at, reply=_reply(form),
    )  # fmt: skip


def _confirm_not_theirs(objection: Objection, form: Any) -> None:
    chosen = [each for each in request.form.getlist("identity", int) if 0 < each <= LARGEST_ID]
    service.confirm_not_theirs(
        objection, chosen, seen=_seen(), actor_id=current_user.id, reply=_reply(form)
    )


def _confirm_in_words(objection: Objection, form: Any) -> None:
    service.confirm_in_words(objection, seen=_seen(), actor_id=current_user.id, reply=_reply(form))


def _decline(objection: Objection, form: Any) -> None:
    service.decline_objection(objection, seen=_seen(), actor_id=current_user.id, reply=_reply(form))


#: Answers that change nothing: words are all that they are.
IN_WORDS = ("declined", "in_words")
#: What the buttons of the forms say.
ANSWERING: dict[str, Callable[[Objection, Any], None]] = {
    "presence": _confirm_presence,
    "not_theirs": _confirm_not_theirs,
    "in_words": _confirm_in_words,
    "declined": _decline,
}


def _moved(objection: Objection) -> str:
    """Say what holds now and whose word it is; nothing of it was overwritten."""
    if objection.state == "open":
        return str(_("They have changed what they say meanwhile. Nothing of yours was kept."))
    if objection.state == "withdrawn":
        return str(_("They have taken it back meanwhile. Nothing of yours was kept."))
    by = objection.answerer.name if objection.answerer else _("Somebody")
    state = ANSWERS[objection.state]
    return str(_("%(by)s was quicker: %(state)s. Nothing of yours was kept.", by=by, state=state))


@objections.post("/desk/objections/<int:objection_id>/undo")
@staff_only("organiser")
def desk_undo_answer(objection_id: int) -> ResponseReturnValue:
    """Undo an answer with all that it did, however old it is."""
    objection = _load(objection_id)
    seen = request.form.get("seen", type=int) or 0
    try:
        left = service.undo_answer(objection, seen=seen, actor_id=current_user.id)
        flash(_("Undone: it waits for an answer again."))
        if left:
            flash(_("What a colleague has decided since about the same device stays."), "waiting")
    except service.ObjectionMoved as moved:
        flash(_moved(moved.objection), "waiting")
    except service.AnotherIsOpen:
        flash(
            _("They have said something else since: answer that. This stays as it is."), "waiting"
        )
    return redirect(url_for(".desk_objection", objection_id=objection_id))
