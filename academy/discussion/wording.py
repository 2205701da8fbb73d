"""The words of discussions that stand in more than one template."""

from typing import Any

from flask_babel import lazy_gettext as _

from academy.discussion.ports import Verdict

REACTIONS: dict[str, Any] = {
    "useful": _("Useful"),
    "tried": _("I tried it"),
    "question": _("I have a question"),
}
#: What a thread can be about, as a list is narrowed by it.
SUBJECTS: dict[str, Any] = {
    "case": _("a case"),
    "live_session": _("a live session"),
    "lesson": _("a lesson"),
    "topic": _("a topic"),
}
#: What the gate says when it holds or refuses, by its reason.
HELD = _(
    "Thank you. A moderator looks at it first; you will hear from us. Only you see it until then."
)
GONE: dict[str, Any] = {
    "removed": _("Its author took this post away."),
    "hidden": _("A moderator hid this post."),
}
REFUSED: dict[str, Any] = {
    "too_fast": _("That was fast. Wait a little and send it again."),
    "slow": _("This thread is slow: wait a little between two posts."),
    "repeated": _("You wrote the same a moment ago."),
    "silenced": _("You cannot write until a date that we mailed to you."),
    "suspended": _("Your account is suspended; we mailed you why, and how to appeal."),
}
#: Where waiting helps, how long.
WAIT = _("You can send it in %(num)d seconds.")


def say_refused(verdict: Verdict) -> list[str]:
    """Return why the gate did not take words, and when it will."""
    said = [str(REFUSED.get(verdict.reason, REFUSED_ELSE))]
    if verdict.wait_seconds:
        said.append(str(WAIT) % {"num": verdict.wait_seconds})
    return [" ".join(said)]


REFUSED_ELSE = _("This could not be taken.")
CLOSED = _("This thread was closed a moment ago. Your words are still in the box below.")
EDITED_MEANWHILE = _(
    "Another version was saved first. Yours is in the box, theirs stands above it."
)
#: What a browser says while a thread is open; {count} and {name} are put in there.
LIVE: dict[str, Any] = {
    "new": _("1 new post"),
    "more": _("{count} new posts"),
    "edited": _("Post {count} was edited."),
    "gone": _("Post {count} is gone."),
    "show": _("Show"),
    "changed": _("This thread was changed."),
    "closed": _("This thread cannot be read any more."),
    "merged": _("Moderators merged this thread into another one. It goes on there."),
}
NOW: dict[str, Any] = {
    "readers": _("{count} are reading"),
    "typing": _("{name} is writing …"),
    "somebody": _("Somebody is writing …"),
}
#: What a box says of the words in it.
KEPT: dict[str, Any] = {
    "back": _("What you had typed is back."),
    "sending": _("Sending …"),
    "sent": _("Sent."),
    "lost": _("No connection. Your words are kept here; send them again when it is back."),
    "online": _("The connection is back. Send your words again."),
    "signedOut": _("You are not signed in any more. Your words are kept: sign in and come back."),
    "busy": _("This did not work just now. Your words are kept; send them again in a while."),
    "wait": _("That was a lot at once. Your words are kept; send them again in {count} seconds."),
    "refused": _("This could not be taken. Your words are kept; load the page again to send them."),
}
