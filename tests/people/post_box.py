"""A postman who keeps what people's services post, so that tests can open the letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Posted:
    """One letter that was handed over."""

    person_id: int
    address: str
    kind: str
    occasion: str
    values: Mapping[str, str]

    @property
    def path(self) -> str:
        """The page to which the letter leads."""
        return self.values["path"]

    @property
    def secret(self) -> str:
        """The secret in the link."""
        return self.path.split("?")[0].rsplit("/", 1)[-1]


@dataclass
class PostBox:
    """Takes letters as messaging does, and keeps them in order."""

    letters: list[Posted] = field(default_factory=list)

    def __call__(
        self, person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]
    ) -> None:
        """Keep one letter."""
        self.letters.append(Posted(person_id, address, kind, occasion, values))

    @property
    def kinds(self) -> list[str]:
        """Which kinds of letters came, in order."""
        return [letter.kind for letter in self.letters]

    @property
    def last(self) -> Posted:
        """The letter that came last."""
        return self.letters[-1]
