"""The words for jobs, queues and what became of them."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

#: What each job does, in the words of the desk.
JOBS = {
    "worker.leave_sign": _l("A sign that all are at work"),
    "message.deliver": _l("One message"),
    "message.sweep": _l("Mail that is due"),
    "reminder.plan": _l("Reminders of live sessions that are near"),
    "follow_up.plan": _l("Follow-ups of live sessions that have ended"),
    "notice.gather": _l("News whose hour has come, as one mail per person"),
    "notice.forget": _l("News that were told half a year ago"),
    "listening_point.sweep": _l("People at listening points, as they come and go"),
    "post.tell": _l("Posts of which nobody was told yet"),
    "post.find": _l("Posts that the search does not know yet"),
    "post.forget_words": _l("Words that stand in nothing any more"),
    "selection.publish": _l("The week's selection, once its week is over"),
    "objection.tell": _l("New objections, to those who answer them"),
    "attendance_import.run": _l("An attendance file"),
    "attendance_import.sweep": _l("Attendance files that wait"),
    "attendance_offer.recognise": _l("A look at an attendance file"),
    "attendance_offer.sweep": _l("Attendance files that nobody looked at"),
    "recompute.run": _l("A series computed anew"),
    "recompute.sweep": _l("Series that are to be computed anew"),
    "registration_import.run": _l("A registration file"),
    "registration_import.sweep": _l("Registration files that wait"),
    "sign_in.forget": _l("Links, counters and sign-ins that are long over"),
    "job.forget": _l("Old notes of this page"),
    "picture.sweep": _l("Pictures that no case shows"),
    "course.complete": _l("Courses that are completed by now"),
    "privacy.run": _l("People of series whose time is over"),
}
QUEUES = {"urgent": _l("urgent"), "slow": _l("slow")}
ABOUT_QUEUES = {
    "urgent": _l("mail, reminders: what somebody waits for"),
    "slow": _l("files, series computed anew, forgetting"),
}
#: Shorter is not worth a number; from here on tenths are noise. Seconds.
LEAST, ROUGHLY = 0.1, 10
ROLES = {"asks": _l("asks by the timetable"), "stands by": _l("stands by")}
SHOWS = {"failed": _l("Failed"), "mended": _l("Well again"), "dismissed": _l("Put aside")}


def word_for_job(task: str) -> str:
    """Return what a job does; its name where this release has no words for it."""
    return str(JOBS.get(task, task))


def word_for_interval(schedule: Any) -> str:
    """Say how often: "every minute", "every 6 hours"."""
    if not isinstance(schedule, timedelta):
        return str(_("by the calendar"))
    minutes = int(schedule.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    known = {1: _("every minute"), 60: _("every hour"), 24 * 60: _("every day")}
    many = _("every %(count)s minutes", count=minutes) if rest else _(
        "every %(count)s hours", count=hours
    )  # fmt: skip
    return str(known.get(minutes, many))


def word_for_length(length: timedelta) -> str:
    """Say how long something took or has been: "0.2 s", "14 s", "3 min", "2 h", "4 days"."""
    seconds = max(length.total_seconds(), 0)
    if seconds < LEAST:
        return str(_("under 0.1\u00a0s"))
    if seconds < ROUGHLY:
        return str(_("%(count)s\u00a0s", count=f"{seconds:.1f}"))
    for size, words in (
        (86_400, _l("%(count)s\u00a0days")), (3600, _l("%(count)s\u00a0h")),
        (60, _l("%(count)s\u00a0min")),
    ):  # fmt: skip
        if seconds >= 2 * size:
            return str(words) % {"count": round(seconds / size)}
    return str(_("%(count)s\u00a0s", count=round(seconds)))


def word_for_past(at: datetime, moment: datetime) -> str:
    """Say how long ago that was: "14 s ago"."""
    return str(_("%(length)s ago", length=word_for_length(moment - at)))


def word_for_future(at: datetime, moment: datetime) -> str:
    """Say in how long that will be: "in 14 s"; "now" for what is due."""
    due = at - moment <= timedelta(seconds=1)
    return str(_("now") if due else _("in %(length)s", length=word_for_length(at - moment)))
