"""The words for states, reasons and rules of attendance, for its pages."""

from flask_babel import lazy_gettext as _

STATES = {
    "waiting": _("Waits for its turn"),
    "working": _("Is being read"),
    "done": _("Imported"),
    "refused": _("Refused"),
    "undone": _("Undone"),
    "replaced": _("Replaced by a corrected file"),
}
REASONS = {
    "host": _("a host of the live session"),
    "panelist": _("a panelist"),
    "bot": _("a recording bot or note taker"),
    "waiting": _("only in the waiting room"),
    "collective": _("a row that stands for several people"),
}
RULES = {
    "external_id": _("by the identifier that the academy gave out"),
    "personal_link": _("by the personal link"),
    "email": _("by a known address"),
    "remembered": _("as decided in an earlier week"),
    "unique_name": _("by a name that nobody else bears"),
    "by_hand": _("by hand"),
}
