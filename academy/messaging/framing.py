"""The HTML of a mail alone, for the frame of a page that previews it."""

from flask import Response

from academy.messaging.html_twin import write_html
from academy.messaging.letters import Letter

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)


def show_in_frame(letter: Letter, language: str) -> Response:
    """Answer with the mail as a program shows it: nothing in it runs, loads or leads a form on."""
    page = write_html(letter.subject, letter.text, language)
    answer = Response(page, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
