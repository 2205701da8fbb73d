"""The home page and the health of the processes."""

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from academy.programme.queries import find_next_live_session, list_series
from academy.security.wall import public
from academy.site.health import find_faults

pages = Blueprint("site", __name__)


@pages.get("/")
@public
def home() -> str:
    """Show the next thing first: the live session that comes next, then the series."""
    return render_template(
        "site/home.html", next_live_session=find_next_live_session(), series=list_series()
    )


@pages.get("/healthz")
@public
def healthz() -> Response:
    """Say that this process answers."""
    return jsonify(status="ok")


@pages.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether database, broker and migrations are as they must be; 503 where not."""
    faults = find_faults(current_app.config["ACADEMY"])
    return jsonify(
        status="ready" if not faults else "not ready", faults=faults
    ), 503 if faults else 200
