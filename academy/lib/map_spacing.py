"""Moves circles of a map apart, so that each can be seen and hit; each stays near its place."""

from collections.abc import Sequence
from math import hypot

#: A place on the map and the room that is wanted around it: (x, y, radius).
Disc = tuple[float, float, float]
ROUNDS = 60
#: How strongly a circle is drawn back to its place in each round.
PULL = 0.06


def spread_out(discs: Sequence[Disc]) -> list[tuple[float, float]]:
    """Return where to draw the circles: those that met stand side by side.

    Two that stand on one spot part along a line; the same circles always end at the same places.
    """
    places = [(x, y) for x, y, _radius in discs]
    for left in range(ROUNDS, 0, -1):
        if left > 1:
            places = [_drawn_back(place, disc) for place, disc in zip(places, discs, strict=True)]
        for first in range(len(discs)):
            for second in range(first):
                _part(places, first, second, discs[first][2] + discs[second][2])
    return places


def _drawn_back(place: tuple[float, float], home: Disc) -> tuple[float, float]:
    return place[0] + (home[0] - place[0]) * PULL, place[1] + (home[1] - place[1]) * PULL


def _part(places: list[tuple[float, float]], first: int, second: int, wanted: float) -> None:
    (x1, y1), (x2, y2) = places[first], places[second]
    wide, tall = x1 - x2, y1 - y2
    apart = hypot(wide, tall)
    if apart >= wanted:
        return
    if apart == 0:
        wide, apart = 1.0, 1.0
    push = (wanted - apart) / 2
    step_x, step_y = wide / apart * push, tall / apart * push
    places[first] = (x1 + step_x, y1 + step_y)
    places[second] = (x2 - step_x, y2 - step_y)
