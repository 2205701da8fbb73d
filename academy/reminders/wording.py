"""What the desk says about messages: their names, when they leave, what is wrong with a text."""

from babel import Locale
from flask_babel import gettext, lazy_gettext, ngettext

from academy.i18n.reader import page_language
from academy.reminders.kinds import (
    ATTENDED,
    CALLED_OFF,
    CONFIRMED,
    LEFT_EARLY,
    MISSED,
    MOVED,
    PROMOTED,
    SERIES_CALLED_OFF,
    STARTED,
)
from academy.reminders.placeholders import Fault
from academy.reminders.queries import Figures

TITLES = {
    CONFIRMED: lazy_gettext("You are registered"),
    PROMOTED: lazy_gettext("A place came free for you"),
    MOVED: lazy_gettext("A new time"),
    CALLED_OFF: lazy_gettext("A live session is called off"),
    SERIES_CALLED_OFF: lazy_gettext("The series is called off"),
    "reminder_three_days": lazy_gettext("Three days before"),
    "reminder_one_day": lazy_gettext("One day before"),
    "reminder_one_hour": lazy_gettext("One hour before"),
    STARTED: lazy_gettext("We have started, come in"),
    ATTENDED: lazy_gettext("Thank you for coming"),
    LEFT_EARLY: lazy_gettext("What you missed"),
    MISSED: lazy_gettext("We missed you"),
}
#: To whom, and when.
ABOUT = {
    CONFIRMED: lazy_gettext(
        "To whoever registers, with their own way in and the invitation for their calendar."
    ),
    PROMOTED: lazy_gettext("To whoever was next on the waiting list."),
    MOVED: lazy_gettext("To everybody who goes or waits, with the new time for their calendar."),
    CALLED_OFF: lazy_gettext("To everybody who goes or waits; it is taken out of their calendar."),
    SERIES_CALLED_OFF: lazy_gettext(
        "To everybody who is registered; all of it is taken out of their calendar."
    ),
    "reminder_three_days": lazy_gettext("To everybody who has a place."),
    "reminder_one_day": lazy_gettext("To everybody who has a place."),
    "reminder_one_hour": lazy_gettext("To everybody who has a place."),
    STARTED: lazy_gettext(
        "Five minutes after the start, to those who have not come in and are awake."
    ),
    ATTENDED: lazy_gettext("To those who came, with the recording."),
    LEFT_EARLY: lazy_gettext(
        "To those who left 15 minutes or more before the end, with the minute from which on they "
        "missed it, the summary and the recording."
    ),
    MISSED: lazy_gettext(
        "To those who had a place and were not seen, with the summary and the recording."
    ),
}


def _(words: str, **values: object) -> str:
    """Say it in the language of the page."""
    return str(gettext(words, **values))


#: What becomes of a message for one reader, and how its badge looks.
STATES = {
    "coming": lazy_gettext("will be planned"),
    "planned": lazy_gettext("planned"),
    "claimed": lazy_gettext("leaves now"),
    "sent": lazy_gettext("sent"),
    "failed": lazy_gettext("will be tried again"),
    "suppressed": lazy_gettext("not sent"),
    "missed": lazy_gettext("missed"),
    "passed": lazy_gettext("its moment had passed"),
    "registered_later": lazy_gettext("registered after its moment"),
    "asleep": lazy_gettext("quiet hours, and it cannot move"),
    "refused": lazy_gettext("wants no reminders"),
    "would": lazy_gettext("would get it"),
    "from_file": lazy_gettext("none: from a file"),
    "no_address": lazy_gettext("has no mail address"),
    "returned": lazy_gettext("mail to this address comes back"),
}
BADGES = {
    "coming": "plain",
    "planned": "info",
    "claimed": "info",
    "sent": "done",
    "failed": "waiting",
    "suppressed": "plain",
    "missed": "live",
    "passed": "plain",
    "registered_later": "plain",
    "asleep": "plain",
    "refused": "plain",
    "would": "plain",
    "from_file": "plain",
    "no_address": "live",
    "returned": "live",
}
#: What each placeholder stands for.
PLACEHOLDERS = {
    "name": lazy_gettext("how the reader wants to be greeted"),
    "series": lazy_gettext("title of the series"),
    "live_session": lazy_gettext("title of the live session"),
    "when": lazy_gettext("weekday, date, hour and city: the reader's clock first, then yours"),
    "hour": lazy_gettext("weekday, date and hour on the reader's clock, for the subject"),
    "minutes": lazy_gettext("how many minutes the live session takes"),
    "door_minutes": lazy_gettext("so many minutes before the start the door opens"),
    "link": lazy_gettext("the reader's own way in: the text needs it"),
    "card": lazy_gettext("their way in as a picture to scan, print, or put into a calendar"),
    "waiting": lazy_gettext(
        "a sentence for those on the waiting list; the paragraph is left out for all others"
    ),
    "live_session_link": lazy_gettext("page of the live session: the text needs it"),
    "series_link": lazy_gettext("page of the series, where one gives a place back"),
    "summary": lazy_gettext(
        "the sentence under the title; the paragraph with it is left out while there is none"
    ),
    "recording": lazy_gettext(
        "address of the recording; the paragraph with it is left out while there is none"
    ),
    "recording_size": lazy_gettext("how much data it takes, such as 80 MB; left out likewise"),
    "attendance_link": lazy_gettext("what we noted of the reader, and the way to object"),
    "until_minute": lazy_gettext("the minute at which the reader left"),
}


def name_language(code: str) -> str:
    """Write the name of a language in the language of the page."""
    return Locale.parse(code).get_display_name(page_language() or "en") or code


def say_besides(figures: Figures) -> str:
    """Say what became of messages that were not sent, without what there is none of."""
    said = (
        (figures.planned, ngettext("%(num)d planned", "%(num)d planned", figures.planned)),
        (figures.failed, ngettext("%(num)d failed", "%(num)d failed", figures.failed)),
        (figures.suppressed, ngettext("%(num)d not sent", "%(num)d not sent", figures.suppressed)),
        (figures.missed, ngettext("%(num)d missed", "%(num)d missed", figures.missed)),
    )
    return ", ".join(str(words) for number, words in said if number) or "–"


_FAULTS = {
    "line_break": lazy_gettext("A subject is one line: take the line break out."),
    "link_in_subject": lazy_gettext(
        "The link is a secret of the reader: it belongs into the text, not the subject."
    ),
    "no_link": lazy_gettext(
        "There is no {{ %(name)s }} in the text: without it nobody finds in. Put it on its own "
        "line."
    ),
}


def say_fault(fault: Fault) -> str:
    """Say what is wrong with a text, and what to do."""
    if fault.code == "empty":
        return _("Write a subject.") if fault.field == "subject" else _("Write a text.")
    if fault.code == "too_long":
        return _("This is too long: at most %(most)s letters.", most=fault.about)
    if fault.code == "unknown":
        return _("There is no placeholder {{ %(name)s }}: take one of the list.", name=fault.about)
    if fault.code == "stray":
        return _(
            "“%(braces)s” stands alone: braces are for placeholders only, as in {{ name }}.",
            braces=fault.about,
        )
    return _(_FAULTS[fault.code], name=fault.about)
