"""Personal links for the labelled corpus: who opened one, and when everybody joined.

Most join within twenty minutes around the start, so that clicks and arrivals stand close together;
of the registrants seven in ten came by their link. Some phones take minutes from the click to the
meeting, and a few people click and never arrive.
"""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

from academy.attendance.matching.candidates import LinkUse
from tests.attendance.corpus import Corpus, Labelled

_FIRST = dt.datetime(2031, 1, 4, 6, tzinfo=dt.UTC)
_CROWD, _WHOLE = 1_200, 5_400
_LATE, _BY_LINK, _SLOW = 0.2, 0.7, 0.15

Clicks = list[LinkUse]


def with_clicks(corpus: Corpus, seed: int, *, lost: float = 0.0) -> tuple[Corpus, list[Clicks]]:
    """Return the corpus with moments of joining, and the links opened in each week.

    `lost` is the share of absent registrants who open the door and never arrive.
    """
    rng = random.Random(seed)
    weeks, clicks = [], []
    for number, week in enumerate(corpus.weeks):
        start = _FIRST + dt.timedelta(weeks=number)
        joined = [_join(one, start, rng) for one in week]
        absent = _absent(corpus, week)
        weeks.append(joined)
        clicks.append([*_clicks(joined, rng), *_lost(absent, start, rng, lost)])
    return replace(corpus, weeks=weeks), clicks


def _join(one: Labelled, start: dt.datetime, rng: random.Random) -> Labelled:
    late = rng.random() < _LATE
    second = rng.randrange(_CROWD, _WHOLE) if late else rng.randrange(_CROWD)
    at = start + dt.timedelta(seconds=second)
    return replace(one, identity=replace(one.identity, joined=(at,)))


def _clicks(week: Sequence[Labelled], rng: random.Random) -> Clicks:
    found = []
    for one in week:
        if one.truth is not None and rng.random() < _BY_LINK:
            slow = rng.random() < _SLOW
            wait = rng.uniform(61, 400) if slow else rng.uniform(3, 55)
            at = one.identity.joined[0] - dt.timedelta(seconds=wait)
            found.append(LinkUse(one.truth, at))
    return found


def _absent(corpus: Corpus, week: Sequence[Labelled]) -> list[int]:
    present = {one.truth for one in week}
    registrants = [one.person_id for one in corpus.candidates if one.is_registrant]
    return [person for person in registrants if person not in present]


def _lost(absent: Sequence[int], start: dt.datetime, rng: random.Random, share: float) -> Clicks:
    return [
        LinkUse(person, start + dt.timedelta(seconds=rng.randrange(_WHOLE)))
        for person in absent
        if rng.random() < share
    ]
