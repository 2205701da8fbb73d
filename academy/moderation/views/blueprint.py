"""The blueprint of moderation, and who is at work."""

from flask import Blueprint
from flask_login import current_user

from academy.db import now
from academy.people.models import Person

pages = Blueprint("moderation", __name__)


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page that asks."""
    person: Person = current_user
    return person


@pages.app_template_global()
def this_year() -> int:
    """Return the year that it is, for the way to its figures."""
    return now().year
