"""The desk's page of a group: found, sorted, those who need a hand first in sight."""

from flask import render_template, request
from flask_babel import gettext as _

from academy.i18n.setup import country_in_words
from academy.learning.groups.forms import LearnersFilterForm
from academy.learning.groups.needs import Choice, Totals, read_choice
from academy.learning.groups.page import show_group
from academy.learning.groups.queries import count_groups, read_part
from academy.learning.groups.views.blueprint import ONE, groups, load_group
from academy.learning.groups.wording import BADGES, STATES
from academy.lib.choices import options
from academy.security.input import read_id


@groups.get(f"{ONE}/learners/")
def desk_learners(course: str) -> str:
    """Show who of the group is how far, and who needs a hand; six statements at most."""
    group = load_group(course)
    choice = read_choice(request.args, read_id("page") or 1)
    totals = count_groups([group])[course]
    page = show_group(group, choice, totals, read_part(group, choice))
    return render_template(
        "learning/groups/desk_learners.html", page=page, group=group,
        form=_filter_form(choice, totals), state_words=STATES, state_badges=BADGES,
    )  # fmt: skip


def _filter_form(choice: Choice, totals: Totals) -> LearnersFilterForm:
    """The form as it stands in the address; what the address cannot mean is as usual."""
    form = LearnersFilterForm(
        None, q=choice.words, country=choice.country, show=choice.show, sort=choice.sort
    )
    codes = {code for code in totals.countries if code} | {choice.country} - {"", "unknown"}
    known = sorted((country_in_words(code), code) for code in codes)
    form.country.choices = options(
        {"": _("All"), **{code: words for words, code in known}, "unknown": _("Unknown")}
    )
    return form
