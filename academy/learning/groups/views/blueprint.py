"""The blueprint of the groups' pages, and who is let in to them."""

from typing import NoReturn

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from academy.learning.groups.policy import GUIDES
from academy.learning.groups.queries import find_group
from academy.learning.groups.statements import Group
from academy.people.login import has_proved_second_factor
from academy.people.models import Person

groups = Blueprint("groups", __name__)
#: The desk's first page of a course.
ONE = "/desk/courses/<course>"


def signed_in() -> Person:
    """Return who is signed in: the wall lets nobody else reach a page of groups."""
    person: Person = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    return person


def load_group(course: str) -> Group:
    """Return the group of a course as the reader may see it; 404 where they may not."""
    group = find_group(course, signed_in())
    if group is None:
        refuse()
    prove()
    return group


def refuse() -> NoReturn:
    """Answer 404; staff who have not given their second factor are sent to do so."""
    if signed_in().roles_asleep:
        abort(redirect(_second_factor()))
    abort(404)


def prove() -> None:
    """Ask facilitators for what staff are asked for: these pages show other people's data."""
    if signed_in().has_role(*GUIDES):
        return
    if not has_proved_second_factor():
        abort(redirect(_second_factor()))
    # Who has no role has two sections of the desk, as long as they are open to them.
    g.desk_sections = [
        {"title": _("Courses"), "url": url_for(".desk_courses"), "active": True},
        {"title": _("Reflections"), "url": url_for("discussion.desk_reflections"), "active": False},
    ]


@groups.context_processor
def sections() -> dict[str, object]:
    """Let facilitators find the way back to their courses."""
    return {"desk_sections": g.desk_sections} if "desk_sections" in g else {}


def _second_factor() -> str:
    way_back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return url_for("people.second_factor", next=way_back)
