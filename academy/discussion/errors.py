"""What can go wrong in a discussion; edges turn these into words, and keep what was typed."""

from academy.discussion.ports import Verdict


class DiscussionError(Exception):
    """The parent of all: nothing was written."""


class ThreadClosed(DiscussionError):
    """The thread was locked, hidden or merged meanwhile."""


class NotYours(DiscussionError):
    """The post is not the person's to change, or cannot be changed any more."""


class CannotRearrange(DiscussionError):
    """Posts cannot go there, or cannot come back; `why` is a key of wording.CANNOT_REARRANGE."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class EditedMeanwhile(DiscussionError):
    """Somebody (perhaps the author elsewhere) saved another version first."""

    def __init__(self, body: str, version: int) -> None:
        super().__init__("edited meanwhile")
        self.body = body
        self.version = version


class Refused(DiscussionError):
    """The gate did not take it: silenced, too fast, the same again."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class TooManyBest(DiscussionError):
    """So many posts of the thread are marked as worth reading that nobody would read the list."""


class Suspended(DiscussionError):
    """A decision of moderators keeps the person from taking part for now."""


class NotForEverybody(DiscussionError):
    """There is no such thing, or not everybody may see it."""


class AlreadyChosen(DiscussionError):
    """It stands on the week's list already."""


class ListFull(DiscussionError):
    """The week's list has no room for more."""


class ListClosed(DiscussionError):
    """The week is over, and its list is on its way to its readers."""
