"""Choosing what to be told: from a mail, in the account, and with the click of a mail program."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from academy.db import session, transaction
from academy.messaging import service
from academy.messaging.choosing import choices_path, unsubscribe_path
from academy.messaging.models import Message
from academy.messaging.service.choices import Choices, read_choices
from academy.people.models import Person
from academy.people.queries import standing_consents
from academy.people.service.consents import choose_consents
from academy.programme.personal_links import Named, link_path
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole

Browse = Callable[[Person], FlaskClient]
NIGHT = {"quiet_begins": "1320", "quiet_ends": "360"}


def test_from_a_mail_one_chooses_without_signing_in(client: FlaskClient, cast: Cast) -> None:
    path = choices_path(cast.learner.id)
    assert "Remind me of live sessions by mail" in client.get(path).text
    assert client.post(path, data=NIGHT).status_code == 303
    assert read_choices(cast.learner.id) == Choices(
        reminders=False, quiet_begins=1320, quiet_ends=360, announcements=False
    )


def test_in_the_account_one_finds_what_stands(client_of: Browse, cast: Cast) -> None:
    client = client_of(cast.learner)
    client.post("/mail/", data={"reminders": "y", **NIGHT})
    page = client.get("/mail/").text
    assert re.search(r'<option[^>]*value="1320"[^>]*selected|selected[^>]*value="1320"', page)
    assert read_choices(cast.learner.id).reminders


@pytest.mark.parametrize(
    "wrong", [{"quiet_begins": "17"}, {"quiet_ends": "-30"}, {"quiet_ends": "x"}]
)
def test_an_hour_that_is_none_is_refused_and_nothing_is_kept(
    client: FlaskClient, cast: Cast, wrong: dict[str, str]
) -> None:
    assert client.post(choices_path(cast.learner.id), data={**NIGHT, **wrong}).status_code == 422
    assert read_choices(cast.learner.id).reminders


def test_one_click_of_a_mail_program_ends_the_reminders_and_keeps_the_hours(
    client: FlaskClient, cast: Cast
) -> None:
    choose_consents(cast.learner.id, ["mail_reminders"])
    path = unsubscribe_path(cast.learner.id)
    for _twice in range(2):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 303
    assert read_choices(cast.learner.id) == Choices(
        reminders=False, quiet_begins=1260, quiet_ends=420
    )
    assert "mail_reminders" not in standing_consents(cast.learner.id)


def test_one_click_ends_announcements_and_leaves_the_reminders(
    client: FlaskClient, cast: Cast
) -> None:
    assert client.post(unsubscribe_path(cast.learner.id, "announcements")).status_code == 303
    standing = read_choices(cast.learner.id)
    assert (standing.reminders, standing.announcements) == (True, False)
    assert client.post(unsubscribe_path(cast.learner.id, "everything")).status_code == 404


def test_a_program_that_follows_every_link_switches_nothing_off(
    client: FlaskClient, cast: Cast
) -> None:
    assert client.get(unsubscribe_path(cast.learner.id)).status_code == 200
    assert read_choices(cast.learner.id).reminders


def test_a_personal_link_opens_no_choices(client: FlaskClient, cast: Cast) -> None:
    token = link_path(Named(cast.learner.id, 1)).split("/")[-1]
    assert client.get(f"/mail/{token}").status_code == 404


def test_the_page_keeps_its_address_to_the_reader(client: FlaskClient, cast: Cast) -> None:
    answer = client.get(choices_path(cast.learner.id))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_guessing_is_slowed_down(client: FlaskClient) -> None:
    answers = [client.get(f"/mail/{number:028}").status_code for number in range(32)]
    assert (answers[0], answers[-1]) == (404, 429)


def _reminder(cast: Cast, kind: str = "reminder_one_day") -> None:
    with transaction() as current:
        current.add(
            Message(
                person_id=cast.learner.id, address="sreymom@example.org", kind=kind,
                occasion="other:1", subject="x", text="y\n", message_id="<1@x.org>",
            )
        )  # fmt: skip


@pytest.fixture
def sent(cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Return what left when a reminder and a sign-in link were due."""
    monkeypatch.setattr("academy.messaging.service.delivery.find_outdated", lambda _due: {})
    monkeypatch.setattr("academy.messaging.service.delivery.find_sleeping", lambda _due: {})
    _reminder(cast)
    values = {"path": "/sign-in/secret", "minutes": 15}
    service.post(cast.learner.id, "sreymom@example.org", "sign_in_link", "token:1", values)
    service.deliver_due()
    session.expire_all()
    return pigeonhole.mails


def test_a_reminder_carries_the_one_click_and_a_sign_in_link_does_not(
    sent: list[EmailMessage], cast: Cast
) -> None:
    by_click = [mail for mail in sent if mail["List-Unsubscribe"]]
    assert len(sent) == 2
    assert [mail["List-Unsubscribe-Post"] for mail in by_click] == ["List-Unsubscribe=One-Click"]
    address = by_click[0]["List-Unsubscribe"].strip("<>")
    assert urlsplit(address).path == unsubscribe_path(cast.learner.id)
