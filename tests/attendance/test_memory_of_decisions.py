"""What humans decided in one live session of a series, heard when another is matched."""

from datetime import timedelta

import pytest

from academy.attendance.models import Identity, Match
from academy.attendance.service import import_attendance, match_again
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file


def _decided(live_session: LiveSession, name: str, decider: Person, **decision: object) -> None:
    """Decide by hand about a name shown a week before."""
    with transaction() as current:
        earlier = LiveSession(
            slug="may-0", number=2, title="Before", minutes=150, zone=live_session.zone,
            series_id=live_session.series_id, starts_at=live_session.starts_at - timedelta(days=7),
        )  # fmt: skip
        current.add(earlier)
        current.flush()
        identity = Identity(
            live_session_id=earlier.id, key=f"name:{name}", shown_name=name, names=[name]
        )
        identity.matches.append(
            Match(rule="by_hand", decided_by=decider.id, decided_at=now(), **decision)
        )
        current.add(identity)


def _standing() -> list[tuple[int | None, str]]:
    matches = session.query(Match).filter(Match.undone_at.is_(None), Match.decided_by.is_(None))
    return [(match.person_id, match.rule) for match in matches]


def test_a_name_decided_in_another_week_is_matched_as_remembered(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    _decided(live_session, "Aunty Wati", budi, decision="person", person_id=siti.id)
    row = ("Aunty Wati", "", "14:10:00", "14:40:00")
    import_attendance(live_session, zoom_file([row]), "zoom.csv")
    assert _standing() == [(siti.id, "remembered")]


@pytest.mark.parametrize(("reason", "is_certain"), [("other", False), ("second_device", True)])
def test_a_name_that_was_nobody_in_another_week_is_left_to_a_human(
    live_session: LiveSession, siti: Person, budi: Person, reason: str, *, is_certain: bool
) -> None:
    row = (siti.name, "", "14:10:00", "14:40:00")
    import_attendance(live_session, zoom_file([row]), "zoom.csv")
    assert _standing() == [(siti.id, "unique_name")]
    _decided(live_session, siti.name, budi, decision="excluded", reason=reason)
    match_again(live_session)
    assert bool(_standing()) is is_certain
