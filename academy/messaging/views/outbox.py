"""The outbox on the desk: every message, what became of it, and what can be done about it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Form, SelectField, StringField

from academy.lib.choices import options
from academy.lib.strict import LARGEST_ID
from academy.messaging import wording
from academy.messaging.kinds import REQUIRED
from academy.messaging.outbox import (
    SHOWS,
    Line,
    Wanted,
    find_in_outbox,
    read_outbox,
    text_of,
)
from academy.messaging.ports import list_subjects
from academy.messaging.service import (
    NothingToTellError,
    TooLateError,
    resend_message,
    stop_message,
)
from academy.messaging.views.blueprint import pages
from academy.security.wall import staff_only

LONGEST_SEARCH = 100
ORDERS = {"newest": _l("newest first"), "next": _l("next to leave first")}
WORDS = {"states": wording.STATES, "badge_of": wording.badge_of, "causes": wording.CAUSES,
         "word_for_kind": wording.word_for_kind}  # fmt: skip


class OutboxFilter(Form):
    """Which messages are wanted; all of it stands in the address."""

    whom = StringField(_l("Name or address"))
    kind = SelectField(_l("Kind"), validate_choice=False)
    live_session = SelectField(_l("Live session"), validate_choice=False)
    sort = SelectField(_l("Order"), choices=options(ORDERS))

    def __init__(self, *args: Any) -> None:
        """Offer the kinds that there are, and the live sessions of late."""
        super().__init__(*args)
        kinds = sorted((wording.word_for_kind(kind), kind) for kind in REQUIRED)
        self.kind.choices = options({"": _("every kind"), **{kind: words for words, kind in kinds}})
        subjects = {str(number): title for number, title in list_subjects()}
        self.live_session.choices = options({"": _("every one"), **subjects})


@pages.get("/desk/messages/")
@staff_only("organiser", "focal_point")
def desk_messages() -> str:
    """List messages, a page at a time, as narrowed and sorted by the address."""
    form, wanted = OutboxFilter(request.args), _wanted()
    found = read_outbox(current_user, wanted)
    return render_template(
        "messaging/desk_messages.html", form=form, found=found, wanted=wanted,
        tabs_of_shows=_tabs(wanted, found.counts), next_url=_next_url(found.after), here=_here(),
        **WORDS,
    )  # fmt: skip


def _wanted() -> Wanted:
    args = request.args
    show, kind = args.get("show", "all"), args.get("kind", "")
    if show not in SHOWS or (kind and kind not in REQUIRED):
        abort(404)
    # Only what waits is due at all; the others have no next try to be sorted by.
    sort = "next" if args.get("sort") == "next" and show in {"waiting", "failed"} else "newest"
    return Wanted(
        show=show, kind=kind, live_session=_number(args.get("live_session", "")),
        whom=args.get("whom", "").strip()[:LONGEST_SEARCH], sort=sort, after=_after(),
    )  # fmt: skip


def _number(words: str) -> int:
    is_number = words.isascii() and words.isdigit() and len(words) <= len(str(LARGEST_ID))
    return min(int(words), LARGEST_ID) if is_number else 0


def _after() -> tuple[int, datetime] | None:
    """Read where the page begins: "17,2026-05-02T06:00:00+00:00"."""
    number, _comma, moment = request.args.get("after", "").partition(",")
    try:
        due_at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (_number(number), due_at) if _number(number) and due_at.tzinfo else None


def _next_url(after: tuple[int, datetime] | None) -> str:
    return _url(after=f"{after[0]},{after[1].isoformat()}") if after else ""


def _here() -> str:
    """Return the address of this very page."""
    return request.full_path if request.query_string else request.path


def _url(**changes: str) -> str:
    kept = {name: value for name, value in request.args.items() if name != "after" and value}
    query = urlencode(kept | changes)
    return f"{url_for('messaging.desk_messages')}?{query}"


def _tabs(wanted: Wanted, counts: Any) -> list[dict[str, object]]:
    return [
        {"title": words, "url": _url(show=show), "active": show == wanted.show,
         "count": counts.get(show)}
        for show, words in wording.SHOWS.items()
    ]  # fmt: skip


@pages.get("/desk/messages/<int:message_id>")
@staff_only("organiser", "focal_point")
def desk_message(message_id: int) -> str:
    """Show one message: what became of it, and its words unless they are a secret."""
    line = _load(message_id)
    return render_template(
        "messaging/desk_message.html", line=line, message=line.message,
        text=text_of(line.message), **WORDS,
    )  # fmt: skip


@pages.post("/desk/messages/<int:message_id>/stop")
@staff_only("organiser")
def stop_desk_message(message_id: int) -> ResponseReturnValue:
    """Let a message that waits never leave."""
    _load(message_id)
    try:
        stop_message(message_id, current_user.id)
    except TooLateError:
        flash(_("It had left already. Nothing was changed."), "danger")
    else:
        flash(_("It will not be sent."))
    return redirect(url_for(".desk_message", message_id=message_id), 303)


@pages.post("/desk/messages/<int:message_id>/resend")
@staff_only("organiser")
def resend_desk_message(message_id: int) -> ResponseReturnValue:
    """Try a message again that did not arrive."""
    _load(message_id)
    try:
        resend_message(message_id, current_user.id)
    except NothingToTellError:
        flash(
            _("Another try makes no sense: it arrived, or is over. Nothing was changed."), "danger"
        )
    else:
        flash(_("It leaves within a minute."))
    return redirect(url_for(".desk_message", message_id=message_id), 303)


def _load(message_id: int) -> Line:
    if message_id > LARGEST_ID:
        abort(404)
    return find_in_outbox(current_user, message_id) or abort(404)
