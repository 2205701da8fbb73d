"""The desk pages of announcements: from a draft to the last mail, and what may go wrong."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update

from academy.db import session, transaction
from academy.messaging.choosing import choices_path
from academy.messaging.letters import Letter
from academy.messaging.models import MailChoices, Message
from academy.messaging.service import deliver_due
from academy.people.models import Person
from academy.programme.models import Series
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import save_segment
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.reminders.announcements.drafts import HALO, HELLO, a_draft, joined, messages, send
from tests.statements import counted

HERE = "/desk/series/threads/announcements/"
NOON = datetime(2030, 5, 1, 4, tzinfo=UTC)  # 12:00 in Kuala Lumpur
Browse = Callable[[Person], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> object:
    """Stand at noon in Kuala Lumpur."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def series(cast: Cast, clock: object) -> Series:
    """Return a series with three registrants, one of them of Nepal."""
    series = a_series("threads")
    joined(series, "Siti")
    joined(series, "Maya Gurung", "Asia/Kathmandu", country="NP")
    joined(series, "Ana", "America/Sao_Paulo", country="BR", language="pt-BR")
    return series


@pytest.fixture
def desk(client_of: Browse, cast: Cast, series: Series) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


@pytest.fixture
def ready(series: Series, cast: Cast) -> Announcement:
    """Return a draft that could be sent."""
    return a_draft(series, cast.organiser)


def _newest() -> Announcement:
    session.expire_all()
    return (
        session.scalars(select(Announcement).order_by(Announcement.id.desc())).first()
        or Announcement()
    )


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen|list)" value="([^"]*)"', page))


def test_from_the_desk_of_the_series_to_the_last_mail(desk: FlaskClient, cast: Cast) -> None:
    assert f'href="{HERE}"' in desk.get("/desk/series/threads/").text
    assert "No announcement yet" in desk.get(HERE).text
    who = desk.post(HERE).headers["Location"]
    page = desk.post(
        who, data={"countries": ["NP", "BR"], "do": "next"}, follow_redirects=True
    ).text
    assert "Everybody registered, from Nepal or Brazil" in page
    assert "2 people get it" in page
    assert "Nothing is written yet" in page
    one = f"{HERE}{_newest().id}"
    words = {"seen": "0", "subject": "Bring a needle", "text": "Dear {{ name }},\n\nbring one.\n"}
    desk.post(f"{one}/text/en", data=words)
    desk.post(f"{one}/when", data={"when": "local", "local_at": "2030-05-01T15:00"})
    page = desk.get(f"{one}/confirm").text
    for said in (
        "What has left cannot be called back", "Send to 2 people", "15:00 in Kathmandu",
        "Dear Aisyah binti Omar", "in English, for there is no text in theirs: Portuguese",
    ):  # fmt: skip
        assert said in page
    answer = desk.post(f"{one}/confirm", data=_hidden(page), follow_redirects=True)
    assert "it goes to 2 people" in answer.text
    assert "waits for its hours" in answer.text
    with time_machine.travel(datetime(2030, 5, 1, 10, tzinfo=UTC), tick=False):
        deliver_due()
        page = desk.get(one).text
    assert "1 of 2 are settled: 1 sent, 0 not sent" in " ".join(page.split())
    assert "under way" not in page
    with time_machine.travel(datetime(2030, 5, 1, 19, tzinfo=UTC), tick=False):
        deliver_due()
        page = desk.get(one).text
    assert "Everything has left" in page
    assert "data-live-url" not in page
    assert messages(_newest())["Maya Gurung"].state == "sent"


def test_the_list_says_each_ones_hour_language_and_why_somebody_is_left_out(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    maya = session.scalars(select(Person).where(Person.name == "Maya Gurung")).one()
    with transaction() as current:
        current.add(MailChoices(person_id=maya.id, refused=["announcements"]))
    draft = a_draft(series, cast.organiser, en=HELLO, id=HALO)
    page = desk.get(f"{HERE}{draft.id}/recipients").text
    assert "Maya" not in page
    assert "12:00 in Kuala Lumpur" in page
    assert "07:00 in Sao Paulo" in page
    assert "when their quiet hours end" in page
    assert "reads Portuguese" in page
    page = desk.get(f"{HERE}{draft.id}/recipients?show=left_out").text
    assert "unsubscribed from announcements" in page
    assert "Siti" not in page
    assert "Siti" in desk.get(f"{HERE}{draft.id}/recipients?show=all&q=sit").text
    assert "Nobody of that name" in desk.get(f"{HERE}{draft.id}/recipients?q=zzz").text
    assert desk.get(f"{HERE}{draft.id}/recipients?show=everything").status_code == 404


def test_a_double_click_a_second_window_and_the_back_button_send_it_once(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    one = f"{HERE}{draft.id}"
    shown = _hidden(desk.get(f"{one}/confirm").text)
    answers = [desk.post(f"{one}/confirm", data=shown) for _click in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert (
        session.scalar(select(func.count(Message.id)).where(Message.occasion == draft.occasion))
        == 3
    )
    for page in ("confirm", "who", "when", "text/en", "recipients"):
        answer = desk.get(f"{one}/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (303, one)
    assert desk.post(f"{one}/discard").headers["Location"] == one
    assert _newest().state == "confirmed"


def test_a_list_that_changed_since_it_was_seen_is_shown_again(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    shown = _hidden(desk.get(f"{HERE}{draft.id}/confirm").text)
    joined(series, "Late")
    answer = desk.post(f"{HERE}{draft.id}/confirm", data=shown)
    assert answer.status_code == 409
    assert "something has changed since you looked" in answer.text
    assert "Send to 4 people" in answer.text
    assert messages(draft) == {}
    assert desk.post(f"{HERE}{draft.id}/confirm", data=_hidden(answer.text)).status_code == 303


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("Hello {{ nmae }}", "x", "There is no placeholder {{ nmae }}"),
        ("Two\nlines", "x", "A subject is one line"),
        ("", "x", "Write a subject"),
        ("x", "", "Write a text"),
        ("x", "Begins {{ here", "stands alone"),
        ("{{ link }}", "x", "secret of the reader"),
        ("x", "x" * 60_000, "at most 5000 letters"),
        ("x", "see {{ when }}", "There is no placeholder {{ when }}"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: FlaskClient, ready: Announcement, subject: str, text: str, said: str
) -> None:
    draft = ready
    data = {"seen": "1", "subject": subject, "text": text}
    answer = desk.post(f"{HERE}{draft.id}/text/en", data=data)
    page = answer.text.replace("&#39;", "'").replace("&quot;", '"')
    assert answer.status_code == 422
    assert said in page
    assert text in page
    assert _newest().texts[0].subject == HELLO.subject


def test_two_windows_do_not_overwrite_one_another(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    where = f"{HERE}{draft.id}/text/en"
    first = {"seen": "1", "subject": "Theirs", "text": "theirs"}
    assert desk.post(where, data=first).status_code == 303
    answer = desk.post(where, data={"seen": "1", "subject": "Mine", "text": "mine"})
    assert answer.status_code == 409
    for words in ("Theirs", 'value="Mine"', "changed meanwhile"):
        assert words in answer.text
    again = {"seen": "2", "subject": "Both", "text": "both"}
    assert desk.post(where, data=again).status_code == 303


def test_a_text_is_shown_before_it_is_saved(desk: FlaskClient, series: Series, cast: Cast) -> None:
    draft = a_draft(series, cast.organiser, Segment(series.live_sessions[0].id))
    data = {"seen": "1", "subject": "On {{ hour }}", "text": "Come {{ name }}", "do": "preview"}
    page = desk.post(f"{HERE}{draft.id}/text/en", data=data).text
    assert "Come Aisyah binti Omar" in page
    assert "You get this because you registered for Weaving together" in page
    assert choices_path(cast.organiser.id) not in page
    assert _newest().texts[0].subject == HELLO.subject


def test_a_placeholder_that_fits_no_more_stands_in_the_way(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    when = Letter("On {{ hour }}", "Come {{ when }}")
    draft = a_draft(series, cast.organiser, Segment(series.live_sessions[0].id), en=when)
    assert "Send to 3 people" in desk.get(f"{HERE}{draft.id}/confirm").text
    save_segment(draft.id, Segment())
    page = desk.get(f"{HERE}{draft.id}/confirm").text
    assert "a placeholder that does not fit" in page
    assert "Send to" not in page
    assert desk.post(f"{HERE}{draft.id}/confirm", data={"seen": "9"}).status_code == 422
    assert "nothing to show yet" in desk.get(f"{HERE}{draft.id}/preview").text


def test_a_segment_without_anybody_is_said_and_not_sent(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    page = desk.post(f"{HERE}{draft.id}/who", data={"who": ["waiting"], "do": "count"},
                     follow_redirects=True).text  # fmt: skip
    assert "Those who wait for a place" in page
    assert "Nobody would get it" in desk.get(f"{HERE}{draft.id}/confirm").text
    wrong = {"who": ["everybody"], "countries": ["XX"], "live_session": "77"}
    assert desk.post(f"{HERE}{draft.id}/who", data=wrong).status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"when": "local"}, "Give the day and the hour"),
        ({"when": "local", "local_at": "2030-04-30T09:00"}, "This has passed already"),
        ({"when": "local", "local_at": "2040-04-30T09:00"}, "more than a year ahead"),
        ({"when": "local", "local_at": "soon"}, "Not a valid datetime value"),
        ({"when": "now", "of_use_until": "2030-05-01T11:00"}, "This has passed already"),
        ({"when": "never"}, "Not a valid choice"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_where_it_was_typed(
    desk: FlaskClient, series: Series, cast: Cast, data: dict[str, str], said: str
) -> None:
    draft = a_draft(series, cast.organiser)
    answer = desk.post(f"{HERE}{draft.id}/when", data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert (_newest().local_at, _newest().of_use_until) == ("", None)


def test_an_hour_of_use_is_read_on_the_clock_of_the_series(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    data = {"when": "now", "of_use_until": "2030-05-01T17:00"}
    assert desk.post(f"{HERE}{draft.id}/when", data=data).status_code == 303
    assert _newest().of_use_until == datetime(2030, 5, 1, 9, tzinfo=UTC)
    assert 'value="2030-05-01T17:00"' in desk.get(f"{HERE}{draft.id}/when").text
    page = desk.get(f"{HERE}{draft.id}/recipients?show=left_out").text
    assert "quiet hours, until it is of no use any more" in page  # 07:00 in São Paulo is 18:00


def test_a_preview_is_any_registrants_without_their_secrets(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser, en=HELLO, id=HALO)
    maya = session.scalars(select(Person).where(Person.name == "Maya Gurung")).one()
    assert f"person={maya.id}" in desk.get(f"{HERE}{draft.id}/preview?q=gur").text
    for page in ("preview", "preview/html"):
        shown = desk.get(f"{HERE}{draft.id}/{page}?person={maya.id}").text
        assert "Hello Maya Gurung" in shown
        assert "/j/…" in shown
        assert choices_path(maya.id) not in shown
    assert "Halo Maya" in desk.get(f"{HERE}{draft.id}/preview?person={maya.id}&language=id").text
    frame = desk.get(f"{HERE}{draft.id}/preview/html")
    assert "default-src 'none'" in frame.headers["Content-Security-Policy"]


def test_a_test_goes_to_oneself_with_nobodys_link(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    answer = desk.post(f"{HERE}{draft.id}/trial", follow_redirects=True)
    assert "A test is on its way to aisyah@example.org" in answer.text
    message = session.scalars(select(Message).where(Message.kind == "trial_message")).one()
    assert message.subject == "[Test] Bring a needle"
    assert "/j/" not in message.text
    for _each in range(6):
        answer = desk.post(f"{HERE}{draft.id}/trial", follow_redirects=True)
    assert "Enough tests" in answer.text


def test_it_is_stopped_and_goes_on(desk: FlaskClient, series: Series, cast: Cast) -> None:
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    deliver_due()
    one = f"{HERE}{draft.id}"
    page = desk.get(one).text
    assert f'data-live-job="announcement:{draft.id}"' in page
    assert "Stop it" in page
    page = desk.post(f"{one}/stop", follow_redirects=True).text
    assert "1 people do not get it" in page
    assert "the organisers stopped the announcement" in page
    assert "Nothing was left to stop" in desk.post(f"{one}/stop", follow_redirects=True).text
    page = desk.post(f"{one}/resume", follow_redirects=True).text
    assert "It goes on" in page
    assert "It is not stopped" in desk.post(f"{one}/resume", follow_redirects=True).text
    assert "Ana" in desk.get(f"{one}?show=waiting").text
    assert "Siti" not in desk.get(f"{one}?show=waiting").text
    assert "Siti" in desk.get(f"{one}?show=sent&q=siti").text
    assert desk.get(f"{one}?show=lost").status_code == 404


def test_a_draft_is_thrown_away_and_an_untouched_one_is_gone_on_with(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    first, second = (desk.post(HERE).headers["Location"] for _click in range(2))
    assert first == second
    desk.post(first.replace("who", "discard"))
    assert desk.get(first).status_code == 404


def test_a_language_is_taken_out_again(desk: FlaskClient, series: Series, cast: Cast) -> None:
    draft = a_draft(series, cast.organiser, en=HELLO, id=HALO)
    page = desk.post(f"{HERE}{draft.id}/text/en/removal", follow_redirects=True).text
    assert "is taken out" in page
    assert [text.language for text in _newest().texts] == ["id"]
    assert desk.get(f"{HERE}{draft.id}/text/tlh").status_code == 404


def test_a_focal_point_writes_and_sees_their_own_only(
    client_of: Browse, series: Series, cast: Cast
) -> None:
    theirs = a_draft(series, cast.organiser)
    nepal = client_of(cast.focal_point)
    assert "Bring a needle" not in nepal.get(HERE).text
    for page in ("", "/who", "/recipients", "/confirm", "/preview"):
        assert nepal.get(f"{HERE}{theirs.id}{page}").status_code == 404
    assert nepal.post(f"{HERE}{theirs.id}/stop").status_code == 404
    own = a_draft(series, cast.focal_point)
    page = nepal.get(f"{HERE}{own.id}/who").text
    assert "Nepal (1)" in page
    assert "Brazil" not in page
    assert "Siti" not in nepal.get(f"{HERE}{own.id}/recipients?show=all").text
    siti = session.scalars(select(Person).where(Person.name == "Siti")).one()
    assert nepal.get(f"{HERE}{own.id}/preview?person={siti.id}").status_code == 404
    shown = _hidden(nepal.get(f"{HERE}{own.id}/confirm").text)
    nepal.post(f"{HERE}{own.id}/confirm", data=shown)
    assert set(messages(own)) == {"Maya Gurung"}


def test_of_what_an_organiser_sent_along_a_focal_point_sees_their_own_people(
    client_of: Browse, series: Series, cast: Cast
) -> None:
    own = a_draft(series, cast.focal_point)
    send(own, cast.organiser)
    assert len(messages(own)) == 3
    page = client_of(cast.focal_point).get(f"{HERE}{own.id}").text
    assert "Maya Gurung" in page
    assert "Siti" not in page


def test_people_who_are_gone_are_written_to_no_more(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    draft = a_draft(series, cast.organiser)
    with transaction() as current:
        current.execute(update(Series).values(anonymised_at=NOON))
    assert "Write an announcement" not in desk.get(HERE).text
    assert desk.post(HERE).headers["Location"] == HERE
    assert desk.get(f"{HERE}{draft.id}/confirm").status_code == 303
    assert desk.get(f"{HERE}{draft.id}").status_code == 200


def test_the_pages_cost_the_same_however_many_there_are(
    desk: FlaskClient, series: Series, cast: Cast, engine: Engine
) -> None:
    for number in range(60):
        joined(series, f"Person {number}", ("Asia/Kathmandu", "Asia/Kabul")[number % 2])
    draft, sent = (a_draft(series, cast.organiser) for _each in range(2))
    send(sent, cast.organiser)
    for page, most in (("", 9), (f"{draft.id}/recipients", 12), (f"{sent.id}", 11),
                       (f"{draft.id}/confirm", 16)):  # fmt: skip
        with counted(engine) as statements:
            assert desk.get(f"{HERE}{page}").status_code == 200
        assert len(statements) <= most, (page, len(statements))
