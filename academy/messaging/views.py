"""The mail of an academy that runs on one machine, for trying it out: /dev/mail.

There is no such page in production, and on one machine only for a browser of that machine itself:
the mails hold ways into other people's accounts.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import gettext as _

from academy.config import Settings
from academy.messaging import post_office
from academy.messaging.queries import find_message, latest_messages, source_of
from academy.security.wall import public

pages = Blueprint("messaging", __name__)

PAGE = 50
KINDS_OF_BADGE = {
    "planned": "waiting",
    "claimed": "waiting",
    "sent": "done",
    "failed": "waiting",
    "suppressed": "live",
}
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@pages.get("/dev/mail")
@public
def dev_mail() -> str:
    """List the newest messages."""
    _only_on_this_machine()
    before = request.args.get("before", type=int)
    messages = latest_messages(before, PAGE + 1)
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


def _only_on_this_machine() -> None:
    """Answer 404 unless a browser of this machine asks for this machine by its name.

    The name is looked at because a page of the internet can point its own name at 127.0.0.1; a
    forwarding header means that a proxy stands in front and "this machine" is the proxy's.
    """
    settings: Settings = current_app.config["ACADEMY"]
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    name = urlsplit(f"//{request.host}").hostname
    if (
        not settings.is_embedded
        or is_forwarded
        or name not in LOOPBACK_NAMES
        or not _is_loopback(request.remote_addr)
    ):
        abort(404)


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
