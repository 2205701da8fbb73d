"""Letters to learners: looked over, sent once through the ledger, stopped, and never unwanted."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from academy.db import now, session, transaction
from academy.learning.groups import letters
from academy.learning.groups.models import CourseLetter
from academy.learning.holding import HOLDER
from academy.messaging.kinds import LETTER
from academy.messaging.models import MailChoices, Message
from academy.messaging.ports import Due
from academy.messaging.service import deliver_due
from academy.people.models import EmailAddress, Person
from academy.programme.models import Registration
from academy.programme.ports import keepers
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.learning.group_scene import HERE, Scene, a_group, with_everybody

ClientOf = Callable[[Person], FlaskClient]
LETTERS = "/desk/courses/weaving/letters/"
WORDS = {"title": "Shall we weave on?", "body": "The weft waits.\r\n\r\nAsk me on Saturday."}


@pytest.fixture
def group(app: object) -> Scene:
    """Return a course with one learner for each rule, whom no night keeps waiting."""
    scene = with_everybody(a_group())
    with transaction() as current:
        current.add_all(
            MailChoices(person_id=one.id, quiet_begins=0, quiet_ends=0)
            for one in scene.people.values()
        )
    return scene


@pytest.fixture
def facilitator(group: Scene, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of the facilitator of the series."""
    group.name(cast.learner)
    return client_of(cast.learner)


def _look_over(client: FlaskClient, query: str) -> tuple[str, dict[str, str]]:
    page = client.post(f"{HERE}write?{query}", data=WORDS).text
    fields = re.findall(r'name="(key|seen)" value="(\w+)"', page)
    return page, {**WORDS, **dict(fields)}


def _send(client: FlaskClient, query: str) -> str:
    _page, data = _look_over(client, query)
    return client.post(f"{LETTERS}?{query}", data=data).headers["Location"]


def _planned() -> list[str]:
    names = select(Person.name).join(Message, Message.person_id == Person.id)
    return sorted(session.scalars(names.where(Message.kind == LETTER)))


def test_a_letter_to_a_filter_is_looked_over_then_sent_once(
    group: Scene, facilitator: FlaskClient, cast: Cast
) -> None:
    page, data = _look_over(facilitator, "all=1&show=hand")
    for words in ("Send to 4 people", "Chandra, Dewi, Edi, Farid", "Hello Chandra,", "/mail/…"):
        assert words in page
    assert _planned() == []
    first = facilitator.post(f"{LETTERS}?all=1&show=hand", data=data)
    again = facilitator.post(f"{LETTERS}?all=1&show=hand", data=data)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert _planned() == ["Chandra", "Dewi", "Edi", "Farid"]
    noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "letter.sent")).one()
    assert (noted.actor_id, noted.facts["people"]) == (cast.learner.id, 4)


def test_it_leaves_in_the_readers_language_with_the_authors_own_paragraphs(
    group: Scene, facilitator: FlaskClient, cast: Cast
) -> None:
    dewi = group.people["Dewi"]
    with transaction() as current:
        current.execute(update(Person).where(Person.id == dewi.id).values(language="id"))
    _send(facilitator, f"person={dewi.id}")
    assert deliver_due() == 1
    mail = session.scalars(select(Message).where(Message.kind == LETTER)).one()
    assert mail.state == "sent"
    assert mail.subject == "Shall we weave on?"
    assert mail.text.startswith("Halo Dewi,\n\nThe weft waits.\n\nAsk me on Saturday.\n\nIni dari")
    assert cast.learner.name in mail.text
    assert "Menenun" in mail.text
    assert "Shall we weave on?" in facilitator.get(f"{HERE}{dewi.id}/").text


def test_whoever_wants_no_such_mail_is_left_out_and_counted(
    group: Scene, facilitator: FlaskClient
) -> None:
    people = group.people
    with transaction() as current:
        of = {name: people[name].id for name in people}
        current.execute(
            update(MailChoices).where(MailChoices.person_id == of["Asha"])
            .values(refused=["announcements"])
        )  # fmt: skip
        current.execute(
            update(Registration).where(Registration.person_id == of["Bela"])
            .values(consents={"mail_reminders": False})
        )  # fmt: skip
        current.execute(
            update(EmailAddress).where(EmailAddress.person_id == of["Edi"])
            .values(source="added", verified_at=None)
        )  # fmt: skip
    page, _data = _look_over(facilitator, "all=1")
    assert "Send to 4 people" in page
    for words in ("want no such mails", "agreed to no mail", "no verified address"):
        assert words in page


def test_what_changes_before_it_leaves_is_asked_again(
    group: Scene, facilitator: FlaskClient
) -> None:
    _send(facilitator, "all=1&show=hand")
    chandra, dewi = group.people["Chandra"].id, group.people["Dewi"].id
    with transaction() as current:
        current.execute(
            update(MailChoices).where(MailChoices.person_id == chandra)
            .values(refused=["announcements"])
        )  # fmt: skip
        current.execute(
            update(Registration).where(Registration.person_id == dewi)
            .values(cancelled_at=datetime(2026, 1, 1, tzinfo=UTC))
        )  # fmt: skip
    assert deliver_due() == 2
    reasons = select(Message.reason).where(Message.state == "suppressed")
    assert sorted(session.scalars(reasons)) == [
        "the person does not want such letters", "the registration was taken back",
    ]  # fmt: skip


def test_quiet_hours_are_kept(group: Scene, facilitator: FlaskClient) -> None:
    asha, minute = group.people["Asha"].id, now().hour * 60 + now().minute
    with transaction() as current:
        current.execute(
            update(MailChoices).where(MailChoices.person_id == asha)
            .values(quiet_begins=(minute - 60) % 1440, quiet_ends=(minute + 120) % 1440)
        )  # fmt: skip
    page, _data = _look_over(facilitator, f"person={asha}")
    assert "It is night for all of them" in page
    _send(facilitator, f"person={asha}")
    mail = session.scalars(select(Message).where(Message.kind == LETTER)).one()
    assert mail.due_at > now() + timedelta(minutes=90)
    assert deliver_due() == 0
    due = [Due(mail.id, asha, LETTER, mail.occasion)]
    assert letters.find_sleeping(due) == {mail.id: mail.due_at}


def test_a_letter_stands_in_the_outbox_and_is_stopped(
    group: Scene, facilitator: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    where = _send(facilitator, "all=1&show=hand")
    organiser = client_of(cast.organiser)
    assert "letter to learners" in organiser.get(f"/desk/messages/?kind={LETTER}").text
    page = facilitator.post(f"{where}stop", follow_redirects=True).text
    assert "4 people will not get it." in page
    assert deliver_due() == 0
    assert (
        "Nothing was left to stop" in facilitator.post(f"{where}stop", follow_redirects=True).text
    )
    assert "Shall we weave on?" in facilitator.get(LETTERS).text


def test_a_list_that_changed_is_shown_again_and_nothing_typed_is_lost(
    group: Scene, facilitator: FlaskClient
) -> None:
    _page, data = _look_over(facilitator, "all=1&show=not_begun")
    group.add("Kiran")
    answer = facilitator.post(f"{LETTERS}?all=1&show=not_begun", data=data)
    assert (answer.status_code, _planned()) == (409, [])
    assert "Ask me on Saturday." in answer.text
    assert "Kiran" in answer.text
    empty = facilitator.post(f"{HERE}write?all=1", data={"title": "", "body": "Words"})
    assert empty.status_code == 422
    assert "Write a subject." in empty.text
    assert "Words</textarea>" in empty.text


def test_nobody_is_written_to_whom_one_does_not_see(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    focal, theirs = client_of(cast.focal_point), group.people["Asha"].id
    other = group.people["Gita"].id
    page, _data = _look_over(focal, f"person={theirs}&person={other}&person=x")
    assert "Send to 1 person" in page
    assert "Gita" not in page
    where = _send(focal, f"person={theirs}")
    assert client_of(cast.organiser).get(where).status_code == 200
    group.name(cast.learner)
    assert client_of(cast.learner).get(where).status_code == 404


def test_an_erased_person_takes_a_letter_to_nobody_else_along(
    group: Scene, facilitator: FlaskClient, cast: Cast
) -> None:
    asha = group.people["Asha"].id
    _send(facilitator, f"person={asha}")
    _send(facilitator, "all=1&show=not_begun")
    with transaction():
        HOLDER.let_go(asha)
    assert session.scalar(select(func.count(CourseLetter.id))) == 1
    told = HOLDER.told(cast.learner.id)
    assert [one["subject"] for one in told["letters_to_learners"]] == ["Shall we weave on?"]
    assert told["facilitates"][0]["series"] == "looms"
    assert HOLDER.needed([cast.learner.id], None) == {cast.learner.id}


def test_the_end_of_a_series_forgets_its_letters(group: Scene, facilitator: FlaskClient) -> None:
    _send(facilitator, "all=1")
    counted = [one.count(group.series.id).get("letters_to_learners") for one in keepers()]
    assert 7 in counted
    with transaction():
        for one in keepers():
            one.forget(group.series.id)
    assert _planned() == []
    assert session.scalars(select(CourseLetter)).all() == []
