"""The use cases of moderation: the only writers of its tables."""

from academy.moderation.service.appealing import answer_appeal, appeal
from academy.moderation.service.deciding import (
    claim,
    decide_on_person,
    decide_on_post,
    decide_on_thread,
)
from academy.moderation.service.flagging import flag, keep_held
from academy.moderation.service.rearranging import (
    edit_with_note,
    merge_threads,
    move_thread,
    split_thread,
)
from academy.moderation.service.undoing import undo_decision
from academy.moderation.service.watching import unwatch, watch

__all__ = [
    "answer_appeal",
    "appeal",
    "claim",
    "decide_on_person",
    "decide_on_post",
    "decide_on_thread",
    "edit_with_note",
    "flag",
    "keep_held",
    "merge_threads",
    "move_thread",
    "split_thread",
    "undo_decision",
    "unwatch",
    "watch",
]
