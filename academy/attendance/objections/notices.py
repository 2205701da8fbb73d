"""The news of objections as a kind that its readers choose about, for wiring.py."""

from academy.attendance.objections.news import KIND, find_open, write_news
from academy.attendance.policy import can_see_attendance
from academy.i18n.marks import marked as _
from academy.messaging.notices import NoticeKind

NOTICES = NoticeKind(
    KIND,
    _("Objections to attendance"),
    _("When somebody says that what was noted of them is not right, and waits for an answer."),
    find_open,
    can_see_attendance,
    writer=write_news,
)
