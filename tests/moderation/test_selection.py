"""The week's selection: put together, closed on Sunday, told once to who asked, never hidden."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, select

from academy.db import session, transaction
from academy.discussion import service as discussion
from academy.discussion.errors import (
    AlreadyChosen,
    ListClosed,
    ListFull,
    NotForEverybody,
    NotYours,
)
from academy.discussion.models import Post, Selection, SelectionItem, Thread
from academy.discussion.ports import SHOW, plug_gatekeeper
from academy.discussion.selection_news import KIND
from academy.discussion.selections import MOST_CHOSEN, find_thing, read_list
from academy.discussion.service import selecting
from academy.library.service import load_cases
from academy.messaging import service as messaging
from academy.messaging.models import Message, Notice
from academy.messaging.service.choices import Choices, choose
from academy.moderation.gate import judge
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import FOREST
from tests.messaging.conftest import Pigeonhole, text_of
from tests.messaging.conftest import pigeonhole as pigeonhole
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
#: A Wednesday; the week's list closes on Sunday 22 November at 12:00 UTC.
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)
CLOSED = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
PAGE = "/threads/selection/2026-47/"


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Iterator[Thread]:
    """Return a thread of two posts beside a case, on the Wednesday of the week."""
    plug_gatekeeper(lambda _draft: SHOW)
    load_cases([FOREST])
    with time_machine.travel(WEDNESDAY, tick=False):
        thread, _ = discussion.start_thread(cast.learner, "How do you dry fish?", "No sun here.")
        discussion.reply(thread.id, cast.other_learner, "> No sun\n\nIn a kiln of clay.")
        with transaction() as current:
            current.execute(delete(Notice))  # of the answer
        yield thread
    plug_gatekeeper(judge)


def _put(cast: Cast, *addresses: str) -> None:
    for address in addresses:
        selecting.choose(address, cast.moderator, {"en": f"Why {address}", "id": "Mengapa"})


def _three(cast: Cast, thread: Thread) -> None:
    _put(cast, f"/threads/{thread.id}/posts/2/", "/cases/forest/", f"/threads/{thread.id}/")


def _ask_for_it(person: Person, *, language: str = "en", zone: str = "", day: int = 0) -> None:
    with transaction():
        person.language, person.zone = language, zone or person.zone
    choices = Choices(True, 21 * 60, 7 * 60, weekly_on=day)
    choose(person.id, choices, {KIND: "weekly"})


def _at(moment: datetime) -> int:
    """Let the worker look at a moment; return how many mails left."""
    with time_machine.travel(moment, tick=False):
        selecting.publish_closed()
        messaging.settle_notices()
        messaging.plan_digests()
        return messaging.deliver_due()


def _lines() -> list[int]:
    return list(session.scalars(select(SelectionItem.id).order_by(SelectionItem.position)))


def test_addresses_lead_to_what_everybody_may_see(thread: Thread, cast: Cast) -> None:
    number = thread.id
    kinds = {
        f"/threads/{number}/": "thread", f"/threads/{number}/posts/2/": "post",
        f" https://academy.example.org/threads/{number}/?page=1#post-2": "post",
        "/cases/forest/": "case",
    }  # fmt: skip
    for address, kind in kinds.items():
        thing = find_thing(address)
        assert thing is not None
        assert thing.kind == kind
    for address in ("/cases/none/", "/threads/99/", f"/threads/{number}/posts/9/", "/mail/", ""):
        assert find_thing(address) is None
    with transaction() as current:
        current.get_one(Thread, number).state = "hidden"
    assert find_thing(f"/threads/{number}/posts/2/") is None


def test_moderators_put_the_list_together(thread: Thread, client_of: ClientOf, cast: Cast) -> None:
    number, browser = thread.id, client_of(cast.moderator)
    data = {"address": f"/threads/{number}/posts/2/", "why_en": "It works.", "why_id": ""}
    page = browser.post("/moderation/selection/", data=data, follow_redirects=True).text
    assert "It works." in page
    assert "Sutrisno in “How do you dry fish?”" in page
    again = browser.post("/moderation/selection/", data=data)
    assert (again.status_code, "on the list already" in again.text) == (409, True)
    wrong = browser.post("/moderation/selection/", data=data | {"address": "/cases/none/"})
    assert "Nothing that everybody may see" in wrong.text
    assert 'value="It works."' in wrong.text
    empty = browser.post("/moderation/selection/", data=data | {"why_en": " "})
    assert (empty.status_code, "in one language at least" in empty.text) == (400, True)
    browser.post("/moderation/selection/", data=data | {"address": "/cases/forest/"})
    first, second = _lines()
    browser.post(f"/moderation/selection/items/{second}/place", data={"step": "up"})
    assert _lines() == [second, first]
    item = f"/moderation/selection/items/{first}/"
    browser.post(item, data={"why_en": "It works well.", "why_id": "Bagus."})
    assert 'value="It works well."' in browser.get(item).text
    undo = browser.post(f"{item}removal", follow_redirects=True).text
    assert _lines() == [second]
    assert 'value="It works well."' in undo
    assert f'value="/threads/{number}/posts/2/"' in undo


def test_a_list_takes_ten_and_nothing_twice_or_by_others(
    thread: Thread, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotYours):
        selecting.choose("/cases/forest/", cast.learner, {"en": "Mine"})
    with pytest.raises(NotForEverybody):
        _put(cast, "/cases/none/")
    _put(cast, "/cases/forest/")
    with pytest.raises(AlreadyChosen):
        _put(cast, "/cases/forest/")
    monkeypatch.setattr(selecting, "MOST_CHOSEN", 1)
    with pytest.raises(ListFull):
        _put(cast, f"/threads/{thread.id}/")


def test_it_leaves_once_on_monday_morning_of_each_reader(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _three(cast, thread)
    _ask_for_it(cast.learner, zone="Pacific/Kiritimati")
    _ask_for_it(cast.other_learner, language="id", zone="Pacific/Honolulu")
    assert _at(CLOSED) == 0
    kiritimati = datetime(2026, 11, 22, 17, 1, tzinfo=UTC)
    assert [_at(kiritimati), _at(kiritimati + timedelta(hours=1))] == [1, 0]
    mail = pigeonhole.mails[0]
    said = text_of(mail).replace("\r", "")
    assert mail["Subject"] == "Worth reading: 16 to 22 November"
    assert "Sutrisno in “How do you dry fish?”\nWhy /threads/" in said
    assert f"https://academy.example.org/threads/{thread.id}/posts/2/" in said
    assert f"https://academy.example.org{PAGE}" in said
    assert said.index("Forest of the village") < said.rindex("How do you dry fish?")
    honolulu = datetime(2026, 11, 23, 17, 1, tzinfo=UTC)
    assert [_at(honolulu - timedelta(minutes=2)), _at(honolulu), _at(honolulu)] == [0, 1, 0]
    assert pigeonhole.mails[1]["Subject"].startswith("Layak dibaca: 16 sampai 22 November")
    assert "Mengapa" in text_of(pigeonhole.mails[1])
    assert session.scalars(select(Notice.kind)).all() == [KIND, KIND]


def test_a_reader_may_choose_another_morning(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _three(cast, thread)
    _ask_for_it(cast.learner, zone="Asia/Manila", day=4)
    friday = datetime(2026, 11, 26, 23, 1, tzinfo=UTC)
    assert [_at(CLOSED), _at(friday - timedelta(hours=1)), _at(friday)] == [0, 0, 1]


def test_who_did_not_ask_for_it_gets_nothing(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _three(cast, thread)
    choose(cast.organiser.id, Choices(True, 0, 0), {KIND: "never"})
    choose(cast.learner.id, Choices(True, 0, 0, news=False), {KIND: "weekly"})
    assert [_at(CLOSED), _at(CLOSED + timedelta(days=8))] == [0, 0]
    assert session.scalars(select(Notice)).all() == []


def test_what_was_hidden_before_it_leaves_is_left_out(
    thread: Thread, cast: Cast, client: FlaskClient, pigeonhole: Pigeonhole
) -> None:
    _three(cast, thread)
    _ask_for_it(cast.learner, zone="Asia/Manila")
    _at(CLOSED)
    with transaction() as current:
        current.scalars(select(Post).where(Post.number == 2)).one().state = "hidden"
    assert _at(CLOSED + timedelta(hours=12)) == 1
    said = text_of(pigeonhole.mails[0])
    assert "Sutrisno" not in said
    assert "Forest of the village" in said
    page = client.get(PAGE).text
    assert "kiln" not in page
    assert "Forest of the village" in page


def test_a_thread_that_was_merged_is_the_one_into_which(thread: Thread, cast: Cast) -> None:
    other, _ = discussion.start_thread(cast.learner, "Salt for fish", "Where from?")
    _put(cast, f"/threads/{other.id}/")
    with transaction() as current:
        current.get_one(Thread, other.id).merged_into = thread.id
    listed = read_list(session.scalars(select(Selection)).one())
    assert [one.thing and one.thing.title for one in listed] == ["How do you dry fish?"]
    with pytest.raises(AlreadyChosen):
        _put(cast, f"/threads/{other.id}/", f"/threads/{thread.id}/", f"/threads/{thread.id}/")


def test_a_selection_of_which_nothing_is_left_is_not_sent(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _put(cast, "/cases/forest/")
    _ask_for_it(cast.learner, zone="Asia/Manila")
    _at(CLOSED)
    load_cases([])
    assert _at(CLOSED + timedelta(hours=12)) == 0
    assert session.scalars(select(Message.state)).all() == ["suppressed"]


def test_a_list_of_hidden_things_and_an_open_one_get_no_page(
    thread: Thread, cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    _put(cast, "/cases/forest/")
    assert client.get(PAGE).status_code == 404
    load_cases([])
    with time_machine.travel(CLOSED, tick=False):
        assert selecting.publish_closed() == 0
        load_cases([FOREST])
        assert [selecting.publish_closed(), selecting.publish_closed()] == [1, 0]
    assert client.get(PAGE).status_code == 200


def test_a_closed_list_keeps_its_order_and_the_next_one_is_open(
    thread: Thread, cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    _three(cast, thread)
    with time_machine.travel(CLOSED, tick=False):
        selecting.publish_closed()
        item = session.scalars(select(SelectionItem).order_by(SelectionItem.id)).first()
        assert item is not None
        with pytest.raises(ListClosed):
            selecting.move_chosen(item, cast.moderator, 1)
        _put(cast, "/cases/forest/")
        lists = select(Selection.week, Selection.published_at.is_not(None))
        assert session.execute(lists.order_by(Selection.week)).all() == [(47, True), (48, False)]
        browser = client_of(cast.moderator)
        assert "It went to" in browser.get("/moderation/selection/2026-47/").text
        assert "is open until" in browser.get("/moderation/selection/").text
        assert browser.get("/moderation/selection/2026-48/").status_code == 302
        assert browser.get("/moderation/selection/2026-30/").status_code == 404


def test_everybody_reads_it_on_its_page_and_in_the_feed(
    thread: Thread, cast: Cast, client: FlaskClient
) -> None:
    _three(cast, thread)
    with time_machine.travel(CLOSED, tick=False):
        selecting.publish_closed()
    page = client.get(PAGE).text
    assert "In a kiln of clay." in page
    assert "No sun" not in page
    assert "16 to 22 November 2026" in client.get("/threads/selection/").text
    feed = client.get("/threads/selection/feed.atom").data
    titles = [one.text for one in ET.fromstring(feed).iter("{http://www.w3.org/2005/Atom}title")]  # noqa: S314
    assert "Worth reading, 16 to 22 November 2026" in titles
    assert "Forest of the village" in feed.decode()
    for wrong in ("2026-99", "x", "2026-48"):
        assert client.get(f"/threads/selection/{wrong}/").status_code == 404


def test_markup_in_titles_and_reasons_is_shown_and_runs_nowhere(
    thread: Thread, cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    evil = "<script>alert(1)</script> & <b>salt</b>"
    other, _ = discussion.start_thread(cast.learner, evil, "Words.")
    selecting.choose(f"/threads/{other.id}/", cast.moderator, {"en": evil})
    with time_machine.travel(CLOSED, tick=False):
        selecting.publish_closed()
    feed = ET.fromstring(client.get("/threads/selection/feed.atom").data)  # noqa: S314
    content = next(feed.iter("{http://www.w3.org/2005/Atom}content")).text or ""
    browser = client_of(cast.moderator)
    frame = browser.get("/moderation/selection/2026-47/preview/html").text
    for page in (content, frame, client.get(PAGE).text):
        assert "<script>alert" not in page
        assert "&lt;b&gt;salt&lt;/b&gt;" in page


def test_the_mail_is_seen_before_it_leaves_in_both_languages(
    thread: Thread, cast: Cast, client_of: ClientOf
) -> None:
    _three(cast, thread)
    browser, address = client_of(cast.moderator), "/moderation/selection/2026-47/preview"
    assert "Worth reading: 16 to 22 November" in browser.get(address).text
    page = browser.get(f"{address}?language=id").text
    assert "Layak dibaca" in page
    assert "/mail/…" in page
    frame = browser.get(f"{address}/html?language=id")
    assert "Mengapa" in frame.text
    assert "sandbox" in frame.headers["Content-Security-Policy"]


def test_ten_long_reasons_in_any_script_are_a_small_mail(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    why = {"en": "សហករណ៍ " * 30}
    for number in range(MOST_CHOSEN):
        other, _ = discussion.start_thread(cast.learner, f"ស្រីមុំ {number} " * 12, f"Words {number}")
        selecting.choose(f"/threads/{other.id}/", cast.moderator, why)
    _ask_for_it(cast.other_learner, zone="Asia/Manila")
    assert [_at(CLOSED), _at(CLOSED + timedelta(hours=12))] == [0, 1]
    assert len(pigeonhole.mails[0].as_bytes()) < 30_000
    assert "more on the page." in text_of(pigeonhole.mails[0])


def test_a_page_of_the_list_costs_few_statements(
    thread: Thread, cast: Cast, client: FlaskClient, engine: Engine
) -> None:
    _three(cast, thread)
    with time_machine.travel(CLOSED, tick=False):
        selecting.publish_closed()
    with counted(engine) as statements:
        client.get(PAGE)
    assert len(statements) <= 6
