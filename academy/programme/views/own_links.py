"""The reader's own personal link: seen, printed, and made anew when it is in wrong hands."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.programme.errors import NotRegisteredError
from academy.programme.models import Registration
from academy.programme.queries import find_standing
from academy.programme.service import renew_link
from academy.programme.views.blueprint import pages
from academy.programme.views.personal_links import facts_of_link
from academy.programme.views.reader import load_series, signed_in


@pages.get("/series/<slug>/link")
def own_link(slug: str) -> str:
    """Show the reader's personal link to a series, to click, to scan and to print."""
    registration = _load(slug)
    return render_template(
        "programme/own_link.html", series=registration.series, **facts_of_link(registration)
    )


def _load(slug: str) -> Registration:
    standing = find_standing(signed_in(), load_series(slug).id)
    return standing.registration or abort(404)


@pages.post("/series/<slug>/link")
def renew_own_link(slug: str) -> ResponseReturnValue:
    """Make a new link; the old one opens nothing from now on."""
    try:
        renew_link(_load(slug), renewed_by=signed_in().id)
    except NotRegisteredError:
        abort(404)
    flash(_("This is your new link. The old one opens nothing any more."))
    return redirect(url_for(".own_link", slug=slug))
