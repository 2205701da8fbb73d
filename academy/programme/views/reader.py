"""Who is reading a page of the programme, as the policy wants to know it."""

from flask import abort
from flask_login import current_user

from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.queries import find_live_session, find_series


def reader() -> Person | None:
    """Return the person who is signed in, or None."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    return person


def signed_in() -> Person:
    """Return the person who is signed in; the wall let nobody else come this far."""
    person = reader()
    if person is None:
        abort(401)
    return person


def load_series(slug: str) -> Series:
    """Return the series, or answer 404 where the reader may not know of it."""
    return find_series(slug, reader()) or abort(404)


def load_live_session(slug: str) -> LiveSession:
    """Return the live session, or answer 404 where the reader may not know of it."""
    return find_live_session(slug, reader()) or abort(404)
