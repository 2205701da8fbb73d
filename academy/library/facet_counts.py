"""How the cases that were found are spread over countries, needs, goals and the other facets.

A common word is found in thousands of cases, and no database groups a hundred thousand rows in the
time that a reader notices nothing. So each process keeps, for each value of a facet, the cases that
have it as the bits of one number: counting is then one AND for each value. Ten thousand cases take
about half a megabyte. What is kept is made anew when any case has a new version.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import select

from academy.db import session
from academy.library.models import CaseFacet, CaseVersion

#: What lists can be narrowed by, in the order of the page.
FACETS = ("country", "demand", "toolkit", "dimension", "goal", "partner", "kind", "language")
#: So many values of one facet are offered at most; the rarest are left out.
MOST_VALUES = 60
#: Thousands of values with a few cases each: kept the other way round, the values of each case.
_OPEN = "partner"

Counts = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The facets of all cases as they stood at one version."""

    version: tuple[int, datetime] | None
    #: {("country", "NP"): 0b10010}: the cases 1 and 4.
    cases_of: Mapping[tuple[str, str], int]
    names: Sequence[str]
    #: names[of_cases[at]] for at in range(begins[case], begins[case + 1]).
    of_cases: Sequence[int]
    begins: Sequence[int]


_kept = [_Kept(None, {}, (), (), ())]


def count_facets(found: Sequence[int]) -> Counts:
    """Return for each facet its values and how many of the cases `found` have them.

    {"country": [("NP", 3), …]}, the most frequent first. One statement, two after a change.
    """
    kept = _current()
    hits = _as_bits(found)
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for (facet, value), cases in kept.cases_of.items():
        if number := (cases & hits).bit_count():
            counts[facet].append((value, number))
    counts[_OPEN] = _count_names(kept, found)
    return {facet: _most_frequent(pairs) for facet, pairs in counts.items()}


def _most_frequent(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]


def _as_bits(cases: Sequence[int]) -> int:
    bits = bytearray(max(cases, default=0) // 8 + 1)
    for case in cases:
        bits[case >> 3] |= 1 << (case & 7)
    return int.from_bytes(bits, "little")


def _count_names(kept: _Kept, found: Iterable[int]) -> list[tuple[str, int]]:
    begins, of_cases, last = kept.begins, kept.of_cases, len(kept.begins) - 1
    inside = (of_cases[begins[case] : begins[case + 1]] for case in found if case < last)
    return [(kept.names[at], number) for at, number in Counter(chain.from_iterable(inside)).items()]


def _current() -> _Kept:
    """Every change of a case's facets comes with a version (service/loading.store_record)."""
    newest = select(CaseVersion.id, CaseVersion.changed_at).order_by(CaseVersion.id.desc())
    row = session.execute(newest.limit(1)).one_or_none()
    version = (row.id, row.changed_at) if row else None
    if version is None or _kept[0].version != version:
        _kept[0] = _read(version)
    return _kept[0]


def _read(version: tuple[int, datetime] | None) -> _Kept:
    facets = select(CaseFacet.case_id, CaseFacet.facet, CaseFacet.value)
    rows = session.execute(facets.execution_options(yield_per=2000))
    cases: dict[tuple[str, str], array[int]] = {}
    names: dict[str, int] = {}
    of_case: dict[int, list[int]] = {}
    for case, facet, value in rows:
        if facet == _OPEN:
            of_case.setdefault(case, []).append(names.setdefault(value, len(names)))
        elif facet in FACETS:
            cases.setdefault((facet, value), array("L")).append(case)
    begins, of_cases = array("L", [0]), array("L")
    for case in range(max(of_case, default=-1) + 1):
        of_cases.extend(of_case.get(case, ()))
        begins.append(len(of_cases))
    bits = {key: _as_bits(members) for key, members in cases.items()}
    return _Kept(version, bits, tuple(names), of_cases, begins)
