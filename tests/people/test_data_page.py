"""One's own data: taken away as a file, and erased; the figures of what has been stay true."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy.attendance.models import Attendance, Identity, Match
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service import exclude, match_series_again, undo_decision
from academy.db import now, session, transaction
from academy.figures.queries import find_head, read_ledger, report_attendance, report_registrations
from academy.messaging.models import Message
from academy.people.commands import people
from academy.people.models import Person, SignIn
from academy.people.service import create_person, grant_role
from academy.people.service.erasing import NAMELESS, erase_person
from academy.people.service.roles import LastAdministrator
from academy.programme.models import LiveSession, Place, Registration
from academy.programme.personal_links import link_path
from academy.programme.service import register
from academy.programme.service.retention import run_retention
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.everything import find_anywhere
from tests.programme.held_series import Held, hold_series, keep_for_six_months
from tests.programme.scenes import a_series, somebody

ClientOf = Callable[[Person], FlaskClient]
#: What of the learner and of Siti stands in the database before they are erased.
OF_SITI = ("Siti Aminah", "siti.aminah@private.example", "Looms of Ampang", "because of my mother")


@pytest.fixture
def held(cast: Cast) -> Held:
    """Return a series that was held, with everything that people leave in it."""
    return hold_series(cast)


def _figures() -> tuple[dict[str, Any], dict[str, Any]]:
    head = find_head("may")
    assert head is not None
    ledger = read_ledger(head)
    registrations, attendance = report_registrations(ledger), report_attendance(ledger)
    return {**registrations, "as_of": ""}, {**attendance, "as_of": ""}


def _siti() -> Person:
    return session.scalars(select(Person).where(Person.name == "Siti Aminah")).one()


def test_the_file_holds_what_every_area_knows(held: Held, client_of: ClientOf) -> None:
    answer = client_of(held.learner).get("/account/data/file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"].startswith("no-store")
    document: Any = answer.json
    assert document["person"]["name"] == "ស្រីមុំ"
    assert [one["address"] for one in document["addresses"]] == ["sreymom@example.org"]
    assert document["registrations"][0]["answers"] == {"Why?": "To weave"}
    assert document["attendances"][0]["minutes"] == 90
    cells = [fact["cells"] for one in document["seen_as"] for fact in one["evidence"]]
    assert any(each.get("User Email") == "sreymom@example.org" for each in cells)
    assert "registered" in {one["kind"] for one in document["messages"]}
    assert "sign_in.succeeded" in {one["action"] for one in document["log"]}


def test_the_file_names_nobody_else_and_no_secret(held: Held, client_of: ClientOf) -> None:
    text = client_of(held.learner).get("/account/data/file").text
    for word in ("Siti", "Budi", "Maya", "aisyah@", "token_hash", "password_hash", "$argon2"):
        assert word not in text


def test_the_page_shows_how_much_there_is(held: Held, client_of: ClientOf) -> None:
    page = client_of(held.learner).get("/account/data").text
    assert "Take all of it as a file" in page
    assert "See what goes, and erase me" in page


def test_a_proof_that_is_not_fresh_is_asked_for_anew(held: Held, client_of: ClientOf) -> None:
    browser = client_of(held.learner)
    with transaction():
        for entry in session.scalars(select(SignIn)):
            entry.proved_at = now() - timedelta(hours=1)
    for path in ("/account/data", "/account/data/file", "/account/erasure"):
        assert "/account/proof" in browser.get(path).location
    assert "/account/proof" in browser.post("/account/erasure", data={"sure": "y"}).location
    assert session.scalar(select(Person.erased_at).where(Person.id == held.learner.id)) is None


def test_nobody_is_erased_without_saying_that_they_are_sure(
    held: Held, client_of: ClientOf
) -> None:
    assert client_of(held.learner).post("/account/erasure", data={}).status_code == 422
    assert session.get_one(Person, held.learner.id).name == "ស្រីមុំ"


def test_whoever_erases_herself_is_gone_everywhere_and_the_figures_stay(
    held: Held, client_of: ClientOf
) -> None:
    before = _figures()
    browser = client_of(held.learner)
    answer = browser.post("/account/erasure", data={"sure": "y"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert "/sign-in" in browser.get("/account/").location
    assert find_anywhere(["ស្រីមុំ", "sreymom@example.org", "To weave"]) == []
    assert _figures() == before


def test_counting_anew_after_an_erasure_comes_to_the_same(held: Held) -> None:
    before = _figures()
    erase_person(_siti().id, by=None)
    assert _figures() == before
    match_series_again(held.series.id)
    assert _figures() == before
    recompute_series(held.series.id)
    session.expire_all()
    assert _figures() == before


def test_nothing_of_somebody_without_an_account_is_left(held: Held, cast: Cast) -> None:
    siti = _siti()
    erase_person(siti.id, by=cast.administrator.id)
    left = find_anywhere(OF_SITI)
    assert {table for table, _column, _word in left} <= {"uploaded_files", "offered_files",
                                                         "listening_points"}  # fmt: skip
    person = session.get_one(Person, siti.id)
    assert (person.name, person.country, person.addresses) == (NAMELESS, "MY", [])
    assert session.scalar(select(func.count(Attendance.id)).where(Attendance.person_id == siti.id))
    assert session.scalars(select(AuditEntry.action)).all().count("person.erased") == 1


def test_whoever_waits_gets_the_place_of_somebody_erased(cast: Cast) -> None:
    series = a_series("full", capacity=1)
    register(cast.learner, series)
    waiting = somebody()
    register(waiting, series)
    erase_person(cast.learner.id, by=None)
    [place] = session.scalars(select(Place))
    assert (place.state, place.registration.person_id) == ("going", waiting.id)
    assert session.get(Person, cast.learner.id) is None
    assert session.scalars(select(Message.kind)).all().count("cancelled") == 0


def test_in_a_series_that_goes_on_what_was_held_still_counts(cast: Cast) -> None:
    series = a_series("begun", weeks=2, capacity=5, in_days=-3)
    with transaction():
        session.add(Registration(series_id=series.id, person_id=cast.learner.id))
        session.flush()
        registration = session.scalars(select(Registration)).one()
        for live_session in series.live_sessions:
            place = Place(registration_id=registration.id, live_session_id=live_session.id,
                          state="going")  # fmt: skip
            session.add(place)
            live_session.places_taken = 1
    erase_person(cast.learner.id, by=None)
    session.expire_all()
    taken = session.scalars(select(LiveSession.places_taken).order_by(LiveSession.number)).all()
    assert taken == [1, 0]
    head = find_head("begun")
    assert head is not None
    first, second = report_attendance(read_ledger(head))["live_sessions"]
    assert (first["registered"], second["registered"]) == (1, 0)


def test_the_last_administrator_stays(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post("/account/erasure", data={"sure": "y"})
    assert (answer.status_code, "the last administrator" in answer.text) == (409, True)
    with pytest.raises(LastAdministrator):
        erase_person(cast.administrator.id, by=None)
    assert session.get_one(Person, cast.administrator.id).name == "Tenzin"


def test_one_of_two_administrators_may_go_and_her_decisions_stand(held: Held, cast: Cast) -> None:
    other = create_person("Other", "other@example.org", is_verified=True)
    grant_role(other, "administrator")
    assert cast.administrator.id
    erase_person(other.id, by=other.id)
    assert session.get(Person, other.id) is None


def test_what_an_organiser_decided_stands_when_she_is_erased(held: Held, cast: Cast) -> None:
    organiser_id = cast.organiser.id
    _let_her_decide_everything(organiser_id)
    before = _standing()
    erase_person(organiser_id, by=None)
    for _ in range(2):  # the second time would see what the first one took back
        match_series_again(held.series.id)
    assert _standing() == before
    assert session.get_one(Person, organiser_id).name == NAMELESS


def _let_her_decide_everything(actor_id: int) -> None:
    """Part Siti from what the ladder is certain of, and leave out one whom nobody knows."""
    for match in session.scalars(select(Match).where(Match.person_id == _siti().id)).all():
        undo_decision(match, actor_id)
    unknown = select(Identity).where(Identity.shown_name == "Nobody Known").limit(1)
    exclude(session.scalars(unknown).one(), "other", seen=None, actor_id=actor_id)


def _standing() -> list[Any]:
    statement = select(Match.identity_id, Match.person_id, Match.rule)
    return list(session.execute(statement.where(Match.undone_at.is_(None)).order_by(Match.id)))


def test_a_nameless_decider_goes_with_the_series(held: Held, cast: Cast) -> None:
    organiser_id = cast.organiser.id
    erase_person(organiser_id, by=None)
    assert session.get(Person, organiser_id) is not None
    keep_for_six_months(held.series)
    run_retention()
    assert session.get(Person, organiser_id) is None


def test_erasing_twice_is_erasing_once(held: Held) -> None:
    siti = _siti()
    erase_person(siti.id, by=None)
    before = _figures()
    erase_person(siti.id, by=None)
    assert _figures() == before


def test_the_desk_lists_nobody_who_was_erased(held: Held, cast: Cast, client_of: ClientOf) -> None:
    siti = _siti()
    erase_person(siti.id, by=None)
    desk = client_of(cast.organiser)
    assert desk.get(f"/desk/people/{siti.id}").status_code == 404
    assert "Siti" not in desk.get("/desk/people/").text
    came = desk.get("/desk/live-sessions/may-1/attendance/")
    assert (came.status_code, "Siti" in came.text) == (200, False)
    assert "Siti" not in desk.get("/desk/series/may/registrants/").text


def test_the_same_name_in_another_week_is_nobody_known_then(held: Held) -> None:
    erase_person(_siti().id, by=None)
    names = session.scalars(select(Identity.shown_name)).all()
    assert "Siti Aminah" not in names
    assert "" in names


@pytest.mark.parametrize("path", ["/account/data", "/account/data/file", "/account/erasure"])
def test_nobody_signed_in_is_sent_to_sign_in(client: FlaskClient, path: str) -> None:
    assert "/sign-in" in client.get(path).location
    assert client.delete(path).status_code == 405


@pytest.fixture
def command(held: Held, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a command line that speaks to the database of the test."""
    monkeypatch.setattr("academy.people.commands.open_database", lambda: None)
    return CliRunner()


def test_the_commands_serve_whoever_asks_by_letter(command: CliRunner) -> None:
    found = command.invoke(people, ["export", "siti.aminah@private.example"]).output
    assert json.loads(found)["registrations"][0]["answers"]
    number = _siti().id
    assert command.invoke(people, ["erase", str(number)], input="n\n").exit_code == 1
    answer = json.loads(command.invoke(people, ["erase", str(number), "--yes", "--json"]).output)
    assert answer == {"id": number, "erased": True}
    assert command.invoke(people, ["export", "siti.aminah@private.example"]).exit_code == 1


def test_the_personal_link_of_somebody_erased_opens_nothing(
    cast: Cast, client: FlaskClient
) -> None:
    registration = register(cast.learner, a_series(), source="desk")
    path = link_path(registration)
    assert client.get(path).status_code == 200
    erase_person(cast.learner.id, by=None)
    assert client.get(path).status_code in {404, 410}
