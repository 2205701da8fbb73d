"""Who may be meant by an identity that no certain rule matched, with the reasons, for a human."""

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from academy.attendance.matching.candidates import Identity, Known, beginnings
from academy.lib.names import comparable, is_device, is_phone, loose_key, mentions_device

#: Why somebody is suggested, or why a rule that nearly held was not enough.
Reason = Literal[
    "same_name",
    "similar_name",
    "original_name",
    "other_title",
    "one_word_name",
    "name_of_a_device",
    "several_people_of_this_name",
    "name_shown_twice",
    "unverified_email",
    "shared_email",
    "email_of_this_person",
    "email_of_another_person",
    "name_of_another_person",
    "unclear_memory",
    "unclear_link",
]

_SIMILAR = 82.0
_MOST = 3
#: A name that begins like thousands of others says too little to compare them all.
_MOST_COMPARED = 300


@dataclass(frozen=True)
class Suggestion:
    """A person who may be meant, how alike they are (0 to 100), and why."""

    person_id: int
    score: float
    reasons: tuple[Reason, ...]


def suggest(
    identity: Identity, known: Known, nearly: dict[int, tuple[Reason, ...]]
) -> tuple[Suggestion, ...]:
    """Return at most three people, the likeliest first.

    `nearly` holds the people whom a rule of the ladder would have named but for the reasons given;
    they come first, in that order. The others are registrants whose name resembles one shown.
    """
    found = {person: Suggestion(person, 100.0, reasons) for person, reasons in nearly.items()}
    for name in identity.names:
        _add_similar(found, name, known, is_original=False)
    for name in identity.original_names:
        _add_similar(found, name, known, is_original=True)
    ranked = sorted(found.values(), key=lambda one: -one.score)
    return tuple(ranked[:_MOST])


def _add_similar(
    found: dict[int, Suggestion], name: str, known: Known, *, is_original: bool
) -> None:
    for person, score in likeness_to(name, known).items():
        if person not in found or found[person].score < score:
            reasons = _reasons(name, known.by_id[person].name, is_original=is_original)
            found[person] = Suggestion(person, round(score - len(reasons), 1), reasons)


def likeness_to(name: str, known: Known) -> dict[int, float]:
    """Return the registrants whose names are most like a name, with how alike they are (to 100)."""
    if is_device(name) or is_phone(name) or not comparable(name).can_identify:
        return {}
    alike = process.extract(
        loose_key(name),
        {person: known.loose_names[person] for person in _worth_comparing(name, known)},
        scorer=fuzz.token_set_ratio,
        score_cutoff=_SIMILAR,
        limit=_MOST,
    )
    return {person: score for _name, score, person in alike}


def _worth_comparing(name: str, known: Known) -> list[int]:
    """Return registrants with a word that begins alike; common beginnings only if they are few.

    A part of a name may stand for it, but not a lone word for somebody of a longer name.
    """
    people: set[int] = set()
    groups = (known.registrants_by_beginning.get(start, set()) for start in beginnings(name))
    for group in sorted(groups, key=len):
        if len(people) + len(group) <= _MOST_COMPARED:
            people |= group
    return sorted(people - known.lone_words if " " in loose_key(name) else people)


def _reasons(shown: str, known: str, *, is_original: bool) -> tuple[Reason, ...]:
    one, other = comparable(shown), comparable(known)
    is_same = one.key == other.key
    reasons: list[Reason] = ["same_name" if is_same else "similar_name"]
    if is_original:
        reasons.append("original_name")
    if is_same and one.titles != other.titles:
        reasons.append("other_title")
    if len(one.strong) == 1:
        reasons.append("one_word_name")
    if mentions_device(shown):
        reasons.append("name_of_a_device")
    return tuple(reasons)
