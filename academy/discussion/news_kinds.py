"""The kinds of news of threads, as the page of choices says them (plugged in by wiring.py)."""

from academy.discussion import selection_news
from academy.discussion.news import (
    ANSWERED,
    CALLED,
    FOLLOWED,
    still_followed,
    still_shown,
    write_news,
)
from academy.i18n.marks import marked as _
from academy.messaging.notices import NoticeKind
from academy.messaging.rhythms import AT_ONCE, DAILY, NEVER

KINDS = (
    NoticeKind(
        FOLLOWED, _("New posts in threads that you follow"),
        _("You follow a thread when you write in it or choose to."),
        still_followed, rhythm=DAILY, writer=write_news,
    ),
    NoticeKind(
        CALLED, _("Posts that call you by name"), _("Somebody wrote @ and your name."),
        still_shown, rhythm=AT_ONCE, writer=write_news,
    ),
    NoticeKind(
        ANSWERED, _("Answers to your posts"), _("Somebody answered what you wrote."),
        still_shown, rhythm=AT_ONCE, writer=write_news,
    ),
    NoticeKind(
        selection_news.KIND, _("What is worth reading, once a week"),
        _("Threads, posts and cases that the moderators chose, each with a sentence why."),
        selection_news.still_told, rhythm=NEVER, writer=selection_news.write,
    ),
)  # fmt: skip
