"""The review desk remembers: as before by one key, a host's device, reasons in one's own words."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance import service
from academy.attendance.models import Identity, Match
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.came import ALIKE, identity_of, let_come, next_week
from tests.attendance.conftest import register
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
FIRST = "/desk/live-sessions/may-1/attendance/review/"
SECOND = "/desk/live-sessions/may-2/attendance/review/"
RADIO = ("Radio Kampung", "", "14:00:00", "16:00:00")
IPAD = ("Aisyah's iPad", "", "14:00:00", "16:00:00")
AISYAH = ("Aisyah binti Omar", "", "14:00:00", "16:00:00")


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, siti: Person) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


@pytest.fixture
def following(live_session: LiveSession) -> LiveSession:
    """Return the live session of the week after."""
    return next_week(live_session)


def _exclude(name: str, live_session: LiveSession, cast: Cast, reason: str, note: str = "") -> None:
    identity, actor = identity_of(name, live_session), cast.organiser.id
    service.exclude(identity, reason, note=note, seen=None, actor_id=actor)


def _standing(name: str, live_session: LiveSession) -> tuple[str, str]:
    session.expire_all()
    identity = identity_of(name, live_session)
    statement = select(Match).filter_by(identity_id=identity.id, undone_at=None)
    match = session.scalars(statement).one()
    return match.reason, match.note


def test_what_was_not_counted_is_again_not_counted_by_one_key(
    desk: FlaskClient, live_session: LiveSession, following: LiveSession, cast: Cast
) -> None:
    let_come(live_session, RADIO)
    _exclude(RADIO[0], live_session, cast, "other", "the radio of the village")
    let_come(following, RADIO)
    page = desk.get(SECOND).text
    again = page[page.index('data-key="b"') :]
    assert "Again: not counted" in again
    assert "the radio of the village, as in Principles" in again
    fields = dict(re.findall(r'name="(exclude|note)" value="([^"]*)"', again[:1500]))
    desk.post(f"/desk/identities/{identity_of(RADIO[0], following).id}/decide", data=fields)
    assert _standing(RADIO[0], following) == ("other", "the radio of the village")


def test_where_earlier_weeks_disagree_no_key_decides(
    desk: FlaskClient, live_session: LiveSession, following: LiveSession, cast: Cast, siti: Person
) -> None:
    let_come(live_session, RADIO, (RADIO[0], "b@example.org", "14:00:00", "15:00:00"))
    first, second = session.scalars(select(Identity).filter_by(shown_name=RADIO[0]))
    service.exclude(first, "staff", seen=None, actor_id=cast.organiser.id)
    service.decide(second, siti.id, seen=None, actor_id=cast.organiser.id)
    let_come(following, RADIO)
    page = desk.get(SECOND).text
    assert "not counted in Principles" in page
    assert "Again: not counted" not in page
    assert 'data-key="1 b"' not in page


def test_the_person_of_earlier_weeks_has_the_same_key(
    desk: FlaskClient, live_session: LiveSession, following: LiveSession, cast: Cast, siti: Person
) -> None:
    let_come(live_session, ALIKE)
    identity = identity_of(ALIKE[0], live_session)
    service.decide(identity, siti.id, seen=None, actor_id=cast.organiser.id)
    let_come(following, ALIKE, (ALIKE[0], "x@example.org", "14:00:00", "14:20:00"))
    assert desk.get(SECOND).text.count('data-key="1 b"') == 2


def test_proposals_are_numbered_each_by_itself(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    register(live_session.series, "Maya Gurung", "maya@example.org", "NP")
    let_come(live_session, ALIKE, ("Mayaa Gurung", "", "14:00:00", "14:50:00"))
    assert re.findall(r'data-key="(\d)"', desk.get(FIRST).text) == ["1", "1"]


def test_a_device_called_like_the_host_is_offered_as_hers(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    with transaction():
        session.get_one(LiveSession, live_session.id).hosts = ["Aisyah binti Omar"]
    let_come(session.get_one(LiveSession, live_session.id), AISYAH, IPAD, RADIO)
    page = desk.get(FIRST).text
    assert page.count("Not counted: a host’s device") == 1
    assert "It is called like Aisyah binti Omar, who was the host." in page
    identity = identity_of(IPAD[0], live_session)
    desk.post(f"/desk/identities/{identity.id}/decide", data={"exclude": "host_device"})
    assert _standing(IPAD[0], live_session) == ("host_device", "")
    shown = desk.get("/desk/live-sessions/may-1/attendance/?show=excluded").text
    assert "The second device of a host" in shown


def test_a_hosts_device_says_nothing_of_the_name_in_other_weeks(
    live_session: LiveSession, following: LiveSession, cast: Cast, siti: Person
) -> None:
    let_come(live_session, ("Siti Aminah", "x@example.org", "14:00:00", "15:00:00"))
    identity = identity_of("Siti Aminah", live_session)
    standing = service.find_standing(identity.id)
    seen = standing.match_id if standing else None
    service.exclude(identity, "host_device", seen=seen, actor_id=cast.organiser.id)
    let_come(following, ("Siti Aminah", "", "14:00:00", "15:00:00"))
    identity = identity_of("Siti Aminah", following)
    match = session.scalars(select(Match).filter_by(identity_id=identity.id)).one()
    assert (match.person_id, match.rule) == (siti.id, "unique_name")


def test_a_reason_in_ones_own_words_is_one_line_of_at_most_two_hundred_signs(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    let_come(live_session, RADIO)
    identity = identity_of(RADIO[0], live_session)
    data = {"exclude": "other", "note": " the\nradio " + "x" * 300}
    page = desk.post(f"/desk/identities/{identity.id}/decide", data=data, follow_redirects=True)
    reason, note = _standing(RADIO[0], live_session)
    assert (reason, len(note), note[:11]) == ("other", 200, "the radio x")
    assert "is not counted: the radio x" in page.text
    assert "the radio x" in desk.get(FIRST + "?show=decided").text


def test_the_second_reviewer_reads_the_words_of_the_first(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    let_come(live_session, RADIO)
    _exclude(RADIO[0], live_session, cast, "other", "the radio of the village")
    identity = identity_of(RADIO[0], live_session)
    browser = client_of(cast.administrator)
    address = f"/desk/identities/{identity.id}/decide"
    page = browser.post(address, data={"exclude": "bot"}, follow_redirects=True).text
    assert "was quicker about “Radio Kampung”: the radio of the village." in page


def test_who_is_on_the_roll_already_is_likely_and_not_against(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    service.record_presence(live_session, siti.id, "roll")
    let_come(live_session, ALIKE)
    page = desk.get(FIRST).text
    assert "noted as present, and in no list yet" in page
    assert "missing on that day" not in page
    assert "there already" not in page


def test_a_name_that_changed_is_known_at_the_next_page(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    let_come(live_session, ALIKE, ("Aminatul Zahra", "", "14:00:00", "14:30:00"))
    assert "This is Siti Aminah" in desk.get(FIRST).text
    with transaction():
        session.get_one(Person, siti.id).name = "Aminatul Zahraa"
    page = desk.get(FIRST).text
    assert "This is Aminatul Zahraa" in page
    assert "This is Siti Aminah" not in page


def test_the_last_one_of_a_page_leads_to_the_first_of_the_next(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    rows = [(f"Guest {chr(65 + n)}", "", "14:00:00", "15:00:00") for n in range(26)]
    let_come(live_session, *rows)
    page = desk.get(FIRST).text
    last = identity_of("Guest Z", live_session).id
    assert f'name="next" value="{last}"' in page
