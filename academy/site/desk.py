"""The sections of the desk at the left of every desk page."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import lazy_gettext
from flask_login import current_user


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the desk's navigation."""

    title: str
    url: str
    endpoint: str
    active: bool


#: What belongs to a series has addresses of its own, and still stands under "Series".
SERIES_PATHS = (
    "/desk/series", "/desk/live-sessions", "/desk/attendance", "/desk/identities",
    "/desk/listening-points", "/desk/recomputes",
)  # fmt: skip

#: (endpoint, words, roles): an entry is shown to holders of one of the roles, if the page exists.
SECTIONS = (
    (
        "programme.desk_series",
        lazy_gettext("Series"),
        ("organiser", "focal_point", "administrator"),
    ),
    ("groups.desk_courses", lazy_gettext("Courses"), ("organiser", "focal_point", "administrator")),
    (
        "attendance.objections.desk_objections",
        lazy_gettext("Objections"),
        ("organiser", "administrator"),
    ),
    (
        "messaging.desk_messages",
        lazy_gettext("Messages"),
        ("organiser", "focal_point", "administrator"),
    ),
    ("moderation.queue", lazy_gettext("Moderation"), ("moderator", "administrator")),
    (
        "discussion.desk_reflections",
        lazy_gettext("Reflections"),
        ("organiser", "focal_point", "administrator"),
    ),
    (
        "library.desk_featured",
        lazy_gettext("Featured cases"),
        ("moderator", "organiser", "administrator"),
    ),
    ("people.desk_people", lazy_gettext("People"), ("organiser", "focal_point", "administrator")),
    ("people.desk_roles", lazy_gettext("Roles"), ("administrator",)),
    ("people.desk_tokens", lazy_gettext("API tokens"), ("organiser", "administrator")),
    ("site.desk_jobs", lazy_gettext("Jobs"), ("organiser", "administrator")),
    ("site.desk_log", lazy_gettext("Log"), ("administrator",)),
)


def show_desk_sections(app: Flask) -> None:
    """Give templates `desk_sections`, the entries that this person may open."""

    @app.context_processor
    def sections() -> dict[str, list[Section]]:
        works_here = current_user.is_authenticated and current_user.roles
        return {"desk_sections": _sections_of(app) if works_here else []}


def _sections_of(app: Flask) -> list[Section]:
    return [
        Section(str(words), url_for(endpoint), endpoint, _is_here(endpoint))
        for endpoint, words, roles in SECTIONS
        if endpoint in app.view_functions and current_user.has_role(*roles)
    ]


def _is_here(endpoint: str) -> bool:
    """Whether the page that is asked for belongs to the section that begins at `endpoint`."""
    paths = SERIES_PATHS if endpoint == "programme.desk_series" else (url_for(endpoint),)
    return request.path.startswith(paths)
