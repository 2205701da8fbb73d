"""The words of an announcement: what may stand in them, and who reads which language."""

from collections.abc import Collection

from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.letters import ENGLISH, Letter
from academy.reminders import texts
from academy.reminders.announcements.models import Announcement, AnnouncementText
from academy.reminders.placeholders import UnfitText, check_words

#: Of every announcement.
_ALWAYS = ("name", "series", "series_link", "link")
#: Of one that is about one live session.
_OF_A_LIVE_SESSION = (
    "live_session", "when", "hour", "minutes", "door_minutes", "recording", "recording_size",
    "attendance_link",
)  # fmt: skip


def names_for(announcement: Announcement) -> tuple[str, ...]:
    """Return the placeholders that its texts may have."""
    return (*_ALWAYS, *_OF_A_LIVE_SESSION) if announcement.live_session_id else _ALWAYS


def check_text(announcement: Announcement, letter: Letter) -> Letter:
    """Return the text as it is kept, tidied; raise UnfitText with everything that is wrong."""
    return check_words(letter, names_for(announcement), needs="")


def unfit_languages(announcement: Announcement) -> list[str]:
    """Return the languages whose text fits no more, for the announcement is about another thing."""
    return [text.language for text in announcement.texts if not _fits(announcement, text)]


def _fits(announcement: Announcement, text: AnnouncementText) -> bool:
    try:
        check_text(announcement, Letter(text.subject, text.text))
    except UnfitText:
        return False
    return True


def starter(language: str) -> Letter:
    """Return what a new text begins with: the greeting, and the reader's own way in."""
    return Letter("", texts.built_in(ANNOUNCEMENT, language).text)


def end_of(language: str) -> str:
    """Return the end that every announcement has: who writes, why, and the way to no more."""
    return texts.end_of(ANNOUNCEMENT, language)


def language_for(wanted: str, written: Collection[str]) -> str:
    """Return in which of the languages that are written somebody gets it.

    Their own; else its base ("id" for "id-ID"); else English; else the only one that there is.
    Subject, text and times are in one language, never in two.
    """
    for language in (wanted, wanted.partition("-")[0], ENGLISH):
        if language in written:
            return language
    return min(written)
