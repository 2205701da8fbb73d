"""The corpus run through the ladder week after week, with somebody at the review desk between."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from academy.attendance.matching.candidates import Identity, Known, LinkUse
from academy.attendance.matching.ladder import Outcome, match_all
from academy.attendance.matching.memory import memory_of, names_nobody
from tests.attendance.corpus import Corpus, Labelled


@dataclass
class Score:
    """How an automatic rule did on the corpus."""

    #: Identities that truly are a registrant; recall is measured over all of them.
    with_truth: int = 0
    right: int = 0
    wrong: list[tuple[int, Labelled, int]] = field(default_factory=list)
    #: What stayed open though it is a registrant, and how often the truth was suggested; first
    #: altogether, then but for those that show nothing but "iPhone", a letter or a telephone.
    open_at_all: int = 0
    suggested_at_all: int = 0
    open_with_truth: int = 0
    suggested: int = 0
    #: How many were matched by the rule of the personal link.
    by_link: int = 0
    #: By confusion: how many there are, how many were matched rightly.
    seen: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Right ones among all automatic matches."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Right ones among all identities that truly are a registrant."""
        return self.right / max(1, self.with_truth)

    @property
    def hit_rate(self) -> float:
        """How often the truth is among the suggestions for what stayed open."""
        return self.suggested / max(1, self.open_with_truth)

    def note(self, week: int, labelled: Labelled, person: int | None) -> None:
        """Count one identity with the person whom a rule named, or None."""
        is_right = person is not None and person == labelled.truth
        self.seen[labelled.confusion] += 1
        self.found[labelled.confusion] += is_right
        self.with_truth += labelled.truth is not None
        self.right += is_right
        if person is not None and not is_right:
            self.wrong.append((week, labelled, person))

    def note_open(self, labelled: Labelled, outcome: Outcome) -> None:
        """Count what stayed open though it is a registrant, and whether the truth is offered."""
        is_offered = labelled.truth in {one.person_id for one in outcome.suggestions}
        if labelled.truth is not None:
            self.open_at_all += 1
            self.suggested_at_all += is_offered
        if labelled.truth is not None and says_something(labelled.identity):
            self.open_with_truth += 1
            self.suggested += is_offered


def says_something(identity: Identity) -> bool:
    """Say whether anything shown belongs to a person: an address, or more than a bare device."""
    names = (*identity.names, *identity.original_names)
    return bool(identity.email) or not all(map(names_nobody, names))


def run_the_ladder(corpus: Corpus, links: Sequence[Sequence[LinkUse]] = ()) -> Score:
    """Match each week knowing what was decided in the weeks before it, and score it.

    At the desk somebody careful decides what stayed open: who it is, or that it is nobody known.
    What cannot be found out stays open. What the ladder matched is not looked at again. `links` are
    the personal links that were opened, by week.
    """
    known, score = Known(corpus.candidates), Score()
    decisions: list[tuple[Identity, int | None]] = []
    for number, week in enumerate(corpus.weeks):
        remembered = memory_of(decisions)
        outcomes = match_all(
            [one.identity for one in week], known, remembered=remembered,
            links=links[number] if links else (),
        )  # fmt: skip
        for labelled, outcome in zip(week, outcomes, strict=True):
            score.note(number, labelled, outcome.person_id)
            score.by_link += outcome.rule == "personal_link"
            if outcome.person_id is None:
                score.note_open(labelled, outcome)
            if outcome.person_id is None and labelled.can_be_told:
                decisions.append((labelled.identity, labelled.truth))
    return score
