"""What can go wrong while a case is written and reviewed; edges turn these into words."""

from collections.abc import Mapping, Sequence
from typing import Any

from academy.library.working_copy import Problem


class AuthoringError(Exception):
    """The parent of all: nothing was written."""


class ChangedMeanwhile(AuthoringError):
    """Somebody else saved other words in the same fields first."""

    def __init__(
        self, theirs: Mapping[str, Any], mine: Sequence[str], both: Sequence[str], by: int | None
    ) -> None:
        super().__init__("changed meanwhile")
        #: The section as it stands now.
        self.theirs = theirs
        #: The fields that whoever saves has changed, and those that both have.
        self.mine = mine
        self.both = both
        self.by = by


class Incomplete(AuthoringError):
    """The record cannot be submitted yet."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("incomplete")
        self.problems = problems


class NothingChanged(AuthoringError):
    """What would be submitted stands on the shelf already."""


class DecidedMeanwhile(AuthoringError):
    """Another librarian decided, or its writers sent it again or took it back."""


class OwnCase(AuthoringError):
    """Somebody else than its writers decides about a case."""


class KeptFromWriting(AuthoringError):
    """A moderator's decision keeps the person from writing for now."""


class TooMany(AuthoringError):
    """No more co-writers, drafts or comments than that."""


class NotPossible(AuthoringError):
    """The case does not stand as this needs it."""
