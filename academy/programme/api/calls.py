"""What every call of the programme's API shares: finding a thing, and words for what refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from academy.people.models import Person
from academy.programme import errors
from academy.programme.models import Series
from academy.programme.queries import find_series
from academy.security.api import Calls
from academy.security.problems import refuse

calls = Calls("programme")

#: error → status, kind of problem, title.
PROBLEMS: dict[type[errors.ProgrammeError], tuple[int, str, str]] = {
    errors.SlugTakenError: (409, "slug-taken", "Another series has this address"),
    errors.CapacityBelowTakenError: (409, "capacity", "More people go already"),
    errors.StartMissingError: (422, "not-accepted", "The clocks skip this hour"),
    errors.BadTitleError: (422, "not-accepted", "The title is empty or too long"),
    errors.BadSlugError: (422, "not-accepted", "The slug cannot be an address"),
}


def get_series(slug: str, caller: Person) -> Series:
    """Return the series, or answer 404 where there is none for this caller."""
    return find_series(slug, caller) or abort(404)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a service refuses into a problem."""
    try:
        yield
    except errors.ProgrammeError as error:
        status, kind, title = PROBLEMS.get(type(error), (422, "not-accepted", "Not accepted"))
        refuse(status, kind, title, str(error) or title)
