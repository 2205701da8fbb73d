"""The API's own description: /api/v1/openapi.json and the same for readers, /api/v1/docs."""

from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template

from academy.attendance.api import calls as attendance_calls
from academy.config import Settings
from academy.figures.api import calls as figures_calls
from academy.lib.openapi import PROBLEMS, describe
from academy.library.api import calls as library_calls
from academy.programme.api import calls as programme_calls
from academy.security.api import ROOT
from academy.security.scopes import SCOPES
from academy.security.wall import public
from academy.site.api_guide import Chapter, chapters_of

AREAS = (programme_calls, attendance_calls, figures_calls, library_calls)
VERSION = "1.0.0"

pages = Blueprint("api", __name__, url_prefix=ROOT)


@pages.get("/openapi.json")
@public
def openapi() -> Response:
    """Give the OpenAPI 3.1 document."""
    return jsonify(_document(_server()))


@pages.get("/docs")
@public
def docs() -> str:
    """Show the same to a reader, without a script or another host."""
    return render_template(
        "site/api_docs.html", chapters=_chapters(_server()), scopes=SCOPES, problems=PROBLEMS
    )


def _server() -> str:
    settings: Settings = current_app.config["ACADEMY"]
    return settings.base_url + ROOT


@cache
def _document(server: str) -> dict[str, Any]:
    operations = [each for area in AREAS for each in area.operations]
    return describe(operations, version=VERSION, server=server, scopes=SCOPES)


@cache
def _chapters(server: str) -> list[Chapter]:
    return chapters_of(_document(server))
