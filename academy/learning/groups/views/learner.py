"""The desk's page of one learner: what they did in each lesson, and exactly what is missing."""

from flask import abort, render_template

from academy.learning.groups.one_learner import read_learner
from academy.learning.groups.page import show_rows
from academy.learning.groups.queries import find_learner
from academy.learning.groups.views.blueprint import ONE, groups, load_group
from academy.learning.groups.wording import BADGES, STATES, missing_of, say_missing, standing_of
from academy.messaging.wording import STATES as MESSAGE_STATES


@groups.get(f"{ONE}/learners/<int:person_id>/")
def desk_learner(course: str, person_id: int) -> str:
    """Show one learner of the group; never their notes."""
    group = load_group(course)
    part = find_learner(group, person_id) or abort(404)
    found = read_learner(group, part)
    missing = missing_of(found.learner, group)
    return render_template(
        "learning/groups/desk_learner.html", group=group, found=found, one=found.learner,
        row=next(show_rows(group, part)), missing=say_missing(missing),
        standing=standing_of(found.learner, group), state_words=STATES, state_badges=BADGES,
        message_states=MESSAGE_STATES, language=group.plan.languages[0],
    )  # fmt: skip
