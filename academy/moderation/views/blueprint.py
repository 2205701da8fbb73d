"""The blueprint of moderation, who is at work, and the way back to the queue as it was chosen."""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, request, url_for
from flask_babel import format_timedelta
from flask_login import current_user

from academy.db import now
from academy.i18n.reader import page_language
from academy.moderation.models import Decision
from academy.moderation.reasons import words_in
from academy.people.models import Person
from academy.security.redirects import safe_path

pages = Blueprint("moderation", __name__)


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page that asks."""
    person: Person = current_user
    return person


def queue_address(undo: int | None = None, item: str = "") -> str:
    """Return the queue as it was chosen in the address that sent the form.

    `undo` is a decision that can be taken back there, `item` what the page begins at.
    """
    came_from = safe_path(request.form.get("back") or request.args.get("back"), "")
    path, _mark, query = came_from.partition("?")
    kept = dict(parse_qsl(query)) if path == url_for("moderation.queue") else {}
    kept.pop("undo", None)
    if undo:
        kept["undo"] = str(undo)
    query = f"?{urlencode(kept)}" if kept else ""
    item = item or request.form.get("item", "")
    item = item if re.fullmatch(r"(post|appeal|case)-\d{1,10}", item) else ""
    return url_for("moderation.queue") + query + (f"#{item}" if item else "")


@pages.app_template_global()
def this_year() -> int:
    """Return the year that it is, for the way to its figures."""
    return now().year


@pages.app_template_global()
def age_in_words(since: datetime) -> str:
    """Return how long something has waited: "3 days"."""
    return str(format_timedelta(now() - since, threshold=1.2))


@pages.app_template_global()
def reason_of(decision: Decision) -> str:
    """Return why it was decided, in the words of then and in the reader's language."""
    own: str = getattr(current_user, "language", "")
    return words_in(decision.reason_words, own or page_language())
