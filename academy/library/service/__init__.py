"""The use cases of the library: the only writers of its tables."""

from academy.library.service.commenting import comment, open_again, settle
from academy.library.service.cowriting import accept_invitation, invite_writer, remove_writer
from academy.library.service.loading import (
    LoadReport,
    PictureFault,
    SlugTaken,
    draw_pictures,
    load_cases,
)
from academy.library.service.reviewing import (
    ask_for_changes,
    publish_case,
    put_back_case,
    restore_version,
    submit_case,
    take_back_submission,
    withdraw_case,
)
from academy.library.service.writing import Saved, begin_case, discard_draft, save_section

__all__ = [
    "LoadReport",
    "PictureFault",
    "Saved",
    "SlugTaken",
    "accept_invitation",
    "ask_for_changes",
    "begin_case",
    "comment",
    "discard_draft",
    "draw_pictures",
    "invite_writer",
    "load_cases",
    "open_again",
    "publish_case",
    "put_back_case",
    "remove_writer",
    "restore_version",
    "save_section",
    "settle",
    "submit_case",
    "take_back_submission",
    "withdraw_case",
]
