"""Headers on every response: content policy with a nonce, no sniffing, framing or storing."""

import secrets
from http import HTTPStatus

from flask import Flask, Response, g, request
from flask_login import current_user

from academy.config import Settings

SELF = "'self'"


def csp_nonce() -> str:
    """Return this request's nonce for the few scripts that stand inside a page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_headers(app: Flask, settings: Settings) -> None:
    """Put the headers on whatever leaves this app."""
    fixed = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    if settings.is_https:
        fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy())
        _forbid_storing(response)
        return response


def let_forms_lead_out() -> None:
    """Let a form of this page end at another site.

    Browsers look at every address that a sent form is redirected to (CSP 3, form-action), and
    rooms redirect among sites of their own, so only the kind of address can be named.
    """
    g.form_targets = "'self' https: http:"


def keep_to_the_reader(response: Response) -> None:
    """Let nobody learn the address of this page, in which a secret stands."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"


def let_browsers_keep(response: Response, seconds: int) -> None:
    """Let browsers keep what everybody may see and what never changes; proxies forget it.

    A proxy would go on giving out what was taken away here.
    """
    g.is_for_everybody = True
    response.headers["Cache-Control"] = f"private, max-age={seconds}, immutable"


def _policy() -> str:
    script = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    return (
        f"default-src 'self'; script-src {script}; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; "
        f"form-action {g.get('form_targets', SELF)}; "
        "frame-ancestors 'none'"
    )


def _forbid_storing(response: Response) -> None:
    """What a signed-in person sees must not stay in a shared phone's or proxy's cache."""
    if request.endpoint == "static" or g.get("is_for_everybody", False):
        return
    response.vary.update(("Cookie", "Accept-Language"))
    if current_user.is_authenticated or response.status_code >= HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
