"""The desk's list of courses: how many have begun, completed, need a hand."""

from flask import render_template, url_for

from academy.learning.groups.queries import count_groups, list_groups
from academy.learning.groups.views.blueprint import groups, prove, refuse, signed_in
from academy.security.input import read_id


@groups.get("/desk/courses/")
def desk_courses() -> str:
    """List the courses whose learners the reader may see."""
    number = read_id("page") or 1
    found, more = list_groups(signed_in(), number)
    if not found and not signed_in().has_role("organiser", "focal_point", "administrator"):
        refuse()
    prove()
    return render_template(
        "learning/groups/desk_courses.html", groups=found, totals=count_groups(found),
        previous_url=url_for(".desk_courses", page=number - 1) if number > 1 else "",
        next_url=url_for(".desk_courses", page=number + 1) if more else "",
    )  # fmt: skip
