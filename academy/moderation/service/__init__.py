"""The use cases of moderation: the only writers of its tables."""

from academy.moderation.service.appealing import answer_appeal, appeal
from academy.moderation.service.deciding import (
    claim,
    decide_on_person,
    decide_on_post,
    decide_on_thread,
    undo_decision,
)
from academy.moderation.service.flagging import flag, keep_held
from academy.moderation.service.watching import unwatch, watch

__all__ = [
    "answer_appeal",
    "appeal",
    "claim",
    "decide_on_person",
    "decide_on_post",
    "decide_on_thread",
    "flag",
    "keep_held",
    "undo_decision",
    "unwatch",
    "watch",
]
