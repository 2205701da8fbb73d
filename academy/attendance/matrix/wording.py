"""The words of the matrix: its marks, its filters, its orders."""

from flask_babel import lazy_gettext as _

#: What a mark says where it is no number of minutes.
MARKS = {
    "untimed": _("came, minutes unknown"),
    "seen": _("seen, does not count"),
    "door": _("opened the door"),
    "missed": _("not there"),
    "declined": _("said no"),
    "outside": _("not registered then"),
    "coming": _("to come"),
    "unknown": _("nobody knows yet"),
}
STATUSES = {
    "": _("All"),
    "once": _("Came at least once"),
    "never": _("Never came"),
    "all": _("Came every time"),
    "missed": _("Missed the last one"),
    "exactly": _("Came exactly …"),
}
ROLES = {
    "": _("All"),
    "registered": _("Registered"),
    "walk_in": _("Came without registering"),
    "left": _("Took the registration back"),
}
#: The heads of the columns that are no live sessions, by the order that they lead to.
HEADS = {
    "name": _("Name"),
    "country": _("Country"),
    "times": _("Came"),
    "minutes": _("Minutes"),
    "last": _("Last seen"),
}
ORDERS = {
    "name": _("By name"),
    "country": _("By country"),
    "times": _("Who came most often"),
    "minutes": _("Most minutes"),
    "last": _("Last seen"),
}
#: Why a piece of evidence does not count.
NOT_COUNTED = {
    "withdrawn": _("It was withdrawn."),
    "undone": _("Its import was undone."),
    "replaced": _("A corrected file replaced it."),
    "taken_back": _("The decision that this is the person was taken back."),
    "door": _("An opened door alone does not say that somebody came."),
    "to_come": _("It was told beforehand and counts as soon as it begins."),
    "outside": _("It lies outside the time of the live session, or in a break."),
}
