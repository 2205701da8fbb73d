"""What a visitor reads when something went wrong; a fault of ours carries an id and no detail."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from academy import db
from academy.programme.errors import SeriesAnonymisedError
from academy.security.input import what_was_typed

#: Answers to forms that were read: their writer may copy the words that could not be taken.
KEEPS_WORDS = frozenset({403, 404, 409, 410, 500, 503})

log = logging.getLogger(__name__)


def answer_errors(app: Flask) -> None:
    """Turn every error into a page, or into application/problem+json (RFC 9457) under /api/."""
    app.register_error_handler(HTTPException, _say_what_happened)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(DataError, _no_database_keeps_it)
    app.register_error_handler(OverflowError, _no_database_keeps_it)
    app.register_error_handler(SeriesAnonymisedError, _nobody_is_there)
    app.register_error_handler(Exception, _our_fault)


def _say_what_happened(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    headers = {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}
    return (*_answer(status), headers)


def _database_away(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("database out of reach", exc_info=error)
    return _answer(503)


def _nobody_is_there(_error: Exception) -> ResponseReturnValue:
    """Somebody opened the page before the people of the series were forgotten."""
    db.session.rollback()
    return _answer(409)


def _no_database_keeps_it(_error: Exception) -> ResponseReturnValue:
    """A number beyond what a column holds, typed into an address or a form."""
    db.session.rollback()
    return _answer(400)


def _our_fault(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    name = secrets.token_hex(4)
    log.error("fault %s at %s", name, request.endpoint, exc_info=error)
    return _answer(500, name)


def _answer(status: int, name: str = "") -> tuple[Response | str, int]:
    title, advice = _words(status)
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": advice,
        }
        answer = jsonify({**problem, "instance": name} if name else problem)
        answer.content_type = "application/problem+json"
        return answer, status
    typed = what_was_typed() if status in KEEPS_WORDS else {}
    page = render_template(
        "errors/error.html", status=status, title=title, advice=advice, error_id=name, typed=typed
    )
    return page, status


def _words(status: int) -> tuple[str, str]:
    known = {
        400: (
            _("The request could not be read"),
            _("Go back, load the page again and try once more."),
        ),
        403: (
            _("Not allowed"),
            _("Your role does not open this page. Ask an administrator of the academy."),
        ),
        404: (_("Not found"), _("There is nothing at this address, or it is not yours to see.")),
        405: (_("Not possible here"), _("This address does not do that.")),
        409: (
            _("The figures are frozen"),
            _("The people of this series were anonymised. Nothing was changed."),
        ),
        410: (
            _("No longer here"),
            _("What stood at this address was kept for a while and then dropped."),
        ),
        413: (
            _("Too large"),
            _("The file is larger than the academy accepts. Nothing was stored."),
        ),
        429: (_("Too many attempts"), _("Wait a little, then try again. Nothing was lost.")),
        503: (_("Out of reach for a moment"), _("Nothing was lost. Try again in a minute.")),
    }
    ours = (
        _("Something went wrong on our side"),
        _("Nothing you typed was stored. Try again in a minute."),
    )
    other = (_("That did not work"), _("Go back and try again."))
    return known.get(status, ours if status >= HTTPStatus.INTERNAL_SERVER_ERROR else other)
