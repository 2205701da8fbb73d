"""What a listening point may hold and when its host may tell of it; pure rules, no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.lib.identifiers import replace_identifiers
from academy.people.addresses import is_address

#: More people than this fit no room with one device.
MOST_PEOPLE = 500
LONGEST_NAME = 200
LONGEST_LINE = 320
_AROUND_ADDRESSES = " \t,;:<>()[]|"


class PointError(ValueError):
    """What was said of a listening point cannot be so; nothing is stored."""


class NobodyThere(PointError):
    """Neither a name nor a number."""


class TooManyPeople(PointError):
    """More people than fit a room."""


class NegativePeople(PointError):
    """Fewer people than none."""


class BadTimes(PointError):
    """Left before they came, or came when the live session was over."""


class BadPlace(PointError):
    """A place without a name, or with one that is too long."""


class BadName(PointError):
    """A line that is no single person; `line` is it as typed."""

    def __init__(self, line: str) -> None:
        """Keep the line, for the page to show."""
        super().__init__(line)
        self.line = line


class NumberTyped(BadName):
    """A line that holds a telephone number, which nobody needs."""


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What a host says of a listening point."""

    place: str
    country: str | None = None
    #: People without a name, the host not among them.
    women: int = 0
    men: int = 0
    others: int = 0
    #: One line a person: a name, an address, or both.
    names: Sequence[str] = ()
    from_minute: int = 0
    #: None: until the end.
    until_minute: int | None = None

    def check(self, minutes: int) -> None:
        """Raise a PointError unless this can be so in a live session of that length."""
        if not self.place or len(self.place) > LONGEST_NAME:
            raise BadPlace
        if min(self.women, self.men, self.others) < 0:
            raise NegativePeople
        people = self.women + self.men + self.others + len(self.names)
        if people == 0:
            raise NobodyThere
        if people > MOST_PEOPLE:
            raise TooManyPeople
        until = minutes if self.until_minute is None else self.until_minute
        if not 0 <= self.from_minute < until <= minutes:
            raise BadTimes
        for line in self.names:
            split_line(line)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that hold anything, without needless white space."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def split_line(line: str) -> tuple[str, str]:
    """Return the name and the address of a line, either of them perhaps empty; or raise BadName."""
    words = line.replace(",", " ").replace(";", " ").split()
    addresses = [one for word in words if is_address(one := word.strip(_AROUND_ADDRESSES))]
    if replace_identifiers(line, lambda _number: "") != line:
        raise NumberTyped(line)
    if len(addresses) > 1 or len(line) > LONGEST_LINE:
        raise BadName(line)
    if not addresses:
        name = line.strip(_AROUND_ADDRESSES)
        if not name or "@" in name or len(name) > LONGEST_NAME:
            raise BadName(line)
        return name, ""
    name = " ".join(word for word in words if addresses[0] not in word)
    if len(name) > LONGEST_NAME:
        raise BadName(line)
    return name, addresses[0]
