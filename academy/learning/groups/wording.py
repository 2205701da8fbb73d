"""The words of groups: how somebody stands, who needs a hand and why, orders and columns."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from academy.db import now
from academy.i18n.setup import number
from academy.learning.completing import Missing, Standing, what_is_missing
from academy.learning.groups.needs import Learner, Reason
from academy.learning.groups.statements import Group

#: Who is shown, as tabs and as a choice.
SHOWS = {
    "": _l("Everybody"), "not_begun": _l("Not begun"), "underway": _l("Underway"),
    "completed": _l("Completed"), "hand": _l("Need a hand"),
    "away": _l("Begun, and not seen for 14 days"),
    "stuck": _l("Failed the same quiz twice or more"),
    "only_live": _l("Came live, has opened no lesson"),
    "almost": _l("All read, one thing missing"),
}  # fmt: skip
TABS = ("", "not_begun", "underway", "completed", "hand")
STATES = {key: SHOWS[key] for key in ("not_begun", "underway", "completed")}
BADGES = {"not_begun": "plain", "underway": "info", "completed": "done"}
ORDERS = {
    "name": _l("By name"), "country": _l("By country"), "read": _l("Most lessons read"),
    "-read": _l("Fewest lessons read"), "quiz": _l("Best in quizzes"),
    "-quiz": _l("Weakest in quizzes"), "live": _l("Came live most often"),
    "-live": _l("Came live least often"), "seen": _l("Seen last"),
    "-seen": _l("Not seen for longest"),
}  # fmt: skip
#: The heads of the columns by the orders to which they lead.
HEADS = {
    "name": _l("Name"), "country": _l("Country"), "read": _l("Lessons read"),
    "quiz": _l("Quizzes passed"), "live": _l("Live sessions"), "seen": _l("Last seen"),
}  # fmt: skip


#: Why somebody who was chosen does not get a letter.
LEFT_OUT = {
    "closed": _l("the account is closed"), "no_address": _l("no mail address"),
    "not_proved": _l("no verified address"), "refused": _l("want no such mails"),
    "no_consent": _l("agreed to no mail"), "bounced": _l("mail to their address came back"),
    "left": _l("not registered any more"),
}  # fmt: skip


def standing_of(one: Learner, group: Group) -> Standing:
    """Return how far somebody is, as completion reckons."""
    quizzes = len(group.quizzes)
    return Standing(one.read, len(group.lines), quizzes, one.percent(quizzes), one.live)


def missing_of(one: Learner, group: Group) -> Missing:
    """Return what is missing for completion."""
    return what_is_missing(group.plan.completion, standing_of(one, group))


def say_missing(missing: Missing) -> list[str]:
    """Say each thing that is missing."""
    said = []
    if missing.lessons:
        said.append(ngettext("%(num)d lesson to read", "%(num)d lessons to read", missing.lessons))
    if missing.percent:
        said.append(_("%(points)s percent points in the quizzes", points=number(missing.percent)))
    if missing.live_sessions:
        said.append(ngettext("%(num)d live session to attend", "%(num)d live sessions to attend",
                             missing.live_sessions))  # fmt: skip
    return [str(words) for words in said]


def say_reason(
    reason: Reason, one: Learner, group: Group, failed: dict[str, int] | None = None
) -> str:
    """Say why somebody needs a hand, with the facts; `failed`: titles of lessons, how often."""
    if reason == "away" and one.seen_at is not None:
        return str(_("Not seen for %(days)s days", days=number(days_since(one.seen_at))))
    if reason == "stuck":
        return "; ".join(_say_stuck(title, times) for title, times in (failed or {}).items())
    if reason == "only_live":
        return str(ngettext("Came live once, has opened no lesson",
                            "Came live %(num)d times, has opened no lesson", one.live))  # fmt: skip
    things = ", ".join(say_missing(missing_of(one, group)))
    return str(_("All read; still missing: %(things)s", things=things))


def _say_stuck(title: str, times: int) -> str:
    return str(
        ngettext(
            "Failed the quiz of “%(title)s” once", "Failed the quiz of “%(title)s” %(num)d times",
            times, title=title,
        )
    )  # fmt: skip


def days_since(moment: datetime) -> int:
    """Return how many whole days have passed."""
    return max((now() - moment).days, 0)


def say_seen(moment: datetime | None) -> str:
    """Say how long ago somebody was seen: "today", "12 days ago"."""
    if moment is None:
        return "–"
    days = days_since(moment)
    return str(ngettext("%(num)d day ago", "%(num)d days ago", days)) if days else str(_("today"))
