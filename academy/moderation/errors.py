"""What can go wrong on the moderators' desk; edges turn these into words."""


class ModerationError(Exception):
    """The parent of all: nothing was changed."""


class DecidedMeanwhile(ModerationError):
    """Another moderator has decided already."""


class NotPossible(ModerationError):
    """The action does not fit: an unknown one, or one's own decision appealed to oneself."""


class EditedMeanwhile(ModerationError):
    """A colleague saved other words first."""
