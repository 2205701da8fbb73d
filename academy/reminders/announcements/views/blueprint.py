"""The blueprint that the pages of announcements share, and how one of them is found."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.people.models import Person
from academy.programme.models import Series
from academy.reminders.announcements import wording
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.policy import can_announce
from academy.reminders.announcements.queries import find_announcement
from academy.reminders.announcements.service import AlreadyConfirmed
from academy.reminders.announcements.words import language_for
from academy.reminders.queries import find_series
from academy.reminders.texts import languages
from academy.reminders.wording import BADGES, STATES, name_language

ALL = "/desk/series/<slug>/announcements/"
ONE = f"{ALL}<int:announcement_id>"
ROLES = ("organiser", "focal_point")

pages = Blueprint("announcements", __name__)
pages.context_processor(
    lambda: {
        "say_segment": wording.say_segment,
        "title_of": wording.title_of,
        "say_people": wording.say_people,
        "say_local": wording.say_local,
        "say_languages": wording.say_languages,
        "say_left_out": wording.say_left_out,
        "say_causes": wording.say_causes,
        "say_obstacle": wording.say_obstacle,
        "state_of": wording.state_of,
        "meanings": wording.MEANINGS,
        "reasons": wording.REASONS,
        "states": STATES,
        "badges": BADGES,
        "name_language": name_language,
        "name_reader": wording.name_reader,
        "language_for": language_for,
        "written_in": languages(),
    }
)


def signed_in() -> Person:
    """Return who reads; the wall let nobody else come this far."""
    person: Person = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    return person


def load_series(slug: str) -> Series:
    """Return the series, or answer 404 for one that the reader may not know of."""
    return find_series(slug, signed_in()) or abort(404)


def load(slug: str, number: int) -> Announcement:
    """Return the announcement, or answer 404."""
    return find_announcement(load_series(slug), signed_in(), number) or abort(404)


def load_draft(slug: str, number: int) -> Announcement:
    """Return the draft; what is confirmed leads to its own page instead."""
    announcement = load(slug, number)
    if not announcement.is_draft or not can_announce(announcement.series):
        abort(redirect(url_of(announcement), 303))
    return announcement


def url_of(announcement: Announcement, view: str = "desk_announcement", /, **values: Any) -> str:
    """Return the address of a page of the announcement."""
    return url_for(
        f"reminders.announcements.{view}", slug=announcement.series.slug,
        announcement_id=announcement.id, **values,
    )  # fmt: skip


@pages.errorhandler(AlreadyConfirmed)
def _meet_confirmed(_error: AlreadyConfirmed) -> ResponseReturnValue:
    """Lead whoever comes late, or twice, to what was confirmed."""
    flash(_("It was confirmed already, and once. Nothing was changed."), "waiting")
    values = request.view_args or {}
    return redirect(url_for("reminders.announcements.desk_announcement", **{
        name: values[name] for name in ("slug", "announcement_id")
    }), 303)  # fmt: skip
