"""The words for states of an import and for what a column holds."""

from flask_babel import lazy_gettext as _

#: state → the word of its badge, the badge's kind, the sentence on top of its page.
STATES = {
    "asked": (_("a question is open"), "waiting", ""),
    "previewed": (_("not imported yet"), "waiting", ""),
    "waiting": (_("waiting"), "info", _("The file is being imported.")),
    "working": (_("being read"), "info", _("The file is being imported.")),
    "done": (_("imported"), "done", _("The file is imported.")),
    "refused": (_("refused"), "live", _("The file could not be imported.")),
}

#: What a column was taken for.
ROLES = {
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "country": _("Country"),
    "organisation": _("Organisation"),
    "language": _("Language"),
    "zone": _("Time zone"),
    "at": _("When they registered"),
    "status": _("Whether the registration stands"),
    "attendee": _("Number of the attendee"),
}
