"""What humans decided in earlier weeks of a series, and by what it is recognised again."""

from collections.abc import Iterable
from functools import lru_cache

from academy.attendance.matching.candidates import Identity, Remembered
from academy.lib.names import comparable, is_device, is_phone, mentions_device, same_name_key

#: Reasons that say something of a device and nothing of the person whose name it shows.
OF_A_DEVICE = ("second_device", "host_device", "listening_point")
#: Signs that stand for the digits of a telephone number that is not shown whole.
_MASKS = frozenset("*#xX•")


def pairs_of(identity: Identity) -> set[tuple[str, str]]:
    """Return what a decision about this identity is remembered by: names with their originals."""
    originals = identity.original_names or ("",)
    return {
        (_key(name), same_name_key(original)) for name in identity.names for original in originals
    }


def addressed_pairs_of(identity: Identity) -> set[tuple[str, str]]:
    """Return the names with the address that stood beside them; no original name looks like it."""
    return {(_key(name), f"<{identity.email}>") for name in identity.names if identity.email}


def _key(name: str) -> str:
    return same_name_key(name) or name


def memory_of(decisions: Iterable[tuple[Identity, int | None]]) -> Remembered:
    """Return what human decisions, the latest last, say together: whose each identity is, if any's.

    What stood for two people in two weeks, or for one and for nobody, is certain for none.
    """
    found: dict[tuple[str, str], dict[int | None, None]] = {}
    for identity, person in decisions:
        for pair in pairs_of(identity) | addressed_pairs_of(identity):
            people = found.setdefault(pair, {})
            people.pop(person, None)
            people[person] = None
    return {pair: _together(people) for pair, people in found.items()}


def _together(people: Iterable[int | None]) -> int | tuple[int, ...]:
    *earlier, last = people
    if last is not None and not earlier:
        return last
    return tuple(person for person in (last, *reversed(earlier)) if person is not None)


def people_of(remembered: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """Return whom a remembered pair stood for."""
    if remembered is None:
        return ()
    return (remembered,) if isinstance(remembered, int) else remembered


@lru_cache(maxsize=50_000)
def names_nobody(name: str) -> bool:
    """Say whether a name is that of a device, a telephone, or a letter."""
    return is_device(name) or is_phone(name) or not comparable(name).can_identify


def is_telling(name: str) -> bool:
    """Say whether a name shown again is the same person's: not "Siti" alone, nor "Siti's iPhone".

    A telephone is, by its whole number. A lone word is in scripts that write names without spaces,
    which are those without capitals.
    """
    if is_phone(name):
        return not set(name) & _MASKS
    if names_nobody(name) or mentions_device(name):
        return False
    comparison = comparable(name)
    words = (*comparison.titles, *comparison.strong)
    return len(words) > 1 or words[0] == words[0].upper()
