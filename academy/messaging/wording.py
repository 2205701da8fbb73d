"""The words of the outbox: states, causes and kinds of messages, in the reader's language."""

from flask_babel import lazy_gettext as _

STATES = {
    "planned": _("planned"), "claimed": _("being sent"), "sent": _("sent"),
    "failed": _("will be tried again"), "suppressed": _("not sent"),
}  # fmt: skip
BADGES = {
    "planned": "info", "claimed": "waiting", "sent": "done", "failed": "waiting",
    "suppressed": "live",
}  # fmt: skip
#: Causes that somebody should look at; the others are as they should be.
_TROUBLE = frozenset({"missed", "refused", "no_address", "given_up", "bounced", "returned"})
CAUSES = {
    "missed": _("too late"), "refused": _("refused by the mail server"),
    "no_address": _("no mail address"), "outdated": _("nothing to tell any more"),
    "given_up": _("given up after many tries"), "stopped": _("stopped on the desk"),
    "bounced": _("came back"), "returned": _("mail to this address came back"),
}  # fmt: skip
SHOWS = {
    "all": _("All"), "waiting": _("Waiting"), "failed": _("Failed, tried again"),
    "sent": _("Sent"), "not-sent": _("Not sent"), "missed": _("Missed"),
}  # fmt: skip
KINDS = {
    "sign_in_link": _("a way to sign in"), "verify_address": _("whose address it is"),
    "reset_password": _("a new password"), "address_changed": _("another address"),
    "password_changed": _("another password"), "known_address": _("an account that is there"),
    "registered": _("confirmation"), "promoted": _("a place from the waiting list"),
    "cancelled": _("registration taken back"), "moved": _("a new time"),
    "live_session_cancelled": _("a live session called off"),
    "series_cancelled": _("a series called off"), "retention_due": _("people soon forgotten"),
    "reminder_three_days": _("reminder, three days before"),
    "reminder_one_day": _("reminder, one day before"),
    "reminder_one_hour": _("reminder, one hour before"),
    "reminder_started": _("we have started"), "link_renewed": _("a new personal link"),
    "objection_answered": _("answer to an objection"),
    "follow_up_attended": _("thanks for coming"), "follow_up_left_early": _("what you missed"),
    "follow_up_missed": _("you were missed"), "announcement": _("announcement"),
    "course_letter": _("letter to learners"),    "digest": _("news, gathered"),
}  # fmt: skip


def badge_of(state: str, cause: str) -> str:
    """Return the kind of badge: alarming only where something went wrong."""
    return "plain" if state == "suppressed" and cause not in _TROUBLE else BADGES[state]


def word_for_kind(kind: str) -> str:
    """Return what a message of the kind tells, in words."""
    return str(KINDS.get(kind, kind.replace("_", " ")))
