"""The blueprint of the courses' pages, and what each of them loads first."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request
from flask_login import current_user

from academy.i18n.reader import language_among, read_in
from academy.learning.books import Book
from academy.learning.moved import find_moved
from academy.learning.queries import Contents, Page, find_book, find_contents, find_page
from academy.learning.ties import About, list_about
from academy.people.models import Person

pages = Blueprint("learning", __name__)


def reader() -> Person | None:
    """Return who reads, or None for somebody who is not signed in."""
    return current_user if current_user.is_authenticated else None


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page that asks."""
    person: Person = current_user
    return person


def load_contents(course: str) -> Contents:
    """Return a course with its lessons; 404 where there is none."""
    found = find_contents(course, reader())
    if found is None:
        abort(404)
    return found


def load_book(course: str) -> Book:
    """Return a course without its reader; 404 where there is none."""
    found = find_book(course, reader())
    if found is None:
        abort(404)
    return found


def load_page(course: str, module: str, lesson: str) -> Page:
    """Return a lesson in the reader's language; 404 where there is none.

    The former address of one that was renamed or moved leads on, with all that was sent to it.
    """
    found = look_for_page(course, module, lesson)
    if found is None:
        abort(404)
    return found


def look_for_page(course: str, module: str, lesson: str) -> Page | None:
    """Return a lesson in the reader's language, or None; a former address leads on."""
    found = find_page(course, module, lesson, reader(), tongue)
    if found is None and (moved := find_moved(course, module, lesson, reader())):
        rest = request.full_path.removeprefix(f"/courses/{course}/{module}/{lesson}")
        # 307 keeps what a form sends; the next load may move the lesson again.
        abort(redirect(f"{moved}{rest.removesuffix('?')}", 307))
    return found


def tongue(languages: Sequence[str]) -> str:
    """Return the one of these languages that the reader chose, speaks, or asks for."""
    return language_among(languages)


@pages.before_request
def _read_as_asked() -> None:
    """Show the page around a lesson in the language that was chosen for the lesson."""
    read_in(request.args.get("language"))


@pages.app_template_global()
def lessons_about(kind: str, key: str) -> About:
    """Return the lessons that use a case, or were presented in a live session."""
    return list_about(kind, key, tongue)
