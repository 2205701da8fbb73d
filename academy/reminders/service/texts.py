"""Keeping the texts of organisers: every version, and nobody's over somebody else's."""

from sqlalchemy.exc import IntegrityError

from academy.db import transaction
from academy.messaging.letters import Letter
from academy.reminders import texts
from academy.reminders.models import OwnText
from academy.reminders.placeholders import check
from academy.reminders.versions import Which, find_newest
from academy.security import audit


class TextChangedMeanwhile(Exception):
    """Somebody else saved a version since the one that was changed here."""


class NothingChanges(Exception):
    """This is the text in force."""


def save_text(which: Which, wanted: Letter, *, seen: int, actor_id: int) -> OwnText:
    """Keep subject and text as the version after `seen` (0: the academy's) and put it in force.

    Raises placeholders.UnfitText, TextChangedMeanwhile and NothingChanges; then nothing changes.
    """
    letter = check(which.kind, wanted)
    if letter == texts.built_in(which.kind, which.language):
        return bring_back(which, seen=seen, actor_id=actor_id)
    return _add(which, letter, seen, actor_id)


def bring_back(which: Which, *, seen: int, actor_id: int) -> OwnText:
    """Put the academy's own text into force again, as a version of its own.

    Raises TextChangedMeanwhile, and NothingChanges where it is in force.
    """
    return _add(which, Letter("", ""), seen, actor_id)


def _add(which: Which, letter: Letter, seen: int, actor_id: int) -> OwnText:
    row = OwnText(
        series_id=which.series.id, kind=which.kind, language=which.language, version=seen + 1,
        subject=letter.subject, text=letter.text, by=actor_id,
    )  # fmt: skip
    with transaction() as current:
        newest = find_newest(which)
        if (newest.version if newest else 0) != seen:
            raise TextChangedMeanwhile
        if (Letter(newest.subject, newest.text) if newest else Letter("", "")) == letter:
            raise NothingChanges
        try:
            with current.begin_nested():
                current.add(row)
        except IntegrityError as error:  # both looked before either of them saved
            raise TextChangedMeanwhile from error
        audit.note(
            "reminder_text.changed", f"series:{which.series.slug}", actor_id=actor_id,
            kind=which.kind, language=which.language, version=row.version, is_own=row.is_own,
        )  # fmt: skip
    return row
