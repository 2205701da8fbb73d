"""What makes one maker's list of registrations different from any table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from academy.programme.formats.headings import Role


@dataclass(frozen=True)
class Heading:
    """The heading of a file: its cells as typed, levelled, and the first cell above it."""

    cells: tuple[str, ...]
    keys: tuple[str, ...]
    #: Levelled first cell of the lines above the heading, such as the title of a report.
    above: tuple[str, ...] = ()

    def has(self, *keys: str) -> bool:
        """Say whether all these levelled headings are there."""
        return set(keys) <= set(self.keys)


@dataclass(frozen=True)
class Shape:
    """One maker's list: how it is known, and what its own columns mean."""

    #: The word for it in reports.
    name: str
    recognises: Callable[[Heading], bool]
    #: Levelled headings whose meaning is sure; they come before all general rules.
    roles: Mapping[str, Role] = field(default_factory=dict)
    #: Levelled headings of money, machines and postal addresses: nobody's answers, not kept.
    dropped: frozenset[str] = frozenset()
    #: Whether several people may stand under the address of whoever bought their tickets.
    shares_addresses: bool = False
