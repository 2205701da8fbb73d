"""Trust: what somebody may do without being looked at first; it grows with time and good posts.

Pure: it knows numbers, no tables. The gate and the pages ask it the same questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

#: From the lowest; everybody begins at the first.
LEVELS = ("newcomer", "member", "regular")
#: A decision against somebody takes a level from them for so many days.
AGAINST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody did here, as far as trust asks."""

    #: Posts that everybody sees.
    shown: int = 0
    #: Days since the first of them.
    days: int = 0
    #: Posts of theirs that others found useful or tried, and how many people said so.
    useful: int = 0
    people: int = 0
    #: Decisions against them within AGAINST_DAYS that stand.
    against: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a level asks for."""

    shown: int
    days: int
    useful: int = 0
    people: int = 0


ASKED = {
    "newcomer": Asked(0, 0),
    "member": Asked(shown=3, days=1),
    "regular": Asked(shown=10, days=30, useful=5, people=3),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a level allows."""

    #: So many posts in a minute.
    posts_a_minute: int
    #: Whether links appear at once.
    links: bool = False
    #: Whether posts with a watched word appear at once.
    words: bool = False


ALLOWED = {
    "newcomer": Allowed(6),
    "member": Allowed(6, links=True),
    "regular": Allowed(12, links=True, words=True),
}


def level_of(record: Record) -> str:
    """Return the level that was earned, less one for each decision against its holder."""
    return LEVELS[max(LEVELS.index(earned_by(record)) - record.against, 0)]


def earned_by(record: Record) -> str:
    """Return the highest level whose questions are all answered, decisions left out."""
    return next(level for level in reversed(LEVELS) if not any(_missing(record, level)))


def waits_first(record: Record) -> bool:
    """Whether each post waits: a first one, and those of a newcomer who was decided against."""
    return level_of(record) == "newcomer" and (record.shown == 0 or record.against > 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the next level asks, and how far somebody has come."""

    #: "shown", "days", "useful", "people" or "against".
    name: str
    has: int
    needs: int

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing; of decisions against somebody there may be none."""
        return self.has <= self.needs if self.name == "against" else self.has >= self.needs


def next_level(record: Record) -> str:
    """Return the level above the present one, "" at the top."""
    place = LEVELS.index(level_of(record)) + 1
    return LEVELS[place] if place < len(LEVELS) else ""


def steps_to(record: Record, level: str) -> list[Step]:
    """Return what a level asks of the holder of this record, what is done included."""
    if not level:
        return []
    asked = ASKED[level]
    steps = [
        Step(name, getattr(record, name), getattr(asked, name))
        for name in ("shown", "days", "useful", "people")
    ]
    wanted = [step for step in steps if step.needs]
    return [*wanted, Step("against", record.against, 0)] if record.against else wanted


def _missing(record: Record, level: str) -> Iterator[str]:
    asked = ASKED[level]
    for name in ("shown", "days", "useful", "people"):
        if getattr(record, name) < getattr(asked, name):
            yield name
