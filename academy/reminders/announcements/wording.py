"""What the desk says of announcements: segments, reasons, states and obstacles, in words."""

from collections.abc import Collection, Mapping
from datetime import datetime

from babel import UnknownLocaleError
from babel.dates import format_datetime
from flask_babel import gettext, lazy_gettext, ngettext

from academy.i18n.reader import page_language
from academy.i18n.setup import country_in_words
from academy.messaging.wording import CAUSES
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import Standing
from academy.reminders.announcements.segments import CAME, GOING, MISSED, NEVER_CAME, WAITING
from academy.reminders.announcements.service import Obstacle
from academy.reminders.announcements.words import language_for
from academy.reminders.wording import PLACEHOLDERS, name_language

#: Of a box to tick.
WHO_LABELS = {
    GOING: lazy_gettext("Going: has a place in what is to come"),
    WAITING: lazy_gettext("Waiting for a place"),
    CAME: lazy_gettext("Came"),
    MISSED: lazy_gettext("Missed it: had a place and was not seen"),
    NEVER_CAME: lazy_gettext("Registered, but was not seen, with a place or without"),
}
#: In a sentence.
WHO = {
    GOING: lazy_gettext("are going"),
    WAITING: lazy_gettext("wait for a place"),
    CAME: lazy_gettext("came"),
    MISSED: lazy_gettext("had a place and were not seen"),
    NEVER_CAME: lazy_gettext("registered and were not seen"),
}
#: Why somebody of the segment does not get it.
REASONS = {
    "closed": lazy_gettext("the account is closed"),
    "no_address": lazy_gettext("no mail address"),
    "not_proved": lazy_gettext("no verified address"),
    "refused": lazy_gettext("unsubscribed from announcements"),
    "no_consent": lazy_gettext("agreed to no mail about the series"),
    "bounced": lazy_gettext("mail to this address came back"),
    "asleep": lazy_gettext("quiet hours, until it is of no use any more"),
}
MEANINGS = {**PLACEHOLDERS, "link": lazy_gettext("the reader's own way in")}
SHOWS = {
    "gets": lazy_gettext("Get it"),
    "left_out": lazy_gettext("Left out"),
    "all": lazy_gettext("All of the segment"),
}
LINES = {
    "all": lazy_gettext("All"), "waiting": lazy_gettext("Still to leave"),
    "sent": lazy_gettext("Sent"), "failed": lazy_gettext("Tried again"),
    "not_sent": lazy_gettext("Not sent"),
}  # fmt: skip


def _(words: str, **values: object) -> str:
    """Say it in the language of the page."""
    return str(gettext(words, **values))


def name_countries(counted: Mapping[str, int]) -> dict[str, str]:
    """Return codes with names and numbers, by name; whose country nobody knows comes last."""
    named = {
        code: _("%(country)s (%(people)s)", country=country_in_words(code), people=people)
        for code, people in counted.items()
        if code
    }
    ordered = dict(sorted(named.items(), key=lambda pair: pair[1]))
    if "" in counted:
        ordered[""] = _("unknown (%(people)s)", people=counted[""])
    return ordered


def name_readers(counted: Mapping[str, int]) -> dict[str, str]:
    """Return languages with names and numbers, the most read first."""
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        code: _("%(language)s (%(people)s)", language=name_reader(code), people=people)
        for code, people in ordered
    }


def name_reader(code: str) -> str:
    """Write the name of a language that people chose; as it stands where nobody knows it."""
    try:
        return name_language(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return code


def say_segment(one: Announcement) -> str:
    """Say to whom it goes: "Those who came, of “Weaving 2”, from Nepal or India"."""
    who = _(" or ").join(str(WHO[each]) for each in one.who if each in WHO)
    parts = [_("Those who %(who)s", who=who) if who else _("Everybody registered")]
    if who and one.live_session_id:
        parts.append(_("of “%(title)s”", title=title_of(one)))
    if one.countries:
        parts.append(_("from %(countries)s", countries=_say_countries(one.countries)))
    if one.languages:
        read = _(" or ").join(map(name_reader, one.languages))
        parts.append(_("reading %(languages)s", languages=read))
    return ", ".join(parts)


def title_of(one: Announcement) -> str:
    """Return the title of the live session that it is about; "" for the whole series."""
    titles = {each.id: each.title for each in one.series.live_sessions}
    return titles.get(one.live_session_id or 0, "")


def _say_countries(codes: list[str]) -> str:
    named = [country_in_words(code) if code else _("nobody knows where") for code in codes]
    return _(" or ").join(named)


def say_languages(counted: Mapping[str, int], written: Collection[str]) -> list[str]:
    """Say how many get which language, and of those without a text of theirs which they read."""
    own: dict[str, int] = {}
    others: dict[str, dict[str, int]] = {}
    for language, people in counted.items():
        gets = language_for(language, written)
        if language.partition("-")[0] == gets:
            own[gets] = own.get(gets, 0) + people
        else:
            others.setdefault(gets, {})[language] = people
    return [
        *(_("%(people)s in %(language)s, which they read", people=say_people(people),
            language=name_reader(gets)) for gets, people in own.items()),
        *(_("%(people)s in %(language)s, for there is no text in theirs: %(read)s",
            people=say_people(sum(read.values())), language=name_reader(gets),
            read=", ".join(name_readers(read).values())) for gets, read in others.items()),
    ]  # fmt: skip


def say_left_out(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the reasons in words with the number of people."""
    return [(str(REASONS.get(why, why)), people) for why, people in counted.items()]


def say_causes(standing: Standing) -> list[tuple[str, int]]:
    """Return in words why so many did not get it after all."""
    return [
        (str(CAUSES.get(cause, cause)), people) for cause, people in standing.suppressed.items()
    ]


def state_of(announcement: Announcement, standing: Standing) -> tuple[str, str]:
    """Return the state of an announcement in a word, and the kind of its badge."""
    if announcement.is_draft:
        return _("draft"), "plain"
    if announcement.state == "stopped":
        return _("stopped"), "live"
    if standing.leaving or standing.failed:
        return _("under way"), "waiting"
    return (_("waits for its hours"), "info") if standing.coming else (_("sent"), "done")


def say_local(local_at: str) -> str:
    """Say an hour that is each reader's own: "Thursday 2 May 2030, 09:00 on each …"."""
    moment = datetime.fromisoformat(local_at)
    words = format_datetime(moment, "EEEE d MMMM y, HH:mm", locale=page_language() or "en")
    return _("%(moment)s on each reader's own clock", moment=words)


def say_people(people: int) -> str:
    """Say how many."""
    return str(ngettext("%(num)d person", "%(num)d people", people))


def say_obstacle(obstacle: Obstacle) -> str:
    """Say what stands in the way of sending it, and what to do."""
    words = {
        "no_text": _("Nothing is written yet: write subject and text in at least one language."),
        "unfit": _("The text in %(language)s has a placeholder that does not fit to whom it goes "
                   "now: look at it again.", language=name_reader(obstacle.language or "en")),
        "nobody": _("Nobody would get it: choose other people."),
        "passed": _("Its hour has passed on everybody's clock: choose another."),
        "useless": _("It is of no use any more by its own words: choose another hour."),
    }  # fmt: skip
    return words[obstacle.code]
