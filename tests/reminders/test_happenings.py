"""Confirmation, a new time, called off: plans like the others, with texts of their own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from academy.db import session, transaction
from academy.messaging.letters import Letter
from academy.messaging.models import Message
from academy.messaging.service import deliver_due
from academy.people.models import EmailAddress, Person
from academy.programme.models import Series
from academy.programme.service import (
    cancel_live_session,
    cancel_series,
    change_live_session,
    register,
)
from academy.programme.service.live_sessions import LiveSessionFacts
from academy.programme.weekly import to_local
from academy.reminders import texts
from academy.reminders.happenings import WAITING
from academy.reminders.kinds import ALWAYS_ON, CONFIRMED, HAPPENINGS, MOVED
from academy.reminders.models import OwnText
from academy.reminders.placeholders import UnfitText, check
from academy.reminders.service import save_text
from academy.reminders.versions import Which
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody

HERE = "/desk/series/threads/reminders/"
OWN = Letter(
    "Welcome to {{ series }}",
    "Dear {{ name }},\n\nit begins with {{ live_session }}, {{ when }}.\n\n{{ waiting }}\n\n"
    "{{ link }}\n\nAll dates: {{ series_link }}\n",
)


@pytest.fixture
def series(app: object) -> Series:
    """Return a series in a week, of one place."""
    return a_series("threads", capacity=1)


@pytest.fixture
def desk(client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def write(series: Series, kind: str, letter: Letter, cast: Cast, language: str = "en") -> None:
    save_text(Which(series, kind, language), letter, seen=0, actor_id=cast.organiser.id)


def told(kind: str) -> list[tuple[str, str]]:
    """Let leave what is due; return subject and text of those of the kind."""
    deliver_due()
    session.expire_all()
    found = session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id))
    return [(one.subject, one.text) for one in found if one.state == "sent"]


def move(series: Series, by: timedelta) -> None:
    """Move the first live session."""
    one = session.merge(series.live_sessions[0])
    start = to_local(one.starts_at, one.zone) + by
    change_live_session(
        one,
        LiveSessionFacts(title=one.title, start=start, minutes=one.minutes, capacity=one.capacity),
    )


@pytest.mark.parametrize("kind", HAPPENINGS)
@pytest.mark.parametrize("language", texts.languages())
def test_the_academys_own_texts_pass_their_own_check(kind: str, language: str) -> None:
    letter = texts.built_in(kind, language)
    assert check(kind, letter) == letter
    assert "{{ academy }}" in texts.end_of(kind, language)
    assert language in WAITING


def test_a_confirmation_in_the_organisers_words_knows_who_waits(series: Series, cast: Cast) -> None:
    write(series, CONFIRMED, OWN, cast)
    register(somebody("Maya"), series)
    register(somebody("Ana"), series)
    first, second = told(CONFIRMED)
    assert first[0] == "Welcome to Weaving together"
    assert first[1].startswith("Dear Maya,\n\nit begins with Weaving together")
    assert "14:00 in Kuala Lumpur" in first[1]
    assert "/j/" in first[1]
    assert first[1].endswith("The SSE Academy\nhttp://127.0.0.1:8000\n")
    assert [WAITING["en"] in text for _subject, text in (first, second)] == [False, True]


def test_without_own_words_the_academys_leave_as_before(series: Series, cast: Cast) -> None:
    register(somebody("Maya"), series)
    register(somebody("Ana"), series)
    texts_of_both = [text for _subject, text in told(CONFIRMED)]
    assert all("The next live session is:\nWeaving together" in text for text in texts_of_both)
    assert ["on its waiting list" in text for text in texts_of_both] == [False, True]


def test_a_new_time_is_told_in_the_organisers_words_and_that_of_another_language(
    series: Series, cast: Cast
) -> None:
    write(
        series, MOVED, Letter("New: {{ hour }}", "Hi {{ name }}\n\n{{ live_session_link }}"), cast
    )
    register(somebody("Maya"), series)
    with transaction():
        session.merge(cast.other_learner).language = "id"
    register(session.merge(cast.other_learner), series)
    move(series, timedelta(hours=1))
    english, indonesian = told(MOVED)
    assert english[0].startswith("New: ")
    assert "/live-sessions/" in english[1]
    assert indonesian[0].startswith("Waktu baru: ")


def test_moved_there_and_back_and_there_again_everybody_knows_where_it_is(
    series: Series, cast: Cast
) -> None:
    register(somebody("Maya"), series)
    told(CONFIRMED)
    for hours in (1, -1, 1):
        move(series, timedelta(hours=hours))
        told(MOVED)
    letters = told(MOVED)
    assert len(letters) == 3
    assert letters[0] == letters[2]


def test_called_off_is_told_in_own_words_too(series: Series, cast: Cast) -> None:
    write(series, "live_session_cancelled", Letter("Off: {{ live_session }}", "Sorry, {{ name }}."),
          cast)  # fmt: skip
    write(series, "series_cancelled", Letter("All off", "Sorry, {{ name }}: {{ series }}."), cast)
    register(somebody("Maya"), series)
    cancel_live_session(session.merge(series.live_sessions[0]))
    assert told("live_session_cancelled")[0][0].startswith("Off: Weaving together")
    cancel_series(session.merge(series))
    assert told("series_cancelled")[0][1].startswith("Sorry, Maya: Weaving together.")


def test_a_text_that_cannot_be_written_gives_way(series: Series, cast: Cast) -> None:
    with transaction() as current:
        current.add(OwnText(series_id=series.id, kind=CONFIRMED, language="en", version=1,
                            subject="Hello", text="{{ nothing }}"))  # fmt: skip
    register(somebody("Maya"), series)
    assert told(CONFIRMED)[0][0] == "You are registered: Weaving together"
    assert session.scalars(select(OwnText.failure)).one().startswith("UnknownPlaceholder")


@pytest.mark.parametrize(
    ("kind", "letter", "codes"),
    [
        (CONFIRMED, Letter("Hi", "Come."), ["no_link"]),
        (CONFIRMED, Letter("{{ card }}", "{{ link }}"), ["link_in_subject"]),
        (MOVED, Letter("Hi", "{{ link }}"), ["unknown", "no_link"]),
        ("series_cancelled", Letter("Hi", "{{ when }}"), ["unknown"]),
    ],
)
def test_each_kind_has_its_own_placeholders(kind: str, letter: Letter, codes: list[str]) -> None:
    with pytest.raises(UnfitText) as refused:
        check(kind, letter)
    assert [fault.code for fault in refused.value.faults] == codes


def test_the_page_lists_them_and_says_what_always_leaves(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    for words in ("You are registered", "A new time", "A live session is called off"):
        assert words in page
    assert page.count("Always: whoever is not told comes in vain.") == len(ALWAYS_ON)


def test_a_confirmation_can_be_switched_off_and_on(desk: FlaskClient, series: Series) -> None:
    desk.post(f"{HERE}{CONFIRMED}/switch", data={"to": "off"})
    register(somebody("Maya"), series)
    assert told(CONFIRMED) == []
    reason = session.scalars(select(Message.reason).where(Message.kind == CONFIRMED)).one()
    assert reason == "the organisers switched confirmations off"
    desk.post(f"{HERE}{CONFIRMED}/switch", data={"to": "on"})
    register(somebody("Ana"), series)
    assert len(told(CONFIRMED)) == 1


@pytest.mark.parametrize("kind", sorted(ALWAYS_ON))
def test_a_new_time_cannot_be_switched_off(desk: FlaskClient, series: Series, kind: str) -> None:
    answer = desk.post(f"{HERE}{kind}/switch", data={"to": "off"}, follow_redirects=True)
    assert "always leaves" in answer.text
    assert "Switch on" not in answer.text.split("After the end")[0]


@pytest.mark.parametrize("kind", HAPPENINGS)
def test_each_is_previewed_tried_and_listed_without_secrets(
    desk: FlaskClient, series: Series, cast: Cast, kind: str
) -> None:
    registration = register(cast.learner, series)
    deliver_due()
    page = desk.get(f"{HERE}{kind}/preview?person={cast.learner.id}")
    assert page.status_code == 200
    assert "ស្រីមុំ" in page.text
    assert "as if it happened" in page.text
    frame = desk.get(f"{HERE}{kind}/preview/html?person={cast.learner.id}").text
    assert registration is not None
    assert "/j/0" not in page.text + frame
    assert desk.get(f"{HERE}{kind}/readers").status_code == 200
    assert desk.get(f"{HERE}{kind}/text/id").status_code == 200
    sent = desk.post(f"{HERE}{kind}/trial", follow_redirects=True)
    assert "A test is on its way" in sent.text


def test_the_list_says_who_got_it_and_who_would(desk: FlaskClient, series: Series) -> None:
    register(somebody("Maya"), series)
    register(somebody("Ana"), series)
    deliver_due()
    confirmed = desk.get(f"{HERE}{CONFIRMED}/readers").text
    assert (confirmed.count("Maya"), "sent" in confirmed) == (1, True)
    moved = desk.get(f"{HERE}{MOVED}/readers").text
    assert ("Ana" in moved, "would get it" in moved) == (True, True)
    promoted = desk.get(f"{HERE}promoted/readers").text
    assert ("Maya" in promoted, "Ana" in promoted) == (False, True)


def test_figures_count_what_happened(desk: FlaskClient, series: Series) -> None:
    register(somebody("Maya"), series)
    deliver_due()
    move(series, timedelta(hours=1))
    deliver_due()
    page = desk.get(HERE).text
    rows = [page.split(f"{title}</b>")[1].split("</tr>")[0]
            for title in ("You are registered", "A new time")]  # fmt: skip
    assert all('data-label="Sent" class="table__number">1<' in row for row in rows), rows[0][-600:]


def test_the_lists_say_whose_mail_comes_back_and_who_has_no_address(
    desk: FlaskClient, series: Series
) -> None:
    maya, ana = somebody("Maya"), somebody("Ana")
    register(maya, series)
    register(ana, series)
    deliver_due()
    with transaction() as current:
        current.execute(
            update(Message).where(Message.person_id == maya.id)
            .values(state="suppressed", cause="bounced", reason="5.1.1 no such user")
        )  # fmt: skip
        current.execute(delete(EmailAddress).where(EmailAddress.person_id == ana.id))
    for kind in (MOVED, "reminder_one_day"):
        page = desk.get(f"{HERE}{kind}/readers").text
        assert "mail to this address comes back" in page
        assert "5.1.1 no such user" in page
    assert "has no mail address" in desk.get(f"{HERE}{MOVED}/readers").text
