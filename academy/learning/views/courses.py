"""The list of courses, and one course with its contents."""

from flask import Response, render_template, request, url_for

from academy.db import now
from academy.learning.completing import what_is_missing
from academy.learning.groups.queries import may_guide
from academy.learning.metadata import course_metadata
from academy.learning.queries import list_courses, list_newest
from academy.learning.views.blueprint import load_contents, pages, reader, signed_in, tongue
from academy.learning.ways import in_order, list_before, weakest
from academy.lib.feeds import only_xml
from academy.library.addresses import home
from academy.security.wall import public


@pages.get("/courses/")
@public
def courses() -> str:
    """List the courses, with how far the reader is in each."""
    found = in_order(list_courses(reader()))
    return render_template("learning/courses.html", courses=found, tongue=tongue)


@pages.get("/courses/<course>/")
@public
def course(course: str) -> str:
    """Show a course: what it is for, its lessons, and what is still missing."""
    contents = load_contents(course)
    missing = what_is_missing(contents.plan.completion, contents.standing) if reader() else None
    language = tongue(contents.plan.languages)
    address = home() + url_for(".course", course=course)
    return render_template(
        "learning/course.html", contents=contents, plan=contents.plan, missing=missing,
        language=language, chosen=request.args.get("language"), weak=weakest(contents),
        before=list_before(contents, reader()), tongue=tongue,
        metadata=course_metadata(contents, language, address),
        may_guide=may_guide(signed_in(), contents.course) if reader() else False,
    )  # fmt: skip


@pages.get("/courses/feed.atom")
@public
def feed() -> Response:
    """Give the newest lessons as an Atom feed."""
    entries = list_newest()
    updated = entries[0][0].changed_at if entries else now()
    text = render_template("learning/feed.atom", entries=entries, updated=updated, home=home())
    return Response(only_xml(text), mimetype="application/atom+xml")
