"""Where a mail server or a forwarder posts mail that came back: /hooks/mail.

The body is a delivery report as it came (message/rfc822 or multipart/report), or JSON with the
same facts; it is signed with the secret of ACADEMY_MAIL_HOOK_SECRET.
"""

from datetime import timedelta

from flask import Response, abort, current_app, jsonify, request
from pydantic import ValidationError

from academy.config import Settings
from academy.db import now
from academy.lib.strict import Unreadable, check_json
from academy.messaging.bounces import Bounce, read_report
from academy.messaging.reported_bounces import BounceList
from academy.messaging.service import take_delivered_bounces
from academy.messaging.views.blueprint import pages
from academy.security.hook_signatures import WrongSignature, check
from academy.security.limits import limiter
from academy.security.network import network
from academy.security.problems import refuse
from academy.security.throttle import Allowance, count_attempt, is_spent
from academy.security.wall import public

#: A report returns the headers of one mail of ours, or all of it: 30 kB and what servers add.
LARGEST = 1_000_000
WRONG_SIGNATURES = Allowance("wrong_hook:network", 30, timedelta(minutes=10))


@pages.post("/hooks/mail")
@public
@limiter.limit("300 per minute")  # type: ignore[untyped-decorator]
def take_returned_mail() -> Response:
    """Act on what came back as `academy mail bounces` does; the same delivery twice is once."""
    settings: Settings = current_app.config["ACADEMY"]
    if not settings.mail_hook_secret:
        abort(404)
    body = _read_body()
    delivery_id = _check(settings.mail_hook_secret, body)
    report = take_delivered_bounces(delivery_id, _read_bounces(body))
    return jsonify(report.as_document() if report else {"repeated": True})


def _read_body() -> bytes:
    said = request.content_length or 0
    request.max_content_length = LARGEST + 1  # a body may come without saying how long it is
    body = b"" if said > LARGEST else request.get_data(cache=False)
    if max(said, len(body)) > LARGEST:
        refuse(413, "too-large", "Too large", "A report may be 1 MB large.")
    return body


def _check(secret: str, body: bytes) -> str:
    """Return the id of the delivery; 401 for whoever does not know the secret, 429 for guessing."""
    if is_spent(WRONG_SIGNATURES, network()):
        refuse(429, "too-many", "Too many attempts", "Wait ten minutes.")
    try:
        headers = {name.lower(): value for name, value in request.headers}
        return check(secret, headers, body, now())
    except WrongSignature as error:
        count_attempt(WRONG_SIGNATURES, network())
        refuse(401, "signature", "Not signed", f"{error}.")


def _read_bounces(body: bytes) -> list[Bounce | None]:
    """Return what the body reports; None for a mail that is no report."""
    if request.mimetype == "application/json":
        return list(_read_json(body))
    if request.mimetype == "multipart/report":
        # The boundary stands in the header of the request: it is put back where mail has it.
        head = f"MIME-Version: 1.0\r\nContent-Type: {request.content_type}\r\n\r\n"
        return [read_report(head.encode() + body)]
    if request.mimetype != "message/rfc822":
        refuse(415, "content-type", "Not a report",
               "Send message/rfc822, multipart/report or application/json.")  # fmt: skip
    return [read_report(body)]


def _read_json(body: bytes) -> list[Bounce]:
    try:
        check_json(body)
        return BounceList.model_validate_json(body).found()
    except Unreadable as error:
        refuse(400, "unreadable", "The body could not be read", str(error))
    except ValidationError as error:
        faults = [("#/" + "/".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        refuse(422, "not-accepted", "Not accepted", "The body says something that we cannot take.",
               errors=faults)  # fmt: skip
