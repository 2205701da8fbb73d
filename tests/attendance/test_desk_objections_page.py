"""The desk of objections: confirming, declining, undoing, two reviewers at once, letters."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from academy.attendance import service
from academy.attendance.models import Attendance, Evidence, Identity, Match, Objection
from academy.attendance.service import Word
from academy.db import session
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.conftest import register
from tests.attendance.zoom_files import Row, zoom_file
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
LIST = "/desk/objections/"
SITI = ("Siti Aminah", "siti@example.org", "14:10:00", "15:30:00")
ZONE = "Asia/Kuala_Lumpur"


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


class Said(NamedTuple):
    """An objection as a reviewer saw it."""

    id: int
    version: int


@pytest.fixture
def said(recent: LiveSession, siti: Person) -> Said:
    """Return what Siti says: that she was there."""
    return _say(recent, siti, "was_there", "With Maya.")


def _say(live_session: LiveSession, person: Person, kind: str, words: str = "") -> Said:
    objection = service.object_to(live_session, person.id, Word(kind, words))
    return Said(objection.id, objection.version)


def _import(live_session: LiveSession, *rows: Row) -> None:
    day = live_session.starts_at.strftime("%m/%d/%Y").encode()
    service.import_attendance(live_session, zoom_file(rows).replace(b"05/02/2020", day), "z.csv")


def _answer(desk: FlaskClient, said: Said, answer: str, /, **fields: object) -> TestResponse:
    if answer in {"declined", "in_words"}:
        fields = {f"{answer}-{name}": value for name, value in fields.items()}
    data = {"seen": said.version, "zone": ZONE, "answer": answer, **fields}
    return desk.post(f"{LIST}{said.id}/answer", data=data, follow_redirects=True)


def _undo(desk: FlaskClient, said: Said) -> TestResponse:
    now_at = _state(said).version
    return desk.post(f"{LIST}{said.id}/undo", data={"seen": now_at}, follow_redirects=True)


def _state(said: Said) -> Objection:
    session.expire_all()
    return session.get_one(Objection, said.id)


def _minutes() -> list[int | None]:
    session.expire_all()
    statement = select(Attendance.minutes).where(Attendance.person_id.is_not(None))
    return list(session.scalars(statement))


def _letters() -> list[str]:
    statement = select(Message.text).filter_by(kind="objection_answered").order_by(Message.id)
    return list(session.scalars(statement))


def test_what_is_open_is_listed_with_who_and_what(desk: FlaskClient, said: Said) -> None:
    page = desk.get(LIST).text
    assert "Siti Aminah" in page
    assert "“I was there”: With Maya." in page
    assert f'href="{LIST}{said.id}/"' in page
    assert "Nothing stands here" in desk.get(LIST + "?show=answered").text


def test_the_review_of_the_live_session_counts_it_and_leads_there(
    desk: FlaskClient, said: Said
) -> None:
    review = "/desk/live-sessions/may-1/attendance/review/"
    assert re.search(
        r'Objections\s*<span class="tabs__count" data-count="objections">1<', desk.get(review).text
    )
    assert "Objections to answer" in desk.get(review + "totals").text
    assert f'href="{LIST}{said.id}/"' in desk.get(review + "?show=objections").text


def test_the_review_still_costs_five_statements(
    desk: FlaskClient, said: Said, engine: Engine
) -> None:
    for show in ("", "?show=objections", "?show=decided"):
        address = f"/desk/live-sessions/may-1/attendance/review/{show}"
        desk.get(address)
        with counted(engine) as statements:
            desk.get(address)
        assert len(statements) <= 5


def test_confirmed_with_times_she_came_for_these_minutes(desk: FlaskClient, said: Said) -> None:
    page = _answer(desk, said, "presence", from_time="14:00", until_time="15:30").text
    assert "Siti Aminah is told: Agreed, counts as present, 90 minutes." in page
    assert _minutes() == [90]
    evidence = session.scalars(select(Evidence)).one()
    assert (evidence.source, _state(said).effects) == ("self_report", {"recorded": [evidence.id]})


def test_the_evidence_leads_back_to_what_was_said(
    desk: FlaskClient, recent: LiveSession, siti: Person
) -> None:
    word = Word("was_there", how="by_phone", from_at=recent.starts_at)
    objection = service.object_to(recent, siti.id, word)
    said = Said(objection.id, objection.version)
    _answer(desk, said, "presence", from_time="14:00", until_time="15:30")
    identity = session.scalars(select(Identity.id)).one()
    page = desk.get(f"/desk/identities/{identity}/").text
    assert f'href="{LIST}{said.id}/"' in page
    assert "By telephone" in page
    assert "14:00 to 15:30" in page
    assert "/undo" not in page


def test_confirmed_without_times_the_minutes_are_not_known(desk: FlaskClient, said: Said) -> None:
    _answer(desk, said, "presence")
    assert _minutes() == [None]


def test_who_stayed_longer_gets_the_union_and_nobody_is_counted_twice(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    _import(recent, SITI)
    said = _say(recent, siti, "stayed_longer")
    _answer(desk, said, "presence", from_time="15:00", until_time="16:30")
    assert _minutes() == [140]


def test_declined_with_a_reason_nothing_changes_and_she_reads_why(
    desk: FlaskClient, said: Said, client_of: ClientOf, siti: Person
) -> None:
    page = _answer(desk, said, "declined").text
    assert "Say why, for they only know what you write." in page
    _answer(desk, said, "declined", reply="Nobody of that room remembers you.")
    assert _minutes() == []
    own = client_of(siti).get("/attendance/may-1/").text
    assert "Not agreed" in own
    assert "Nobody of that room remembers you." in own


def test_each_answer_is_mailed_once_with_the_reply(desk: FlaskClient, said: Said) -> None:
    _answer(desk, said, "presence", reply="Maya says so, too.")
    [letter] = _letters()
    assert "agrees with you" in letter
    assert "They write: Maya says so, too." in letter
    assert "/attendance/may-1/" in letter


def test_an_answer_is_undone_days_later_and_given_anew(desk: FlaskClient, said: Said) -> None:
    page = _answer(desk, said, "presence", from_time="14:00", until_time="15:00").text
    assert f'action="{LIST}{said.id}/undo"' in page
    assert "Undone: it waits for an answer again." in _undo(desk, said).text
    assert (_minutes(), _state(said).state) == ([], "open")
    _answer(desk, Said(said.id, _state(said).version), "declined", reply="It was another week.")
    assert [("agrees" in letter) for letter in _letters()] == [True, False]


def _not_me(live_session: LiveSession, siti: Person) -> Said:
    _import(live_session, SITI)
    return _say(live_session, siti, "not_me")


def test_what_was_not_her_is_parted_from_her_and_not_matched_again(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    said = _not_me(recent, siti)
    identity = session.scalars(select(Identity)).one()
    page = desk.get(f"{LIST}{said.id}/").text
    assert re.search(rf'name="identity" value="{identity.id}" checked', page)
    _answer(desk, said, "not_theirs", identity=identity.id)
    assert _minutes() == []
    service.match_again(recent)
    assert _minutes() == []


def test_parting_is_undone_as_it_was(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    said = _not_me(recent, siti)
    match = session.scalars(select(Match)).one()
    _answer(desk, said, "not_theirs", identity=match.identity_id)
    _undo(desk, said)
    assert _minutes() == [80]
    session.expire_all()
    assert [each.rule for each in session.scalars(select(Match))] == ["email"]


def test_what_a_colleague_decided_since_stays_when_an_answer_is_undone(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
    cast: Cast,
) -> None:
    said = _not_me(recent, siti)
    identity = session.scalars(select(Identity)).one()
    _answer(desk, said, "not_theirs", identity=identity.id)
    maya = register(recent.series, "Maya Gurung", "maya@example.org", "NP").id
    service.decide(identity, maya, seen=None, actor_id=cast.administrator.id)
    assert (
        "What a colleague has decided since about the same device stays." in _undo(desk, said).text
    )
    standing = session.scalars(select(Match.person_id).where(Match.undone_at.is_(None)))
    assert list(standing) == [maya]


def test_a_tick_that_was_not_her_is_withdrawn_and_comes_back(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    service.record_presence(recent, siti.id, "roll")
    said = _say(recent, siti, "not_me")
    identity = session.scalars(select(Identity)).one()
    _answer(desk, said, "not_theirs", identity=identity.id)
    assert _minutes() == []
    _undo(desk, said)
    assert _minutes() == [None]


def test_nobody_is_parted_from_what_is_not_matched_to_them(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    said = _not_me(recent, siti)
    _import(recent, ("Stranger", "", "14:00:00", "15:00:00"))
    stranger = session.scalars(select(Identity).filter_by(shown_name="Stranger")).one()
    for chosen in ([], [stranger.id], [10**30]):
        answer = _answer(desk, said, "not_theirs", identity=chosen)
        assert (answer.status_code, "Tick which of these" in answer.text) == (422, True)
    assert _state(said).state == "open"


def test_something_else_is_answered_in_words(
    desk: FlaskClient,
    recent: LiveSession,
    siti: Person,
) -> None:
    said = _say(recent, siti, "other", "My name is Aminah.")
    assert "Say why" in _answer(desk, said, "in_words").text
    _answer(desk, said, "in_words", reply="It is mended.")
    assert (_state(said).state, _minutes()) == ("confirmed", [])


def test_the_second_reviewer_is_told_and_overwrites_nothing(
    desk: FlaskClient, said: Said, client_of: ClientOf, cast: Cast
) -> None:
    _answer(desk, said, "presence")
    second = _answer(client_of(cast.administrator), said, "declined", reply="No.")
    assert "Aisyah binti Omar was quicker: Agreed. Nothing of yours was kept." in second.text
    assert _minutes() == [None]
    assert len(_letters()) == 1


def test_nobody_answers_what_was_changed_or_taken_back_meanwhile(
    desk: FlaskClient,
    said: Said,
    recent: LiveSession,
    siti: Person,
) -> None:
    who, held = siti.id, recent.id
    service.object_to(recent, who, Word("not_me"))
    assert "They have changed what they say meanwhile." in _answer(desk, said, "presence").text
    service.take_back_objection(session.get_one(LiveSession, held), who)
    assert "They have taken it back meanwhile." in _answer(desk, said, "presence").text
    assert _minutes() == []


def test_an_undone_answer_does_not_come_between_what_she_says_now(
    desk: FlaskClient,
    said: Said,
    recent: LiveSession,
    siti: Person,
) -> None:
    _answer(desk, said, "declined", reply="No.")
    service.object_to(recent, siti.id, Word("was_there", "Maya can tell."))
    assert "They have said something else since" in _undo(desk, said).text
    assert _state(said).state == "declined"


def test_a_second_undo_is_told(desk: FlaskClient, said: Said) -> None:
    _answer(desk, said, "presence")
    version = _state(said).version
    _undo(desk, said)
    again = desk.post(f"{LIST}{said.id}/undo", data={"seen": version}, follow_redirects=True)
    assert "changed what they say meanwhile" in again.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from_time": "09:00"}, "This is outside the time"),
        ({"from_time": "15:00", "until_time": "14:00"}, "The end is not after the beginning."),
        ({"reply": "x" * 501}, "This is longer than 500 signs."),
    ],
)
def test_what_cannot_be_confirmed_is_said_at_the_field(
    desk: FlaskClient, said: Said, fields: dict[str, str], words: str
) -> None:
    answer = _answer(desk, said, "presence", **fields)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_nonsense_is_refused(desk: FlaskClient, said: Said) -> None:
    assert _answer(desk, said, "dislike").status_code == 400
    assert desk.get(LIST + "?show=dislike").status_code == 404
    assert desk.get(f"{LIST}99999/").status_code == 404
    for seen in ("", "x", "9" * 40, "-1"):
        assert "Nothing of yours was kept" in _answer(desk, said, "presence", seen=seen).text


def test_the_list_is_paged_and_costs_the_same(
    desk: FlaskClient,
    said: Said,
    recent: LiveSession,
    engine: Engine,
) -> None:
    desk.get(LIST)
    with counted(engine) as few:
        desk.get(LIST)
    for number in range(26):
        person = register(recent.series, f"Guest {number}", f"guest{number}@example.org")
        service.object_to(recent, person.id, Word("was_there"))
    with counted(engine) as many:
        assert "1 to 25 of 27" in desk.get(LIST).text
    assert len(few) == len(many) <= 4
    assert "26 to 27 of 27" in desk.get(LIST + "?page=2").text


def test_a_page_of_one_costs_few_statements(desk: FlaskClient, said: Said, engine: Engine) -> None:
    desk.get(f"{LIST}{said.id}/")
    with counted(engine) as statements:
        desk.get(f"{LIST}{said.id}/")
    assert len(statements) <= 6


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, said: Said) -> None:
    for address in (LIST, f"{LIST}{said.id}/"):
        assert client.get(address).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("who", ["learner", "focal_point", "moderator"])
def test_others_than_organisers_are_not_allowed(
    client_of: ClientOf, cast: Cast, said: Said, who: str
) -> None:
    browser = client_of(getattr(cast, who))
    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}{said.id}/").status_code == 403
    assert _answer(browser, said, "presence").status_code == 403
    assert browser.post(f"{LIST}{said.id}/undo").status_code == 403
    assert _minutes() == []


def test_nothing_is_answered_by_looking(desk: FlaskClient, said: Said) -> None:
    assert desk.get(f"{LIST}{said.id}/answer").status_code == 405
    assert desk.get(f"{LIST}{said.id}/undo").status_code == 405


def test_an_hour_before_the_start_is_still_near_it(desk: FlaskClient, said: Said) -> None:
    _answer(desk, said, "presence", from_time="13:30", until_time="14:30")
    assert _minutes() == [30]
    evidence = session.scalars(select(Evidence)).one()
    assert evidence.joined_at is not None
    assert evidence.left_at is not None
    assert evidence.left_at - evidence.joined_at == timedelta(hours=1)
