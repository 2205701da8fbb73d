"""One calendar of all live sessions of a person, for programs that follow changes by themselves."""

from functools import partial

from flask import Response, abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.i18n.reader import read_as_holder_of_a_link
from academy.programme.calendar_feed import Words, write_own_calendar
from academy.programme.calendar_links import CalendarLinks
from academy.programme.link_queries import find_subscriber, list_own_seats
from academy.programme.models import Registration
from academy.programme.personal_links import Named, link_path, own_calendar_path
from academy.programme.service import renew_calendar
from academy.programme.views.blueprint import pages
from academy.programme.views.calendars import answer_calendar, name_by_number
from academy.programme.views.reader import signed_in


def answer_own_calendar(named: Named) -> Response:
    """Answer a token of a person's calendar: 404 where nobody has it, 410 where it was renewed."""
    person = find_subscriber(named.id)
    if person is None:
        abort(404)
    if person.calendar_version != named.link_version:
        abort(410)
    read_as_holder_of_a_link(person.zone)
    base = current_app.config["ACADEMY"].base_url
    seats, words = list_own_seats(person.id), partial(words_of, base=base)
    content = write_own_calendar(person.id, seats, base, words, str(_("SSE Academy")))
    return answer_calendar(content, "sse-academy")


def words_of(registration: Registration, base: str) -> Words:
    """Return what the entries of one registration say, in the reader's language."""
    return Words(
        description=_("Your own way in: %(link)s", link=base + link_path(registration)),
        waiting=_("You are on the waiting list."),
        number=name_by_number,
    )


@pages.app_template_global()
def own_calendar() -> CalendarLinks:
    """Return what opens the reader's own calendar in the common programs."""
    person = signed_in()
    base = current_app.config["ACADEMY"].base_url
    path = own_calendar_path(person.id, person.calendar_version)
    return CalendarLinks.of(base + path, str(_("SSE Academy")))


@pages.post("/my/calendar")
def renew_own_calendar() -> ResponseReturnValue:
    """Make a new address; the old one shows nothing from now on."""
    renew_calendar(signed_in())
    flash(_("This is the new address of your calendar. The old one shows nothing any more."))
    return redirect(url_for(".my_live_sessions", _anchor="own-calendar"))
