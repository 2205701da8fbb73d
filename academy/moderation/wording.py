"""The words of moderation on its pages."""

from typing import Any

from flask_babel import lazy_gettext as _

FLAGS: dict[str, Any] = {
    "spam": _("It advertises or begs"),
    "harm": _("It may hurt people"),
    "wrong": _("It is not true"),
    "private": _("It tells private things of somebody"),
    "other": _("Something else"),
}
HOLDS: dict[str, Any] = {
    "first_posts": _("first post of this person"),
    "links": _("a link in one of the first posts"),
    "words": _("a watched word"),
    "person": _("all posts of this person wait"),
    "again": _("a moderator wants to look again"),
}
ACTIONS: dict[str, Any] = {
    "approve": _("Show it"),
    "hide": _("Hide it"),
    "remove": _("Remove its words for good"),
    "warn": _("Warn the author"),
    "hold": _("Look at all posts of the author first"),
    "silence": _("The author cannot write for a while"),
    "suspend": _("Suspend the author's account from writing"),
    "lock": _("Close the thread"),
    "unlock": _("Open the thread again"),
    "slow": _("Slow the thread: five minutes between two posts"),
    "pin": _("Pin the thread on top"),
    "unpin": _("Pin it no more"),
    "hide_thread": _("Hide the thread"),
    "show_thread": _("Show the thread again"),
    "move": _("Move the thread to another subject"),
    "split": _("Split posts off"),
    "merge": _("Merge the thread into another one"),
    "edit": _("Edit with a note"),
}
#: The same when it was decided, as its author and the log read it.
DECIDED: dict[str, Any] = {
    "approve": _("The post was shown"),
    "hide": _("The post was hidden"),
    "remove": _("The words of the post were removed"),
    "warn": _("A warning"),
    "hold": _("All posts of the author are looked at first"),
    "silence": _("The author cannot write for a while"),
    "suspend": _("The author’s account was suspended from writing"),
    "lock": _("The thread was closed"),
    "unlock": _("The thread was opened again"),
    "slow": _("The thread was slowed down"),
    "pin": _("The thread was pinned on top"),
    "unpin": _("The thread is pinned no more"),
    "hide_thread": _("The thread was hidden"),
    "show_thread": _("The thread was shown again"),
    "move": _("The thread was moved to another subject"),
    "split": _("Posts were moved to another thread"),
    "merge": _("The thread was merged into another one"),
    "edit": _("The words of the post were changed"),
}
#: What is not shown to everybody.
STATES: dict[str, Any] = {
    "held": _("waits"),
    "hidden": _("hidden"),
    "removed": _("removed"),
}
#: Why posts cannot go there, or cannot come back.
CANNOT_REARRANGE: dict[str, Any] = {
    "same": _("It is there already."),
    "merged": _("One of the threads was merged into another one; choose that one."),
    "hidden": _("One of the threads is hidden: show it first."),
    "circle": _("One of the threads is for few people only; nothing goes in or out of it."),
    "none": _("Choose at least one post."),
    "many": _("Choose at most 500 posts at once."),
    "gone": _("One of these posts is not in this thread any more. Choose again."),
    "first": _("The first post stays, for the thread is about it. Merge the whole thread instead."),
    "later": _("Something that was done later has to be taken back first."),
    "undone": _("It was taken back already."),
    "unknown": _("There is no such thread."),
    "unknown_subject": _("There is no such case or live session."),
}
#: Kinds of what waits, as filters.
KINDS: dict[str, Any] = {
    "held": _("Held by the gate"),
    "flagged": _("Flagged by readers"),
    "appeal": _("Appeals"),
    "case": _("Submitted cases"),
}
AGES: dict[str, Any] = {
    "day": _("Older than a day"),
    "three_days": _("Older than three days"),
    "week": _("Older than a week"),
}
LEVELS: dict[str, Any] = {
    "newcomer": _("Newcomer"),
    "member": _("Member"),
    "regular": _("Regular"),
}
#: What each level allows, beside what the levels before it do.
MAY: dict[str, list[Any]] = {
    "newcomer": [
        _("Your first post appears once a moderator has looked at it, later ones at once."),
        _("Posts with a link wait for a moderator."),
        _("You can post six times in a minute."),
    ],
    "member": [_("All your posts appear at once, those with links as well.")],
    "regular": [
        _("Words that make other posts wait do not hold yours."),
        _("You can post twelve times in a minute."),
    ],
}
#: What a level asks for; {has} and {needs} are put in there.
STEPS: dict[str, Any] = {
    "shown": _("Posts that everybody sees: %(has)s of %(needs)s"),
    "days": _("Days since the first of them: %(has)s of %(needs)s"),
    "useful": _("Posts that others found useful or tried: %(has)s of %(needs)s"),
    "people": _("People who said so: %(has)s of %(needs)s"),
    "against": _("Decisions of moderators in the last 30 days: %(has)s; each takes a level"),
}
POSTS: dict[str, Any] = {
    "visible": _("shown"),
    "held": _("waiting"),
    "hidden": _("hidden"),
    "removed": _("removed"),
}
