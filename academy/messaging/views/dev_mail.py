"""The mail of an academy that runs on one machine, for trying it out: /dev/mail.

There is no such page in production, and on one machine only for a browser of that machine itself:
the mails hold ways into other people's accounts.
"""

from flask import Response, abort, current_app, render_template
from flask_babel import gettext as _

from academy.config import Settings
from academy.messaging import post_office
from academy.messaging.queries import find_message, html_of, latest_messages, source_of
from academy.messaging.views.blueprint import pages
from academy.security.input import read_id
from academy.security.loopback import is_from_this_machine
from academy.security.wall import public

PAGE = 50
#: The mail's own style, nothing from anywhere, no script; a link may open in the whole window.
CONTENT_POLICY = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)
KINDS_OF_BADGE = {
    "planned": "waiting",
    "claimed": "waiting",
    "sent": "done",
    "failed": "waiting",
    "suppressed": "live",
}


@pages.get("/dev/mail")
@public
def dev_mail() -> str:
    """List the newest messages."""
    _only_on_this_machine()
    messages = latest_messages(read_id("before"), PAGE + 1)
    older = messages[PAGE - 1].id if len(messages) > PAGE else None
    return render_template(
        "messaging/dev_mail.html", messages=messages[:PAGE], older=older,
        words=_words_of_states(), kinds=KINDS_OF_BADGE,
    )  # fmt: skip


def _words_of_states() -> dict[str, str]:
    return {
        "planned": _("on its way"),
        "claimed": _("being sent"),
        "sent": _("sent"),
        "failed": _("will be tried again"),
        "suppressed": _("not sent"),
    }


@pages.get("/dev/mail/<int:message_id>")
@public
def dev_message(message_id: int) -> str:
    """Show one message as a phone shows it and as plain text."""
    _only_on_this_machine()
    message = find_message(message_id) or abort(404)
    return render_template(
        "messaging/dev_message.html", message=message, sender=post_office.current().sender,
        state=_words_of_states()[message.state], source=source_of(message),
    )  # fmt: skip


@pages.get("/dev/mail/<int:message_id>/html")
@public
def dev_message_html(message_id: int) -> Response:
    """Give the HTML of one message alone, for the frame of its page."""
    _only_on_this_machine()
    message = find_message(message_id) or abort(404)
    # In a mail a link opens as the program likes; here it leaves the frame.
    shown = html_of(message).replace("<head>", '<head>\n<base target="_top">', 1)
    answer = Response(shown, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _only_on_this_machine() -> None:
    settings: Settings = current_app.config["ACADEMY"]
    if not settings.is_embedded or not is_from_this_machine():
        abort(404)
