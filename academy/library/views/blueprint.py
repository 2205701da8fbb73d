"""The blueprint of the library's pages."""

from flask import Blueprint, abort
from flask_login import current_user

from academy.library.models import CaseStudy
from academy.library.queries import find_case
from academy.people.models import Person

pages = Blueprint("library", __name__)


def reader() -> Person | None:
    """Return who reads, or None for somebody who is not signed in."""
    return current_user if current_user.is_authenticated else None


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page that asks."""
    person: Person = current_user
    return person


def load_case(slug: str, *, with_record: bool = True, is_told: bool = True) -> CaseStudy:
    """Return the case if the reader may see it; 404 otherwise.

    One that was never published has no record to show: 404, too, where `is_told` asks for one.
    """
    found = find_case(slug, reader(), with_record=with_record)
    if found is None or (is_told and found.version == 0):
        abort(404)
    return found
