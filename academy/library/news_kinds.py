"""The kinds of news of cases, as the page of choices says them (plugged in by wiring.py)."""

from academy.i18n.marks import marked as _
from academy.library.news import TO_REVIEW, WRITTEN, still_told, write_news
from academy.library.policy import LIBRARIANS
from academy.messaging.notices import NoticeKind
from academy.messaging.rhythms import AT_ONCE, DAILY
from academy.people.models import Person


def _looks_after_the_library(person: Person) -> bool:
    return any(person.was_given(role) for role in LIBRARIANS)


KINDS = (
    NoticeKind(
        WRITTEN, _("Case studies that you write"),
        _("Invitations to write together, comments, and what librarians decided."),
        still_told, rhythm=AT_ONCE, writer=write_news,
    ),
    NoticeKind(
        TO_REVIEW, _("Case studies that wait to be reviewed"),
        _("A member has submitted one."),
        still_told, concerns=_looks_after_the_library, rhythm=DAILY, writer=write_news,
    ),
)  # fmt: skip
