"""Personal links beside arrivals: who opened a door just before which identity came in; pure."""

import datetime as dt
from collections.abc import Mapping, Sequence

from academy.attendance.matching.candidates import Identity, Known, LinkUse

#: A link opens a meeting in a moment; the minute after the click is the one that counts.
_BEFORE = dt.timedelta(seconds=5)
_AFTER = dt.timedelta(seconds=60)
#: An old phone, an update or a waiting room may keep somebody so long between click and arrival.
_SLOW = dt.timedelta(minutes=15)


class Clicks:
    """For each identity, who opened a link just before it first came; and how sure that is.

    `firm` holds who identities are by what a link does not outweigh, `named` who they are by
    their name alone. `links` are those of registrants.
    """

    def __init__(
        self,
        everybody: Sequence[Identity] = (),
        links: Sequence[LinkUse] = (),
        firm: Mapping[str, int] | None = None,
        named: Mapping[str, int] | None = None,
    ) -> None:
        """Set each click beside those who joined in the minute after it."""
        self._everybody = [one for one in everybody if one.joined]
        self._firm, self._named = firm or {}, named or {}
        self.people: dict[str, set[int]] = {}
        #: Identities that came together with other open ones, or whose click is another one's.
        self.unclear: set[str] = set()
        for link in links:
            self._add(link)

    def _add(self, link: LinkUse) -> None:
        there = [one for one in self._everybody if self._may_be_meant(one, link)]
        # Who bears a name is in question only where no nameless one came.
        crowd = [one for one in there if one.key not in self._named] or there
        # Who was there before has reconnected; that is no arrival, but it is a crowd.
        arrived = {one.key for one in crowd if _is_just_after(link, min(one.joined))}
        for key in arrived:
            self.people.setdefault(key, set()).add(link.person_id)
        if len(crowd) > 1 or self._came_otherwise(link, arrived):
            self.unclear |= arrived

    def _may_be_meant(self, one: Identity, link: LinkUse) -> bool:
        is_known = one.stands_for is not None or one.key in self._firm
        return not is_known and any(_is_just_after(link, at) for at in one.joined)

    def _came_otherwise(self, link: LinkUse, arrived: set[str]) -> bool:
        """Whether whose link it is came then, or a little later, as somebody known for certain."""
        return any(
            link.person_id in {one.stands_for, self._firm.get(one.key), self._named.get(one.key)}
            and one.key not in arrived
            and link.at - _BEFORE <= min(one.joined) <= link.at + _SLOW
            for one in self._everybody
        )


def _is_just_after(link: LinkUse, at: dt.datetime) -> bool:
    return link.at - _BEFORE <= at <= link.at + _AFTER


def of_registrants(links: Sequence[LinkUse], known: Known) -> list[LinkUse]:
    """Return the links whose people are registered as it stands now; no other link counts."""
    found = ((known.by_id.get(one.person_id), one) for one in links)
    return [one for person, one in found if person is not None and person.is_registrant]
