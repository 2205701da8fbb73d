"""The lasting addresses of the library: those of the academy, whatever host a reader came by."""

from flask import current_app

from academy.config import Settings


def home() -> str:
    """Return the academy's own address, without a slash at its end."""
    settings: Settings = current_app.config["ACADEMY"]
    return settings.base_url


def address_of(slug: str) -> str:
    """Return the address of a case: in feeds, citations and for programs always the same."""
    return f"{home()}/cases/{slug}/"
