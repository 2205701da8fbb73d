"""The rules of a series in words: for the desk, and for the definitions of its figures."""

from flask_babel import gettext as _
from flask_babel import ngettext

from academy.attendance.rules.rules import Break, ImpossibleRules, Rules


def say_rules(rules: Rules) -> list[tuple[str, str]]:
    """Return each rule as what it is about and what it says."""
    return [
        (_("The door opens"), _say_door(rules.door_minutes)),
        (_("Smallest stay that counts"), _say_stay(rules.smallest_stay)),
        (_("Breaks"), _say_breaks(rules.breaks)),
        (_("An opened door alone"), _("counts") if rules.door_counts else _("does not count")),
    ]


def _say_door(minutes: int) -> str:
    words: str = ngettext("%(num)d minute before the start", "%(num)d minutes before the start",
                          minutes)  # fmt: skip
    return words if minutes else str(_("at the start"))


def _say_stay(minutes: int) -> str:
    words: str = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return words if minutes else str(_("none: every stay counts"))


def _say_breaks(breaks: tuple[Break, ...]) -> str:
    if not breaks:
        return str(_("none"))
    words: str = _("minutes %(breaks)s after the start", breaks=write_breaks(breaks, "–"))
    return words


def write_breaks(breaks: tuple[Break, ...], dash: str = "-") -> str:
    """Return breaks as they are typed: 60-75, 120-130."""
    return ", ".join(f"{first}{dash}{last}" for first, last in breaks)


def define_attendance(rules: Rules) -> str:
    """Return the sentences that a definition adds for rules other than the usual ones."""
    sentences = []
    if rules.smallest_stay:
        sentences.append(ngettext(
            "Whoever is known to have been there for less than %(num)d minute did not come.",
            "Whoever is known to have been there for less than %(num)d minutes did not come.",
            rules.smallest_stay,
        ))  # fmt: skip
    if rules.breaks:
        sentences.append(_(
            "Minutes in the break (%(breaks)s after the start) are not counted, and who was there "
            "only then did not come.", breaks=write_breaks(rules.breaks, "–"),
        ))  # fmt: skip
    if rules.door_counts:
        sentences.append(_("Whoever opened the door by their personal link came."))
    return " ".join(map(str, sentences))


def say_impossible(error: ImpossibleRules) -> str:
    """Say why rules cannot be."""
    words = {
        "out_of_range": _("Write a number of minutes from 0 to %(most)s."),
        "too_many": _("At most %(most)s breaks fit into a live session."),
        "ends_before_it_begins": _("The break %(first)s-%(last)s ends before it begins."),
        "outside": _(
            "The break %(first)s-%(last)s is not inside a live session of %(most)s minutes."
        ),
        "overlap": _(
            "Two breaks overlap: one lasts until minute %(first)s, the next begins at %(last)s."
        ),
        "nothing_left": _("Of the live session nothing is left beside the breaks."),
    }
    return str(words[error.reason]) % error.values
