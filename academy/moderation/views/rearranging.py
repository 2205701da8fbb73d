"""Splitting, merging and moving threads: what will happen is looked at first, then done."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from academy.db import session
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Thread
from academy.discussion.places import find_merged
from academy.discussion.ports import Subject, find_subjects
from academy.discussion.queries import Shown, read_posts
from academy.discussion.service.rearranging import authors_of, refuse_numbers, refuse_threads
from academy.discussion.subjects import find_by_address
from academy.lib.number_ranges import write_ranges
from academy.moderation import wording
from academy.moderation.rearranging_forms import MergeForm, MoveForm, SplitForm
from academy.moderation.service import merge_threads, move_thread, split_thread
from academy.moderation.views.blueprint import pages, signed_in
from academy.moderation.views.choosing import load_standing, read_chosen
from academy.security.wall import staff_only


def asked_step() -> str:
    """Return what the button asks for: look, change, or do."""
    step = request.form.get("step", "look")
    return step if step in {"change", "do"} else "look"


@pages.route("/moderation/threads/<int:thread_id>/split", methods=["GET", "POST"])
@staff_only("moderator")
def split(thread_id: int) -> ResponseReturnValue:
    """Take chosen posts out of a thread, into a new one or another."""
    found, chosen = load_standing(thread_id), read_chosen()[1]
    form = SplitForm()
    posts = _read_posts(found, chosen)
    facts = {"numbers": write_ranges(chosen, "–"), "posts": posts}
    if not form.validate_on_submit() or asked_step() == "change":
        return _show("split", found, form, facts)
    try:
        target = _target_of(form) if form.where.data == "into" else None
        refuse_threads(*filter(None, (found, target)))
        refuse_numbers(session(), found, chosen)
        if asked_step() != "do":
            return _show("split", found, form, facts | _future(posts, target), is_preview=True)
        split_thread(
            found, chosen, signed_in(), form.reason.data, form.words(),
            title=(form.title.data or "").strip(), into_id=target.id if target else None,
        )  # fmt: skip
    except CannotRearrange as refusal:
        return _refuse("split", found, form, facts, refusal)
    flash(ngettext("%(num)d post was moved.", "%(num)d posts were moved.", len(chosen)))
    return redirect(f"/threads/{found.id}/posts/{min(chosen)}/")


def _read_posts(found: Thread, chosen: set[int]) -> list[Shown]:
    if not chosen:
        return []
    shown = read_posts(found, signed_in(), min(chosen), max(chosen))
    return [one for one in shown if one.post.number in chosen and not one.moved]


def _future(posts: list[Shown], target: Thread | None) -> dict[str, Any]:
    """Return how the posts will be numbered, and whose they are."""
    begin = target.last_number + 1 if target else 1
    names = {one.post.author_id: one.post.author_name for one in posts if one.post.author_name}
    return {
        "target": target, "begin": begin, "end": begin + len(posts) - 1,
        "authors": sorted(names.values()),
    }  # fmt: skip


def _target_of(form: SplitForm | MergeForm) -> Thread:
    """Return the thread that was meant; raises CannotRearrange."""
    target = find_merged(form.into_id() or 0, signed_in())
    if target is None:
        raise CannotRearrange("unknown")
    return target


@pages.route("/moderation/threads/<int:thread_id>/merge", methods=["GET", "POST"])
@staff_only("moderator")
def merge(thread_id: int) -> ResponseReturnValue:
    """Bring all posts of a thread to the end of another one."""
    found = load_standing(thread_id)
    form = MergeForm()
    if not form.validate_on_submit() or asked_step() == "change":
        return _show("merge", found, form, {})
    try:
        target = _target_of(form)
        refuse_threads(found, target)
        if asked_step() != "do":
            facts = {"target": target, "writers": len(authors_of(found.id))}
            return _show("merge", found, form, facts, is_preview=True)
        merge_threads(found, target.id, signed_in(), form.reason.data, form.words())
    except CannotRearrange as refusal:
        return _refuse("merge", found, form, {}, refusal)
    flash(_("The threads are one now."))
    return redirect(url_for("discussion.thread", thread_id=found.id))


@pages.route("/moderation/threads/<int:thread_id>/move", methods=["GET", "POST"])
@staff_only("moderator")
def move(thread_id: int) -> ResponseReturnValue:
    """Let a thread be about another subject."""
    found = load_standing(thread_id)
    form = MoveForm(part=found.field)
    facts: dict[str, Any] = {"subject": _subject_of(found)}
    if not form.validate_on_submit() or asked_step() == "change":
        return _show("move", found, form, facts)
    try:
        after, about = _about(form, found)
        if asked_step() != "do":
            facts |= {
                "after": after, "part": _words_of(form.part, about[2]),
                "writers": len(authors_of(found.id)),
            }  # fmt: skip
            return _show("move", found, form, facts, is_preview=True)
        move_thread(found, signed_in(), about, form.reason.data, form.words())
    except CannotRearrange as refusal:
        return _refuse("move", found, form, facts, refusal)
    flash(_("The thread was moved."))
    return redirect(url_for("discussion.thread", thread_id=found.id))


def _about(form: MoveForm, found: Thread) -> tuple[Subject | None, tuple[str, int | None, str]]:
    """Return what was chosen, and as (kind, id, field); raises CannotRearrange."""
    if not (address := (form.about.data or "").strip()):
        return _unless_there(found, None, ("topic", None, ""))
    if named := find_by_address(address, signed_in()):
        kind, number, subject = named
        about = (kind, number, form.part.data if kind == "case" else "")
        return _unless_there(found, subject, about)
    raise CannotRearrange("unknown_subject")


def _unless_there(
    found: Thread, subject: Subject | None, about: tuple[str, int | None, str]
) -> tuple[Subject | None, tuple[str, int | None, str]]:
    if about == (found.subject_kind, found.subject_id, found.field):
        raise CannotRearrange("same")
    return subject, about


def _words_of(field: Any, value: str) -> str:
    """Return what a choice says, or nothing for none and for what is no choice."""
    words = {one.value: one.label for one in field.choices}
    return str(words.get(value, "")) if value else ""


def _subject_of(found: Thread) -> Subject | None:
    if found.subject_id is None:
        return None
    return find_subjects(found.subject_kind, {found.subject_id}, signed_in()).get(found.subject_id)


def _show(
    page: str, found: Thread, form: FlaskForm, facts: Mapping[str, Any], *, is_preview: bool = False
) -> tuple[str, int]:
    reason = _words_of(form["reason"], form["reason"].data or "")
    html = render_template(
        "moderation/rearrange.html", page=page, thread=found, form=form, is_preview=is_preview,
        reason_words=reason, wording=wording, **facts,
    )  # fmt: skip
    return html, 400 if form.errors else 200


def _refuse(
    page: str, found: Thread, form: FlaskForm, facts: Mapping[str, Any], refusal: CannotRearrange
) -> ResponseReturnValue:
    """Show the form again with what was typed, and why it cannot be."""
    first = next(name for name in ("where", "into", "about") if name in form)
    form[first].errors = [wording.CANNOT_REARRANGE[refusal.why]]
    return _show(page, found, form, facts)[0], 409
