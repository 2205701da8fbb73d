"""The outbox on the desk: who sees what, what is never shown, stopping and trying again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import session, transaction
from academy.lib import jobs
from academy.messaging import moving, service
from academy.messaging.channels import DeliveryRefused
from academy.messaging.models import Message
from academy.messaging.outbox import PAGE, Wanted, read_outbox
from academy.people.models import Person
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole
from tests.statements import counted

ClientOf = Callable[..., FlaskClient]
VALUES = {"path": "/series/x/", "series": "Weaving"}
SECRET = {"path": "/sign-in/secret", "minutes": 15}
STATEMENTS = 5


def plan(cast: Cast, occasion: str = "registration:1:1", **changes: object) -> int:
    """Plan a message to the learner, change its columns, and return its number."""
    kind = str(changes.pop("kind", "cancelled"))
    values: dict[str, object] = (
        {**VALUES} if kind == "cancelled" else {"path": "/sign-in/secret", "minutes": 15}
    )
    number = service.post(cast.learner.id, "sreymom@example.org", kind, occasion, values)
    with transaction() as current:
        message = current.get_one(Message, number)
        for name, value in changes.items():
            setattr(message, name, value)
    return number


def again(number: int) -> Message:
    return session.get_one(Message, number, populate_existing=True)


@pytest.fixture
def organiser(cast: Cast, client_of: ClientOf) -> FlaskClient:
    return client_of(cast.organiser)


def test_every_message_is_listed_with_its_state_and_why(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    plan(cast, state="suppressed", cause="missed", perhaps_twice=True)
    page = organiser.get("/desk/messages/").text
    assert "You are no longer registered: Weaving" in page
    assert "ស្រីមុំ" in page
    assert "too late" in page
    assert "perhaps twice" in page


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("whom=sreymom", True), ("whom=SREYMOM", True), ("whom=ស្រី", True), ("whom=bishnu", False),
     ("kind=cancelled", True), ("kind=moved", False), ("show=waiting", True), ("show=sent", False),
     ("live_session=17", True), ("live_session=1", False), ("show=waiting&sort=next", True)],
)  # fmt: skip
def test_it_is_searched_filtered_and_sorted(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, query: str, *, is_there: bool
) -> None:
    plan(cast, "live-session:17:20310503T0600")
    page = organiser.get(f"/desk/messages/?{query}").text
    assert ("no longer registered" in page) is is_there


@pytest.mark.parametrize("query", ["show=other", "kind=other"])
def test_what_there_is_not_is_404(organiser: FlaskClient, query: str) -> None:
    assert organiser.get(f"/desk/messages/?{query}").status_code == 404


@pytest.mark.parametrize("after", ["x", "1", "1,", "1,2026", "-1,2026-01-01T00:00:00Z", "9" * 40])
def test_a_strange_place_to_begin_is_the_beginning(organiser: FlaskClient, after: str) -> None:
    assert organiser.get("/desk/messages/", query_string={"after": after}).status_code == 200


@pytest.mark.parametrize("query", ["", "show=waiting&sort=next"])
def test_pages_follow_one_another_without_a_gap(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, query: str
) -> None:
    numbers = {plan(cast, f"token:{each}") for each in range(PAGE + 3)}
    first = organiser.get(f"/desk/messages/?{query}").text
    onward = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = organiser.get(onward).text
    shown = [{n for n in numbers if f'/desk/messages/{n}"' in page} for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (PAGE, 3)
    assert shown[0] | shown[1] == numbers


def test_no_secret_is_shown_and_other_words_are(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    secret, plain = plan(cast, "token:1", kind="sign_in_link"), plan(cast)
    assert "/sign-in/secret" not in organiser.get(f"/desk/messages/{secret}").text
    assert "your registration for Weaving" in organiser.get(f"/desk/messages/{plain}").text


def test_a_focal_point_sees_the_people_of_her_countries_only(
    client_of: ClientOf, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message, focal = plan(cast), client_of(cast.focal_point)
    assert "no longer registered" not in focal.get("/desk/messages/").text
    assert focal.get(f"/desk/messages/{message}").status_code == 404
    with transaction() as current:
        current.get_one(Person, cast.learner.id).country = "NP"
    assert "no longer registered" in focal.get("/desk/messages/").text
    assert focal.post(f"/desk/messages/{message}/stop").status_code == 403


def test_what_waits_is_stopped_and_the_log_says_by_whom(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    organiser.post(f"/desk/messages/{message}/stop")
    assert (service.deliver_due(), pigeonhole.mails) == (0, [])
    assert (again(message).state, again(message).cause) == ("suppressed", "stopped")
    noted = select(AuditEntry.actor_id).where(AuditEntry.action == "message.stop")
    assert session.scalars(noted).one() == cast.organiser.id


def test_what_has_left_cannot_be_stopped(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    service.deliver_due()
    page = organiser.post(f"/desk/messages/{message}/stop", follow_redirects=True).text
    assert "It had left already" in page
    assert again(message).state == "sent"


def test_what_was_refused_is_tried_again_at_the_address_of_today(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast, address="old@example.org")
    pigeonhole.trouble = DeliveryRefused("550 no such user")
    service.deliver_due()
    pigeonhole.trouble = None
    assert "550 no such user" in organiser.get(f"/desk/messages/{message}").text
    organiser.post(f"/desk/messages/{message}/resend")
    service.deliver_due()
    assert (again(message).state, again(message).attempts) == ("sent", 1)
    assert pigeonhole.mails[0]["To"] == "sreymom@example.org"
    noted = select(AuditEntry.actor_id).where(AuditEntry.action == "message.resend")
    assert session.scalars(noted).one() == cast.organiser.id


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "sent", "sent_at": datetime.now(UTC), "kind": "sign_in_link"},
        {"state": "sent", "sent_at": datetime.now(UTC),
         "expires_at": datetime.now(UTC) - timedelta(hours=1)},
        {"state": "suppressed", "cause": "outdated"},
        {"state": "suppressed", "cause": "missed",
         "expires_at": datetime.now(UTC) - timedelta(hours=1)},
        {"state": "suppressed", "cause": "given_up", "kind": "sign_in_link"},
    ],
)  # fmt: skip
def test_what_arrived_or_is_over_is_not_tried_again(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, changes: dict[str, Any]
) -> None:
    message = plan(cast, **changes)
    page = organiser.get(f"/desk/messages/{message}").text
    assert "Try it again" not in page
    assert "once more" not in page
    answer = organiser.post(f"/desk/messages/{message}/resend", follow_redirects=True)
    assert "makes no sense" in answer.text
    assert (service.deliver_due(), pigeonhole.mails) == (0, [])


def test_what_was_sent_is_sent_once_more_as_a_mail_of_its_own(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    message = plan(cast)
    service.deliver_due()
    assert "Send it once more" in organiser.get(f"/desk/messages/{message}").text
    organiser.post(f"/desk/messages/{message}/resend")
    service.deliver_due()
    first, second = pigeonhole.mails
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Subject"] == second["Subject"]
    assert (again(message).state, again(message).perhaps_twice) == ("sent", False)
    service.deliver_due()
    assert len(pigeonhole.mails) == 2


def test_a_page_takes_few_statements_however_many_there_are(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, engine: Engine
) -> None:
    for each in range(PAGE + 5):
        plan(cast, f"token:{each}")
    organiser.get("/desk/messages/")
    with counted(engine) as statements:
        organiser.get("/desk/messages/?whom=sreymom&show=waiting")
    assert len(statements) <= STATEMENTS, statements


def test_counts_are_of_what_fits(cast: Cast, pigeonhole: Pigeonhole) -> None:
    plan(cast, "token:1"), plan(cast, "token:2", state="sent", sent_at=datetime.now(UTC))
    counts = read_outbox(cast.organiser, Wanted(whom="sreymom")).counts
    assert (counts["all"], counts["waiting"], counts["sent"]) == (2, 1, 1)


@pytest.mark.parametrize("role", ["learner", "moderator"])
def test_the_wrong_role_is_told_so(client_of: ClientOf, cast: Cast, role: str) -> None:
    assert client_of(getattr(cast, role)).get("/desk/messages/").status_code == 403


def test_a_stranger_is_sent_to_sign_in_and_posting_to_the_list_is_405(
    client: FlaskClient, organiser: FlaskClient
) -> None:
    assert "/sign-in" in client.get("/desk/messages/").headers["Location"]
    assert organiser.post("/desk/messages/").status_code == 405


def test_a_search_that_finds_most_people_gives_the_same_page_without_counts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [plan(cast, f"registration:{each}:1") for each in range(3)]
    plan(cast, "registration:9:1", person_id=cast.organiser.id)
    narrow = read_outbox(cast.organiser, Wanted(whom="SREYMOM@"))
    monkeypatch.setattr("academy.messaging.outbox.MOST_PEOPLE", 0)
    broad = read_outbox(cast.organiser, Wanted(whom="SREYMOM@"))
    assert [line.message.id for line in broad.lines] == numbers[::-1]
    assert [line.message.id for line in narrow.lines] == numbers[::-1]
    assert (narrow.counts["all"], broad.counts) == (3, {})


def test_more_than_anybody_counts_are_not_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in range(3):
        plan(cast, f"live-session:7:{each}")
    monkeypatch.setattr("academy.messaging.outbox.MOST_COUNTED", 2)
    assert read_outbox(cast.organiser, Wanted(live_session=7)).counts == {}
    assert read_outbox(cast.organiser, Wanted()).counts["all"] == 3


def test_what_waits_is_told_in_order_whatever_its_state(cast: Cast) -> None:
    at = datetime(2026, 5, 2, 6, tzinfo=UTC)
    states = ("failed", "planned", "claimed", "planned", "sent")
    numbers = [
        plan(cast, f"live-session:7:{each}", state=state, due_at=at - timedelta(hours=each))
        for each, state in enumerate(states)
    ][:4]
    newest = read_outbox(cast.organiser, Wanted(show="waiting"))
    assert [line.message.id for line in newest.lines] == numbers[::-1]
    next_ones = read_outbox(cast.organiser, Wanted(show="waiting", sort="next"))
    assert [line.message.id for line in next_ones.lines] == numbers[::-1]
    after = (numbers[2], at - timedelta(hours=2))
    rest = read_outbox(cast.organiser, Wanted(show="waiting", sort="next", after=after))
    assert [line.message.id for line in rest.lines] == numbers[1::-1]


def test_whoever_looks_on_is_told_that_messages_left_and_not_which(
    organiser: FlaskClient, cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(moving, "_said_at", {})
    jobs.plug(lambda *_job: None, lambda *news: told.append(news))
    plan(cast)
    service.deliver_due()
    assert told == [("job.changed", jobs.DESK, {"id": "outbox"})]
    page = organiser.get("/desk/messages/?show=sent").text
    assert 'data-live-url="/desk/messages/?show=sent" data-live-job="outbox"' in page
