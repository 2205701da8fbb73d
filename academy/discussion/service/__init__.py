"""The use cases of discussions: the only writers of their tables."""

from academy.discussion.service.correcting import correct, restore
from academy.discussion.service.reacting import react, take_back
from academy.discussion.service.reading import follow, forget_wish, mark_read, mute
from academy.discussion.service.rearranging import merge, move, split
from academy.discussion.service.recommending import recommend, recommend_no_more
from academy.discussion.service.restoring import undo_rearrangement
from academy.discussion.service.summarising import put_back, summarise
from academy.discussion.service.threads import accept, start_thread, take_acceptance_back
from academy.discussion.service.writing import Written, edit_post, remove_own, reply

__all__ = [
    "Written",
    "accept",
    "correct",
    "edit_post",
    "follow",
    "forget_wish",
    "mark_read",
    "merge",
    "move",
    "mute",
    "put_back",
    "react",
    "recommend",
    "recommend_no_more",
    "remove_own",
    "reply",
    "restore",
    "split",
    "start_thread",
    "summarise",
    "take_acceptance_back",
    "take_back",
    "undo_rearrangement",
]
