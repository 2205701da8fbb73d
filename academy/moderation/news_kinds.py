"""The kind of news that moderation sends (plugged in by wiring.py)."""

from academy.i18n.marks import marked as _
from academy.messaging.notices import NoticeKind
from academy.messaging.rhythms import AT_ONCE
from academy.moderation.news import KIND, still_told, write

KINDS = (
    NoticeKind(
        KIND, _("What moderators decided about your posts"),
        _("With the reason, and how to speak against it."),
        still_told, rhythm=AT_ONCE, writer=write,
    ),
)  # fmt: skip
