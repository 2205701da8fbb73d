"""Pages squeezed on their way where no nginx stands in front: a learner pays for each kilobyte.

In production nginx does it (deploy/nginx.conf), on another processor than the pages'.
"""

import gzip

from flask import Flask, Response, request

from academy.config import Settings

SMALLEST = 600
#: Level 5 gives within 3 % of level 9 in half the time.
LEVEL = 5
KINDS = frozenset({"text/html", "text/css", "text/csv", "text/plain", "text/javascript"})
MORE_KINDS = frozenset({"application/json", "application/problem+json", "image/svg+xml"})


def compress_pages(app: Flask, settings: Settings) -> None:
    """Let the embedded web server send gzip to whoever reads it; called before other headers."""
    if settings.is_embedded:
        app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in KINDS | MORE_KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if _is_worth_it(response) and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_worth_it(response: Response) -> bool:
    is_whole = not response.is_streamed and not response.direct_passthrough
    is_plain = "Content-Encoding" not in response.headers
    return is_whole and is_plain and (response.content_length or 0) >= SMALLEST
