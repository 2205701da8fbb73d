"""The blueprint of threads, and what every one of its pages loads first."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup, escape

from academy.discussion import wording
from academy.discussion.models import Post, Thread
from academy.discussion.places import find_merged
from academy.discussion.queries import find_post_at, find_thread, list_about, page_of_post
from academy.discussion.quoting import quote
from academy.discussion.talk import Talk, read_talk
from academy.i18n.reader import page_language
from academy.library.wording import QUESTIONS
from academy.people.models import Person

pages = Blueprint("discussion", __name__)


def reader() -> Person | None:
    """Return who reads, or None for somebody who is not signed in."""
    return current_user if current_user.is_authenticated else None


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page that asks."""
    person: Person = current_user
    return person


def load_thread(thread_id: int) -> Thread:
    """Return the thread if the reader may see it; 404 otherwise.

    The address of a thread that was merged into another is that one's: what was open before, and
    is sent now, still arrives.
    """
    found = find_thread(thread_id, reader())
    if found is None or found.merged_into is not None:
        found = find_merged(thread_id, reader())
    if found is None:
        abort(404)
    return found


def load_post_at(thread_id: int, number: int) -> tuple[Thread, Post]:
    """Return the post that has, or once had, this address, and the thread in which it stands."""
    found = find_post_at(thread_id, number, reader())
    if found is None:
        abort(404)
    return found


def quote_of(post: Post) -> str:
    """Return a post, loaded with its author, as a quote that says where it stands."""
    name = post.author.name if post.author else "–"
    return quote(name, post.thread_id, post.number, post.body)


def load_open(thread_id: int) -> Thread:
    """Return the thread for a browser that has it open; 404 where it was merged into another.

    Numbers of one thread mean nothing in another: that browser goes on to the other's own page.
    """
    found = find_thread(thread_id, reader())
    if found is None or found.merged_into is not None:
        abort(404)
    return found


def address_of(
    thread: Thread, number: int, *, whole: bool = False, merged_from: int | None = None
) -> str:
    """Return where a post stands: the page of the thread, at the post.

    `merged_from` names the thread whose address led there: what was typed for it comes along.
    """
    return _address_in(thread.id, number, whole=whole, merged_from=merged_from)


def _address_in(
    thread_id: int, number: int, *, whole: bool = False, merged_from: int | None = None
) -> str:
    page = page_of_post(number)
    return url_for(
        "discussion.thread", thread_id=thread_id, page=page if page > 1 else None,
        merged=merged_from, _anchor=f"post-{number}", _external=whole,
    )  # fmt: skip


def is_asked_by_script() -> bool:
    """Whether our own script sends the form and will show the outcome without a new page."""
    return request.headers.get("X-Requested-With") == "fetch"


def lead_to(thread_id: int, number: int) -> ResponseReturnValue:
    """Lead to a post that was written; a script is told where it stands (201)."""
    address = _address_in(thread_id, number)
    if is_asked_by_script():
        return "", 201, {"Location": address, "X-Post": str(number)}
    return redirect(address)


@pages.app_template_global()
def threads_about(kind: str, number: int) -> Sequence[Thread]:
    """Return the threads about a case or a live session, for the page of it."""
    return list_about(kind, number, reader())


@pages.app_template_global()
def talk_of_lesson(number: int, parts: Sequence[Mapping[str, Any]]) -> Talk:
    """Return what is said of a lesson that has these parts, for the page of it."""
    return read_talk(number, parts, reader())


@pages.app_template_global()
def field_words(field: str) -> str:
    """Return what a field of a case asks; "" where a thread is about no single field."""
    return str(QUESTIONS.get(field, ""))


@pages.app_template_global()
def words_for_script(name: str) -> Markup:
    """Return words of wording.py by their name, as JSON for an attribute."""
    return _as_json(name, page_language())


@lru_cache(maxsize=256)
def _as_json(name: str, _language: str) -> Markup:
    return escape(json.dumps({key: str(words) for key, words in getattr(wording, name).items()}))
