"""The pictures of cases, given out to whoever may see them."""

import re

from flask import Response, abort, request

from academy.library.picture_queries import find_picture_bytes
from academy.library.views.blueprint import pages, reader
from academy.security.headers import let_browsers_keep
from academy.security.wall import public

#: An address never gives anything else than it gave before, so browsers keep it; days.
KEPT_SECONDS = 90 * 24 * 3600
_NAME = re.compile(r"([0-9a-f]{32})-(1200\.webp|480\.webp|640\.jpg)", re.ASCII)


@pages.get("/cases/<slug>/pictures/<name>")
@public
def picture(slug: str, name: str) -> Response:
    """Give one size of one picture: nothing but its bytes, and nothing that could run."""
    named = _NAME.fullmatch(name) or abort(404)
    digest, size = named.groups()
    found = find_picture_bytes(slug, digest, size, reader()) or abort(404)
    answer = Response(found.body, mimetype=found.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = "inline"
    if found.is_public:
        let_browsers_keep(answer, KEPT_SECONDS)
        answer.set_etag(name)
        answer.make_conditional(request)
    return answer


def saves_data() -> bool:
    """Whether the reader's browser asks to save data (the client hint Save-Data)."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def wants_few_bytes() -> bool:
    """Whether pictures wait until they are asked for; the address says that they were."""
    return saves_data() and request.args.get("pictures") != "shown"
