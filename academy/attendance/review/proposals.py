"""Who a stranger may be, with reasons for and against, as the review desk shows them; all pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from academy.attendance.matching.candidates import Identity, Known
from academy.attendance.matching.ladder import Outcome
from academy.attendance.matching.suggestions import Suggestion

#: What speaks against a person; every other reason speaks for them.
AGAINST = frozenset(
    {
        "other_title",
        "one_word_name",
        "name_of_a_device",
        "several_people_of_this_name",
        "name_shown_twice",
        "email_of_another_person",
        "name_of_another_person",
        "not_registered",
        "already_there",
        "taken_back",
        "a_little_alike",
        "part_of_a_word",
        "their_only_name",
    }
)
_BY_RULE = {
    "external_id": "known_identifier",
    "personal_link": "unclear_link",
    "email": "email_of_this_person",
    "remembered": "unclear_memory",
    "unique_name": "same_name",
}
_MOST = 3


@dataclass(slots=True)
class Seen:
    """An identity with evidence, and what stands about it."""

    id: int
    name: str
    someone: Identity
    came: bool = False
    minutes: int | None = None
    match_id: int | None = None
    person_id: int | None = None
    person_name: str = ""
    reason: str = ""
    #: What a human wrote beside the reason.
    note: str = ""
    #: People whom a human took back from this identity.
    taken_back: set[int] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether it counts as having come and is nobody yet."""
        return self.came and self.match_id is None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human decided about names in this series: a person, or nobody with the reason."""

    someone: Identity
    person_id: int | None
    reason: str
    note: str
    live_session: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person who may be meant, with reasons as codes."""

    person_id: int
    name: str
    country: str | None
    organisation: str
    reasons_for: Sequence[str]
    reasons_against: Sequence[str]
    #: Live sessions in which a human decided that the same name is this person.
    earlier: Sequence[str]
    #: The name under which this person is already there on that day.
    there_as: str
    #: Words of address without which the names were compared: "Bu", "Cô".
    without: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """One open identity with everything that is known about it."""

    seen: Seen
    outcome: Outcome
    known: Known
    decisions: Sequence[Decision]
    #: The names under which people are already there that day.
    present: Mapping[int, str]
    #: People whom a roll, a code or their own word shows to have come.
    noted: Collection[int] = ()

    def likely(self) -> list[Suggestion]:
        """Return up to three people: the ladder's own, those of earlier weeks, then the alike."""
        found: dict[int, Suggestion] = {}
        if self.outcome.person_id is not None and self.outcome.rule is not None:
            reason: Any = _BY_RULE[self.outcome.rule]
            found[self.outcome.person_id] = Suggestion(self.outcome.person_id, 100.0, (reason,))
        suggested = {one.person_id: one for one in self.outcome.suggestions}
        for each in self.decisions:
            if each.person_id in self.known.by_id and each.person_id is not None:
                plain = Suggestion(each.person_id, 100.0, ("unclear_memory",))
                found.setdefault(each.person_id, suggested.get(each.person_id, plain))
        for one in self.outcome.suggestions:
            found.setdefault(one.person_id, one)
        return list(found.values())[:_MOST]


def propose(stranger: Stranger, suggestion: Suggestion, person: Any) -> Proposal:
    """Put a suggestion beside the day: registered, still missing, there already, taken back."""
    number, name, country, organisation, is_registrant = person[:5]
    earlier = [each.live_session for each in stranger.decisions if each.person_id == number]
    there_as = stranger.present.get(number, "")
    reasons: list[str] = [each for each in suggestion.reasons if each != "unclear_memory"]
    if number in stranger.present:
        reasons.append("already_there")
    elif number in stranger.noted:
        reasons.append("noted_there")
    elif is_registrant:
        reasons.append("still_missing")
    if not is_registrant:
        reasons.append("not_registered")
    if number in stranger.seen.taken_back:
        reasons.append("taken_back")
    return Proposal(
        number, name, country, organisation,
        [each for each in reasons if each not in AGAINST],
        [each for each in reasons if each in AGAINST],
        list(dict.fromkeys(earlier)), there_as, ", ".join(suggestion.without),
    )  # fmt: skip
