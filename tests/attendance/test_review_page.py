"""The review desk: those who are open, who they may be, deciding, undoing; all without a script."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from academy.attendance import service
from academy.attendance.models import Attendance, Match
from academy.attendance.review import room
from academy.db import session
from academy.lib import jobs
from academy.people.models import Person
from academy.people.service.erasing import erase_person
from academy.programme.models import LiveSession
from tests.attendance.came import ALIKE, GUEST, identity_of, let_come, next_week
from tests.attendance.conftest import register
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/may-1/attendance/review/"


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person) -> FlaskClient:
    """Return the organiser's browser; two who came are open."""
    let_come(live_session, ALIKE, GUEST)
    return client_of(cast.organiser)


def _decide(desk: FlaskClient, shown: str = ALIKE[0], /, **fields: object) -> TestResponse:
    address = f"/desk/identities/{identity_of(shown).id}/decide"
    return desk.post(address, data=fields, follow_redirects=True)


def _standing() -> list[tuple[int | None, str]]:
    session.expire_all()
    statement = select(Match).where(Match.undone_at.is_(None))
    return [(match.person_id, match.reason) for match in session.scalars(statement)]


def test_the_longest_present_stands_first_with_who_it_may_be_and_why(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert page.index("Siti Aminahh") < page.index("Mr. Nobody")
    assert "This is Siti Aminah" in page
    assert "a similar name" in page
    assert "registered, and missing on that day so far" in page


def test_a_person_who_is_there_already_says_under_which_name(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    let_come(live_session, ("Siti Aminah", "siti@example.org", "14:00:00", "14:30:00"))
    assert "there already as “Siti Aminah”" in desk.get(HERE).text


def test_one_press_decides_and_offers_to_undo(desk: FlaskClient, siti: Person) -> None:
    page = _decide(desk, person_id=siti.id).text
    assert _standing() == [(siti.id, "")]
    assert "“Siti Aminahh” is Siti Aminah." in page
    undo = re.search(r'action="(/desk/decisions/\d+/undo)"', page)
    assert undo is not None
    assert "is open again" in desk.post(undo[1], follow_redirects=True).text
    assert _standing() == []


def test_somebody_is_not_counted_for_a_reason(desk: FlaskClient) -> None:
    page = _decide(desk, exclude="bot").text
    assert _standing() == [(None, "bot")]
    assert "is not counted: A recording bot" in page
    came = desk.get("/desk/live-sessions/may-1/attendance/?show=excluded").text
    assert "A recording bot or note taker" in came


def test_another_person_is_found_by_a_part_of_the_name(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    maya = register(live_session.series, "Maya Gurung", "maya@example.org", "NP")
    page = desk.get(f"/desk/identities/{identity_of(ALIKE[0]).id}/decide?q=gur may").text
    assert f'name="person_id" value="{maya.id}"' in page
    _decide(desk, person_id=maya.id)
    assert _standing() == [(maya.id, "")]


def test_somebody_new_has_the_name_that_was_shown(desk: FlaskClient) -> None:
    page = desk.get(f"/desk/identities/{identity_of('Mr. Nobody').id}/decide").text
    assert 'value="Mr. Nobody"' in page
    _decide(desk, "Mr. Nobody", new="1", name="Noor Body", country="MY")
    person = session.scalars(select(Person).where(Person.name == "Noor Body")).one()
    assert (_standing(), person.country) == ([(person.id, "")], "MY")


def test_somebody_new_without_a_name_is_asked_for_it(desk: FlaskClient) -> None:
    page = _decide(desk, new="1", name=" ")
    assert (page.status_code, "Write the name." in page.text) == (422, True)


def test_the_second_reviewer_is_told_who_decided_what(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person
) -> None:
    _decide(desk, person_id=siti.id)
    page = _decide(client_of(cast.administrator), exclude="bot").text
    assert "Aisyah binti Omar was quicker about “Siti Aminahh”: Siti Aminah." in page
    assert _standing() == [(siti.id, "")]


def test_nobody_decides_by_hand_about_what_came_first_hand(
    desk: FlaskClient, live_session: LiveSession, siti: Person, budi: Person
) -> None:
    service.record_presence(live_session, siti.id, "roll")
    _refused(desk, siti.id, budi)


def test_nobody_decides_by_hand_about_somebody_erased(
    desk: FlaskClient, live_session: LiveSession, siti: Person, budi: Person
) -> None:
    siti_id = siti.id
    let_come(live_session, ("Siti Aminah", "siti@example.org", "14:00:00", "14:30:00"))
    erase_person(siti_id, by=None)
    _refused(desk, siti_id, budi)


def _refused(desk: FlaskClient, person_id: int, other: Person) -> None:
    """Neither the pages offer it, nor can it be done; who came stays who came."""
    [match] = session.scalars(select(Match).where(Match.person_id == person_id))
    one, undo = f"/desk/identities/{match.identity_id}/", f"/desk/decisions/{match.id}/undo"
    decide = f"{one}decide"
    page = desk.get(one).text
    assert (undo in page, decide in page) == (False, False)
    for address, fields in ((undo, {}), (decide, {"person_id": other.id, "seen": match.id})):
        answer = desk.post(address, data=fields, follow_redirects=True).text
        assert "cannot be decided by hand" in answer
    assert _standing() == [(person_id, "")]
    assert session.scalars(select(Attendance.person_id)).all().count(person_id) == 1


def test_nothing_is_decided_without_a_choice(desk: FlaskClient) -> None:
    for fields in ({}, {"person_id": "99999"}, {"exclude": "dislike"}, {"person_id": "9" * 30}):
        assert "Nothing was decided" in _decide(desk, **fields).text
    assert _standing() == []


def test_what_was_decided_is_listed_and_undone_days_later(desk: FlaskClient, siti: Person) -> None:
    _decide(desk, person_id=siti.id)
    page = desk.get(HERE + "?show=decided").text
    assert "is Siti Aminah" in page
    match_id = session.scalars(select(Match.id)).one()
    assert f"/desk/decisions/{match_id}/undo" in page
    assert (
        f"/desk/decisions/{match_id}/undo"
        in desk.get(f"/desk/identities/{identity_of(ALIKE[0]).id}/").text
    )
    desk.post(f"/desk/decisions/{match_id}/undo")
    again = desk.post(f"/desk/decisions/{match_id}/undo", follow_redirects=True).text
    assert "has taken the decision about “Siti Aminahh” back" in again


def test_the_next_week_says_what_was_decided(
    desk: FlaskClient, live_session: LiveSession, siti: Person
) -> None:
    _decide(desk, person_id=siti.id)
    _decide(desk, "Mr. Nobody", exclude="staff")
    following = next_week(live_session)
    let_come(following, ALIKE, (ALIKE[0], "x@example.org", "14:00:00", "14:20:00"), GUEST)
    page = desk.get("/desk/live-sessions/may-2/attendance/review/").text
    assert "decided so in Principles" in page
    assert "not counted in Principles: Staff of the academy" in page


def test_the_way_back_leads_to_the_next_who_is_open(desk: FlaskClient, siti: Person) -> None:
    follows = identity_of("Mr. Nobody").id
    fields = {"person_id": siti.id, "next": follows, "page": 1}
    answer = desk.post(f"/desk/identities/{identity_of(ALIKE[0]).id}/decide", data=fields)
    assert answer.headers["Location"].endswith(f"#identity-{follows}")


def test_whoever_looks_on_hears_of_each_decision(desk: FlaskClient, siti: Person) -> None:
    heard: list[tuple[str, str]] = []
    jobs.plug(lambda *_: None, lambda event, room, _facts: heard.append((event, room)))
    _decide(desk, person_id=siti.id)
    assert ("job.changed", "desk") in heard
    assert 'data-live-job="review:' in desk.get(HERE + "totals").text


def _state_of(page: str) -> dict[str, Any]:
    """Return what a page that is being looked at takes over."""
    found = re.search(r'data-review-state="([^"]+)"', page)
    assert found is not None
    return dict(json.loads(html.unescape(found[1])))


def _follow(page: str) -> str:
    """Return the address that the page asks after each decision."""
    found = re.search(r'data-live-url="([^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_the_totals_say_what_was_decided_meanwhile_and_by_whom(
    desk: FlaskClient, siti: Person
) -> None:
    alike, guest = identity_of(ALIKE[0]).id, identity_of(GUEST[0]).id
    follow = _follow(desk.get(HERE).text)
    assert set(follow.rpartition("on=")[2].split("-")) == {str(alike), str(guest)}
    _decide(desk, person_id=siti.id)
    state = _state_of(desk.get(follow).text)
    words = "Aisyah binti Omar decided meanwhile: Siti Aminah"
    assert state["marks"] == {str(alike): words}
    assert state["counts"] == {"open": "1", "decided": "1", "objections": "0"}
    assert state["said"] == "1 name is open."
    for nonsense in ("x", "-", "9" * 40, f"{guest}-²", "1-" * 500):
        assert desk.get(f"{HERE}totals?on={nonsense}&undo={nonsense}").status_code == 200


def test_each_tab_counts_what_it_leads_to_by_what_the_totals_bring(
    desk: FlaskClient, siti: Person
) -> None:
    _decide(desk, person_id=siti.id)
    page = desk.get(HERE).text
    for name, number in _state_of(page)["counts"].items():
        assert f'data-count="{name}">{number}<' in page


def test_the_last_decision_of_ones_own_is_undone_after_a_reload_too(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person
) -> None:
    _decide(desk, person_id=siti.id)
    _decide(desk, GUEST[0], exclude="bot")
    first, second = session.scalars(select(Match.id).order_by(Match.id))
    assert _undo_of(desk.get(HERE).text) == second
    assert "Your last decision: “Mr. Nobody” is not counted" in desk.get(HERE).text
    assert (
        _undo_of(desk.post(f"/desk/decisions/{second}/undo", follow_redirects=True).text) == first
    )
    assert _undo_of(client_of(cast.administrator).get(HERE).text) is None


def _undo_of(page: str) -> int | None:
    found = re.search(r'data-key="u".*?/desk/decisions/(\d+)/undo', page, re.DOTALL)
    return int(found[1]) if found else None


def test_a_page_hears_that_its_undo_was_done_by_somebody_else(
    desk: FlaskClient, client_of: ClientOf, cast: Cast, siti: Person
) -> None:
    follow = _follow(_decide(desk, person_id=siti.id).text)
    assert not _state_of(desk.get(follow).text)["is_undone"]
    match_id = session.scalars(select(Match.id)).one()
    client_of(cast.administrator).post(f"/desk/decisions/{match_id}/undo")
    assert _state_of(desk.get(follow).text)["is_undone"]


def test_it_costs_five_statements_however_many_are_open(
    desk: FlaskClient, live_session: LiveSession, engine: Engine
) -> None:
    desk.get(HERE)
    with counted(engine) as few:
        desk.get(HERE)
    let_come(
        live_session, *((f"Guest {chr(65 + n)}", "", "14:00:00", "15:00:00") for n in range(26))
    )
    with counted(engine) as many:
        assert "1 to 25 of" in desk.get(HERE).text
    assert len(few) == len(many) <= 5


def test_a_large_room_is_kept_only_until_something_changes(
    desk: FlaskClient, live_session: LiveSession, siti: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "WORTH_KEEPING", 0)
    decide = f"/desk/identities/{identity_of(ALIKE[0]).id}/decide"
    assert decide in desk.get(HERE).text
    _decide(desk, person_id=siti.id)
    assert decide not in desk.get(HERE).text
    let_come(live_session, ("A Late Guest", "", "14:00:00", "15:00:00"))
    assert "A Late Guest" in desk.get(HERE).text
    room.forget()


def test_pages_go_on_and_an_empty_one_leads_back(desk: FlaskClient) -> None:
    assert "Nothing is open on this page" in desk.get(HERE + "?page=7").text
    assert desk.get(HERE + "?page=" + "9" * 40).status_code == 200


def test_when_nobody_is_open_it_says_so(desk: FlaskClient) -> None:
    _decide(desk, exclude="bot")
    assert "Everybody has a name" in _decide(desk, "Mr. Nobody", exclude="other").text


def test_before_any_file_it_offers_to_import_one(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    assert "Nobody knows yet who came" in client_of(cast.organiser).get(HERE).text


def test_the_lists_lead_to_the_review_desk(desk: FlaskClient) -> None:
    page = desk.get("/desk/live-sessions/may-1/attendance/?show=unmatched").text
    assert page.count(f'href="{HERE}"') == 2


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, live_session: LiveSession) -> None:
    assert client.get(HERE).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("who", ["learner", "focal_point", "moderator"])
def test_others_than_organisers_are_not_allowed(
    client_of: ClientOf, cast: Cast, desk: FlaskClient, siti: Person, who: str
) -> None:
    browser = client_of(getattr(cast, who))
    assert browser.get(HERE).status_code == 403
    assert browser.get(f"/desk/identities/{identity_of(ALIKE[0]).id}/decide").status_code == 403
    assert _decide(browser, person_id=siti.id).status_code == 403
    assert _standing() == []


def test_what_does_not_exist_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/desk/live-sessions/none/attendance/review/").status_code == 404
    assert desk.get("/desk/identities/99999/decide").status_code == 404
    assert desk.post("/desk/decisions/99999/undo").status_code == 404


def test_nothing_is_decided_by_looking(desk: FlaskClient) -> None:
    assert desk.get("/desk/decisions/1/undo").status_code == 405
