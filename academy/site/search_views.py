"""One search over everything that stands written here: cases and threads."""

from flask import render_template, request
from flask_login import current_user

from academy.discussion.found import LONGEST_QUESTION, Asked, find_in_threads
from academy.library.excerpts import find_excerpts
from academy.library.queries import Wish, find_shelf
from academy.people.models import Person
from academy.security.wall import public

#: So many of each are named; the rest stands where they are searched alone.
MOST_SHOWN = 6


@public
def search() -> str:
    """Show the best cases and the best threads for some words, and the way to all of them."""
    words = request.args.get("words", "").strip()[:LONGEST_QUESTION]
    person: Person | None = current_user if current_user.is_authenticated else None
    shelf = find_shelf(Wish(words), person) if words else None
    return render_template(
        "site/search.html", words=words, most=MOST_SHOWN, shelf=shelf,
        excerpts=find_excerpts(shelf.rows[:MOST_SHOWN], shelf.query) if shelf else {},
        threads=find_in_threads(Asked(words), person) if words else None,
    )  # fmt: skip
