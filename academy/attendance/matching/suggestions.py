"""Who may be meant by an identity that no certain rule matched, with the reasons, for a human."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rapidfuzz import fuzz, process

from academy.attendance.matching.candidates import Identity, Known, beginnings
from academy.attendance.matching.resemblance import Resemblance, Way
from academy.lib.names import comparable, is_device, is_phone, loose_key, mentions_device

#: Why somebody is suggested, or why a rule that nearly held was not enough.
Reason = (
    Way
    | Literal[
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
        "left_out",
    ]
)

_SIMILAR = 82.0
_MOST, _MOST_WEIGHED = 3, 50
#: A name that begins like thousands of others says too little to compare them all.
_MOST_COMPARED = 300


#: Ways of being alike that say more than that names are similar.
_TELLING = ("same_without", "other_spelling", "same_joined", "other_script", "initials_agree",
            "one_of_several", "part_of_the_name")  # fmt: skip
#: Of two who may be meant as much, the one who is still missing comes first.
_THERE_ALREADY = 3.0
#: Somebody who is not registered is somewhat less likely.
_NOT_REGISTERED = 6.0


@dataclass(frozen=True)
class Suggestion:
    """A person who may be meant, how alike they are (0 to 100), and why."""

    person_id: int
    score: float
    reasons: tuple[Reason, ...]
    #: Words of address that were left out of the names before they were compared.
    without: tuple[str, ...] = ()


def suggest(
    identity: Identity,
    known: Known,
    nearly: dict[int, tuple[Reason, ...]],
    present: Container[int] = (),
) -> tuple[Suggestion, ...]:
    """Return at most three people, the likeliest first.

    `nearly` holds the people whom a rule of the ladder would have named but for the reasons given;
    they come first, in that order. The others are those whose name resembles one shown: first
    registrants, then whom else the academy knows. `present` are those who are there already.
    """
    found = {person: Suggestion(person, 100.0, reasons) for person, reasons in nearly.items()}
    for name in identity.names:
        _add_similar(found, name, known, is_original=False)
    for name in identity.original_names:
        _add_similar(found, name, known, is_original=True)
    for name in _names_of(identity):
        _add_resembling(found, name, known)
    return tuple(sorted(found.values(), key=lambda one: _rank(one, present))[:_MOST])


def is_anybody_meant(
    identity: Identity, known: Known, nearly: dict[int, tuple[Reason, ...]]
) -> bool:
    """Say whether anybody would be suggested; asks no further than to the first."""
    shown = (*identity.names, *identity.original_names)
    return (
        bool(nearly)
        or any(likeness_to(name, known) for name in shown)
        or any(
            bearers.resembling(name)
            for name in _names_of(identity)
            for bearers in (known.registrants, known.others)
        )
    )


def _rank(one: Suggestion, present: Container[int]) -> float:
    return (_THERE_ALREADY if one.person_id in present else 0.0) - one.score


def _names_of(identity: Identity) -> Iterator[str]:
    """Yield what may be a name; the address tells where nothing shown does."""
    shown = [*identity.names, *identity.original_names]
    names = [one for one in shown if not is_device(one) and not is_phone(one)]
    yield from (name for name in names if comparable(name).can_identify)
    if identity.email and not names:
        yield identity.email


def _add_similar(
    found: dict[int, Suggestion], name: str, known: Known, *, is_original: bool
) -> None:
    for person, score in likeness_to(name, known).items():
        if person not in found or found[person].score < score:
            reasons = _reasons(name, known.by_id[person].name, is_original=is_original)
            found[person] = Suggestion(person, round(score - len(reasons), 1), reasons)


def _add_resembling(found: dict[int, Suggestion], name: str, known: Known) -> None:
    for one in islice(known.registrants.resembling(name), _MOST_WEIGHED):
        _add(found, one, one.score - 1)
    others = known.others.resembling(name) if len(found) < _MOST else ()
    for one in islice(others, _MOST_WEIGHED):
        _add(found, one, one.score - _NOT_REGISTERED)


def _add(found: dict[int, Suggestion], one: Resemblance, score: float) -> None:
    """Add somebody, or say better why somebody is there whose name is only called similar."""
    before = found.get(one.person_id)
    if before is None:
        reasons: tuple[Reason, ...] = (one.way, *_besides(one))
        found[one.person_id] = Suggestion(one.person_id, score, reasons, one.without)
    elif _is_said_better(before, one):
        reasons = (one.way, *before.reasons[1:])
        found[one.person_id] = Suggestion(one.person_id, score, reasons, one.without)


def _besides(one: Resemblance) -> tuple[Reason, ...]:
    """Say what was left out; of a name of one word, that it is no more."""
    if one.is_left_out_besides:
        return ("left_out",)
    return ("one_word_name",) if one.way == "part_of_the_name" else ()


def _is_said_better(before: Suggestion, one: Resemblance) -> bool:
    is_plain = before.reasons[0] == "similar_name" and "name_of_a_device" not in before.reasons
    return is_plain and one.way in _TELLING


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
