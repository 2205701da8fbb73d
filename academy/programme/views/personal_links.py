"""The personal link: the door of a series for one person, signed in or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

import segno
from flask import (
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from academy.db import now
from academy.i18n.reader import read_as_holder_of_a_link
from academy.programme.calendar_feed import write_calendar
from academy.programme.calendar_links import CalendarLinks
from academy.programme.door import corridor_of
from academy.programme.errors import DoorClosedError
from academy.programme.link_queries import find_holder, list_seats
from academy.programme.models import Registration
from academy.programme.personal_links import (
    Named,
    calendar_path,
    code_path,
    link_path,
    link_token,
    read_calendar,
    read_link,
    read_own_calendar,
)
from academy.programme.service import go_in
from academy.programme.views.blueprint import pages
from academy.programme.views.calendars import answer_calendar
from academy.programme.views.own_calendar import answer_own_calendar, words_of
from academy.security.headers import keep_to_the_reader, let_forms_lead_out
from academy.security.network import network
from academy.security.signed_links import in_groups
from academy.security.throttle import Allowance, count_attempt, is_spent
from academy.security.wall import public

#: Nobody guesses 128 bits; this spares the academy those who try. A right link always works.
WRONG_LINKS = Allowance("wrong_link:network", 30, timedelta(minutes=10))


@pages.after_request
def keep_links_secret(response: Response) -> Response:
    """Answer whoever comes by a token so that nothing passes its address on."""
    if "token" in (request.view_args or {}):
        keep_to_the_reader(response)
    return response


@pages.get("/j/<token>")
@public
def personal_link(token: str) -> Response:
    """Show the door: when it opens on the reader's clock, the way in, or why there is none.

    Looking changes nothing, for programs that scan mail follow every link in it. The page loads
    itself again near the time; `?still` leaves that to the reader (WCAG 2.2.1).
    """
    registration = _load(read_link, token)
    let_forms_lead_out()
    corridor = corridor_of(list_seats(registration), registration.series.door_minutes, now())
    wait = 0 if "still" in request.args else corridor.seconds_to_look_again(registration.id)
    page = make_response(
        render_template(
            "programme/personal_link.html", registration=registration, series=registration.series,
            corridor=corridor, door=corridor.first, here=link_path(registration), looks_again=wait,
            code_path=code_path,
        )
    )  # fmt: skip
    if wait:
        page.headers["Refresh"] = str(wait)
    return page


@pages.post("/j/<token>")
@public
def open_door(token: str) -> ResponseReturnValue:
    """Go in: note it, and lead to that day's room. The token is the secret, so no other is asked.

    (app.py takes this view out of the protection against forged requests; see
    docs/decisions/personal-links.md.)
    """
    registration = _load(read_link, token)
    try:
        there = go_in(registration, request.form.get("live_session", ""))
    except DoorClosedError:
        there = link_path(registration)
    return redirect(there, 303)


@pages.get("/j/<token>/card")
@public
def personal_link_card(token: str) -> str:
    """Show the link as a picture and as letters, with all dates, to keep or to print."""
    registration = _load(read_link, token)
    corridor = corridor_of(list_seats(registration), registration.series.door_minutes, now())
    return render_template(
        "programme/personal_link_card.html", registration=registration,
        series=registration.series, corridor=corridor, **facts_of_link(registration),
    )  # fmt: skip


def facts_of_link(registration: Registration) -> dict[str, object]:
    """Return what a page shows of a link: whole, to click and as a picture, and the calendar's."""
    base = current_app.config["ACADEMY"].base_url
    whole = base + link_path(registration)
    drawing = segno.make(whole, error="m").svg_inline(omitsize=True, dark="#000", light="#fff")
    return {
        # Hyphens do not matter in it; from paper it is read and typed in groups.
        "link_to_read": f"{base}/j/{in_groups(link_token(registration))}",
        "link_path": link_path(registration),
        "picture": Markup(drawing),  # noqa: S704  drawn by segno, holds no text
        "in_calendar": CalendarLinks.of(
            base + calendar_path(registration), registration.series.title
        ),
        "calendar_path": calendar_path(registration),
    }  # fmt: skip


@pages.get("/calendar/<token>.ics")
@public
def personal_calendar(token: str) -> Response:
    """Give the live sessions of a series, or all of a person, to programs that subscribe."""
    own = read_own_calendar(token)
    if own is not None:
        return answer_own_calendar(own)
    registration = _load(read_calendar, token)
    base = current_app.config["ACADEMY"].base_url
    words = words_of(registration, base)
    content = write_calendar(registration, list_seats(registration), base, words)
    return answer_calendar(content, registration.series.slug)


def _load(read_token: Callable[[str], Named | None], token: str) -> Registration:
    """Return whose token it is; answer 404 to one of nobody, and 410 to one that was replaced."""
    named = read_token(token)
    registration = find_holder(named.id) if named else None
    if named is None or registration is None:
        _refuse_unknown()
    if named.link_version != registration.link_version:
        abort(_say_replaced(registration))
    read_as_holder_of_a_link(registration.person.zone)
    return registration


def _refuse_unknown() -> NoReturn:
    if is_spent(WRONG_LINKS, network()):
        abort(429)
    count_attempt(WRONG_LINKS, network())
    page = render_template(
        "errors/error.html", title=_("This link leads nowhere"),
        happened=_("A letter may be missing: long links break when they are copied."),
        to_do=_("Open the mail that confirmed your registration and press the link there, or find "
                "it under “My live sessions” after signing in."),
        action_url=url_for(".my_live_sessions"), action_label=_("My live sessions"),
    )  # fmt: skip
    abort(make_response(page, 404))


def _say_replaced(registration: Registration) -> Response:
    slug = registration.series.slug
    page = render_template(
        "errors/error.html", title=_("This link was replaced"),
        happened=_("It opens nothing any more, because a new one was made. Nothing else changed: "
                   "your registration and your places stand."),
        to_do=_("The new link is in the latest mail about this series, and under “My live "
                "sessions” after signing in."),
        action_url=url_for(".own_link", slug=slug), action_label=_("Sign in and see it"),
    )  # fmt: skip
    return make_response(page, 410)
