"""The use cases of moderation: the only writers of its tables."""

from academy.moderation.service.appealing import answer_appeal, appeal
from academy.moderation.service.bulk import decide_on_posts
from academy.moderation.service.claiming import claim
from academy.moderation.service.deciding import (
    decide_on_person,
    decide_on_post,
    decide_on_thread,
)
from academy.moderation.service.flagging import flag, keep_held
from academy.moderation.service.noting import write_note
from academy.moderation.service.rearranging import (
    edit_with_note,
    merge_threads,
    move_thread,
    split_thread,
)
from academy.moderation.service.reasoning import add_reason, edit_reason, move_reason
from academy.moderation.service.undoing import undo_decision
from academy.moderation.service.watching import unwatch, watch

__all__ = [
    "add_reason",
    "answer_appeal",
    "appeal",
    "claim",
    "decide_on_person",
    "decide_on_post",
    "decide_on_posts",
    "decide_on_thread",
    "edit_reason",
    "edit_with_note",
    "flag",
    "keep_held",
    "merge_threads",
    "move_reason",
    "move_thread",
    "split_thread",
    "undo_decision",
    "unwatch",
    "watch",
    "write_note",
]
