"""The pictures of cases, given out to whoever may see them."""

import re

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library.errors import NotPossible
from academy.library.forms import EmptyForm
from academy.library.picture_queries import find_picture_bytes, find_pictures
from academy.library.policy import can_curate
from academy.library.service.picturing import erase_picture
from academy.library.views.blueprint import load_case, pages, reader, signed_in
from academy.security.headers import let_browsers_keep
from academy.security.wall import public

#: An address never gives anything else than it gave before, so browsers keep it; days.
KEPT_SECONDS = 90 * 24 * 3600
#: Nothing in what is given there may run, load, send or be framed.
_POLICY = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; sandbox"
)
_NAME = re.compile(r"([0-9a-f]{32})-(1200\.webp|480\.webp|640\.jpg)", re.ASCII)


@pages.get("/cases/<slug>/pictures/<name>")
@public
def picture(slug: str, name: str) -> Response:
    """Give one size of one picture: nothing but its bytes, and nothing that could run."""
    named = _NAME.fullmatch(name) or abort(404)
    digest, size = named.groups()
    found = find_picture_bytes(slug, digest, size, reader()) or abort(404)
    answer = Response(found.body, mimetype=found.media_type)
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Content-Disposition"] = "inline"
    if found.is_public:
        let_browsers_keep(answer, KEPT_SECONDS)
        answer.set_etag(name)
        answer.make_conditional(request)
    return answer


@pages.route("/cases/<slug>/pictures/<digest>/removal", methods=["GET", "POST"])
def erase(slug: str, digest: str) -> ResponseReturnValue:
    """Say what happens, and delete a picture for good: librarians, for people who did not agree."""
    case = load_case(slug)
    if not can_curate(signed_in()):
        abort(403)
    if not find_pictures(case.id, [digest]):
        abort(404)
    form = EmptyForm()
    if not form.validate_on_submit():
        return render_template("library/erase_picture.html", case=case, digest=digest, form=form)
    try:
        erase_picture(case, signed_in(), digest)
    except NotPossible:
        abort(404)
    flash(_("The picture is gone. Its words stay."))
    return redirect(url_for(".case", slug=slug))


def saves_data() -> bool:
    """Whether the reader's browser asks to save data (the client hint Save-Data)."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def wants_few_bytes() -> bool:
    """Whether pictures wait until they are asked for; the address says that they were."""
    return saves_data() and request.args.get("pictures") != "shown"
