"""What the ladder says of one identity: who it certainly is, or whom it may be."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from academy.attendance.matching.candidates import Identity, Known
from academy.attendance.matching.suggestions import Reason, Suggestion, is_anybody_meant, suggest

Rule = Literal["external_id", "personal_link", "email", "remembered", "unique_name"]


@dataclass(frozen=True)
class Doubtful:
    """Whom an identity nearly is, with what the suggestions are made of where somebody asks."""

    known: Known
    nearly: dict[int, tuple[Reason, ...]]
    #: People who are there already.
    present: Collection[int]


@dataclass(frozen=True)
class Outcome:
    """What the ladder found for one identity: a certain person with the rule, or suggestions."""

    identity: Identity
    person_id: int | None = None
    rule: Rule | None = None
    doubtful: Doubtful | None = field(default=None, repr=False, compare=False)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Whom it may be; looked for only now, for most who match a file never ask."""
        if self.doubtful is None:
            return ()
        return suggest(
            self.identity, self.doubtful.known, self.doubtful.nearly, self.doubtful.present
        )

    @property
    def has_suggestions(self) -> bool:
        """Whether anybody may be meant at all, which is found sooner than who."""
        return self.doubtful is not None and is_anybody_meant(
            self.identity, self.doubtful.known, self.doubtful.nearly
        )
