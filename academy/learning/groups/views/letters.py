"""The desk's pages of letters: written to learners, looked over, sent once, followed, stopped."""

from secrets import token_hex

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.db import now
from academy.learning.groups.forms import ButtonForm, ConfirmedForm, LetterForm
from academy.learning.groups.letter_queries import (
    count_states,
    find_letter,
    list_letters,
    list_readers,
)
from academy.learning.groups.letters import Recipients, Whom, leaves_at
from academy.learning.groups.models import CourseLetter
from academy.learning.groups.needs import read_choice
from academy.learning.groups.recipients import preview, read_recipients
from academy.learning.groups.service import (
    ListChanged,
    NobodyGetsIt,
    NothingToStop,
    send_letter,
    stop_letter,
)
from academy.learning.groups.statements import Group
from academy.learning.groups.views.blueprint import ONE, groups, load_group, signed_in
from academy.learning.groups.wording import LEFT_OUT, SHOWS
from academy.lib.strict import LARGEST_ID
from academy.messaging.letters import Letter
from academy.messaging.wording import STATES
from academy.security.input import read_id
from academy.security.limits import limiter

#: So many people can be ticked: a page of the group.
MOST_CHOSEN = 100


@groups.get(f"{ONE}/learners/write")
def desk_write(course: str) -> ResponseReturnValue:
    """Show the form, with who would get it."""
    return _show(load_group(course), LetterForm())


def _whom() -> Whom:
    """Return whom the address names: people who were ticked, else everybody of the filter."""
    ticked = request.args.getlist("person")[:MOST_CHOSEN]
    numbers = {int(one) for one in ticked if one.isascii() and one.isdecimal() and len(one) < 11}  # noqa: PLR2004 (digits of an id)
    if request.args.get("all"):
        return Whom(choice=read_choice(request.args))
    return Whom(tuple(sorted(one for one in numbers if one <= LARGEST_ID)))


def _show(
    group: Group, form: LetterForm, *, status: int = 200, is_looked_over: bool = False
) -> ResponseReturnValue:
    whom = _whom()
    recipients = read_recipients(group, whom)
    sample = recipients.gets[0] if is_looked_over and recipients.gets else None
    draft = Letter(form.title.data or "", form.body.data or "")
    page = render_template(
        "learning/groups/desk_write.html", group=group, form=form, recipients=recipients,
        left_out_words=LEFT_OUT, later=_later(recipients),
        show=SHOWS[whom.choice.show] if whom.choice else None,
        letter=preview(group, draft, signed_in(), sample) if sample else None, sample=sample,
        key=token_hex(16), query=request.query_string.decode("latin-1"),
    )  # fmt: skip
    return page, status


def _later(recipients: Recipients) -> int:
    at = now()
    return sum(leaves_at(one, at) > at for one in recipients.gets)


@groups.post(f"{ONE}/learners/write")
def desk_look_over(course: str) -> ResponseReturnValue:
    """Show what they will read, and ask once more; nothing is kept yet."""
    group, form = load_group(course), LetterForm()
    if not form.validate_on_submit():
        return _show(group, form, status=422)
    return _show(group, form, is_looked_over=True)


@groups.post(f"{ONE}/letters/")
@limiter.limit("30 per hour")  # type: ignore[untyped-decorator]
def desk_send_letter(course: str) -> ResponseReturnValue:
    """Send it to the list that was seen; a second time it is the same letter."""
    group, form = load_group(course), ConfirmedForm()
    if not form.validate_on_submit():
        return _show(group, form, status=422)
    draft = Letter(form.title.data or "", form.body.data or "")
    try:
        letter = send_letter(
            group, signed_in(), _whom(), draft, key=form.key.data or "", seen=form.seen.data or ""
        )
    except ListChanged:
        flash(_("Not sent: the list changed since you looked. Look it over once more."), "danger")
        return _show(group, form, status=409, is_looked_over=True)
    except NobodyGetsIt:
        flash(_("Not sent: nobody is left who may be written to."), "danger")
        return _show(group, form, status=409)
    return redirect(url_for(".desk_letter", course=course, letter_id=letter.id), 303)


@groups.get(f"{ONE}/letters/")
def desk_letters(course: str) -> str:
    """List what was written to learners of the course."""
    group, number = load_group(course), read_id("page") or 1
    found, more = list_letters(group, number)
    return render_template(
        "learning/groups/desk_letters.html", group=group, letters=found,
        states=count_states(found), state_words=STATES,
        previous_url=url_for(".desk_letters", course=course, page=number - 1)
        if number > 1 else "",
        next_url=url_for(".desk_letters", course=course, page=number + 1) if more else "",
    )  # fmt: skip


@groups.get(f"{ONE}/letters/<int:letter_id>/")
def desk_letter(course: str, letter_id: int) -> str:
    """Show one letter: its words, to whom it goes, and how far it is."""
    group = load_group(course)
    letter = _load(group, letter_id)
    return render_template(
        "learning/groups/desk_letter.html", group=group, letter=letter,
        states=count_states([letter])[letter.id], readers=list_readers(letter),
        state_words=STATES, left_out_words=LEFT_OUT,
    )  # fmt: skip


def _load(group: Group, letter_id: int) -> CourseLetter:
    return find_letter(group, letter_id) or abort(404)


@groups.post(f"{ONE}/letters/<int:letter_id>/stop")
def desk_stop_letter(course: str, letter_id: int) -> ResponseReturnValue:
    """Let nothing more of it leave."""
    letter = _load(load_group(course), letter_id)
    if ButtonForm().validate_on_submit():
        try:
            people = stop_letter(letter, signed_in().id)
        except NothingToStop:
            flash(_("Nothing was left to stop."), "danger")
        else:
            flash(ngettext("%(num)d person will not get it.", "%(num)d people will not get it.",
                           people))  # fmt: skip
    return redirect(url_for(".desk_letter", course=course, letter_id=letter_id), 303)
