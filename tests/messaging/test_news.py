"""News: handed over by an area, gathered per person, in one mail at the hour that they like."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.db import session, transaction
from academy.messaging import service
from academy.messaging.channels import DeliveryFailed
from academy.messaging.choosing import choices_path, unsubscribe_path
from academy.messaging.models import Message, Notice
from academy.messaging.notices import (
    News,
    NoticeKind,
    Said,
    Waiting,
    plug_notices,
    unplug_notices,
)
from academy.messaging.rhythms import AT_ONCE, DAILY, NEVER, WEEKLY
from academy.messaging.service.choices import (
    BadRhythmError,
    Choices,
    choose,
    read_choices,
    read_rhythms,
)
from academy.people.models import Person
from academy.people.service.erasing import erase_person
from academy.people.service.persons import change_profile
from academy.people.telling import tell_everything
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, text_of
from tests.statements import counted

#: Noon of a Wednesday in Phnom Penh.
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 0, tzinfo=UTC)


class Gate:
    """Lets through all but what was hidden."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()

    def __call__(self, waiting: Sequence[Waiting]) -> set[int]:
        """Return which of these may be told."""
        return {one.id for one in waiting if one.occasion not in self.hidden}


def _write(waiting: Sequence[Waiting]) -> Mapping[int, Said]:
    return {one.id: Said(f"{one.facts['who']} says yes ({one.language})") for one in waiting}


@pytest.fixture
def gate(pigeonhole: Pigeonhole) -> Iterator[Gate]:
    """Plug three kinds: replies at once, needs daily in the area's own words, news of staff."""
    gate = Gate()
    plug_notices(
        NoticeKind("reply", "Replies", "To what you wrote.", gate, rhythm=AT_ONCE),
        NoticeKind("need", "Needs", "", gate, writer=_write),
        NoticeKind("staff", "Staff", "", gate, lambda person: person.has_role("organiser")),
    )
    yield gate
    unplug_notices("reply", "need", "staff")


def news(person: Person, number: int, kind: str = "reply") -> News:
    return News(
        person_id=person.id, kind=kind, occasion=f"{kind}:{number}", path=f"/threads/{number}/",
        happened_at=NOON + timedelta(seconds=number),
        words={} if kind == "need" else {"en": Said(f"Reply {number}", "Well said.")},
        facts={"who": f"Bishnu{number}"} if kind == "need" else {},
    )  # fmt: skip


def at(moment: datetime) -> int:
    """Let the worker look at a moment; return how many mails left."""
    with time_machine.travel(moment, tick=False):
        service.settle_notices()
        service.plan_digests()
        return service.deliver_due()


def hand_over(*all_of_it: News, moment: datetime = NOON) -> int:
    with time_machine.travel(moment, tick=False):
        return service.hand_over_notices(all_of_it)


def test_ten_replies_are_one_mail_with_all_of_them_in_their_order(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    for number in (3, 1, 2, *range(4, 11)):
        hand_over(news(cast.learner, number), moment=NOON + timedelta(seconds=20 * number))
    assert [at(NOON + timedelta(minutes=4)), at(NOON + timedelta(minutes=6))] == [0, 1]
    mail = pigeonhole.mails[0]
    said = text_of(mail)
    assert mail["Subject"] == "New (10): Reply 1"
    titles = [line for line in said.splitlines() if line.startswith("Reply ")]
    assert titles == [f"Reply {number}" for number in range(1, 11)]
    assert "https://academy.example.org/threads/7/" in said
    assert "Wednesday 25 November 2026, 12:00 in Phnom Penh" in said
    assert "<b>Reply 7</b><br>" in text_of(mail, "html").replace("\r", "")


def test_the_same_news_is_told_once_however_often_it_is_handed_over(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    assert [hand_over(news(cast.learner, 1)), hand_over(news(cast.learner, 1))] == [1, 0]
    assert [at(MORNING), hand_over(news(cast.learner, 1)), at(MONDAY)] == [1, 0, 0]
    assert hand_over(news(cast.other_learner, 1)) == 1


def test_daily_news_comes_in_the_readers_morning_with_what_else_is_due(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1, "need"), news(cast.learner, 2, "need"))
    late = NOON + timedelta(hours=10)
    hand_over(news(cast.learner, 3), moment=late)
    assert [at(late), at(MORNING - timedelta(minutes=1)), at(MORNING)] == [0, 0, 1]
    said = text_of(pigeonhole.mails[0])
    assert ["Bishnu1 says yes (en)" in said, "Bishnu2" in said, "Reply 3" in said] == [True] * 3


def test_weekly_news_waits_for_monday(gate: Gate, cast: Cast, pigeonhole: Pigeonhole) -> None:
    choose(cast.learner.id, read_choices(cast.learner.id), {"need": WEEKLY})
    hand_over(news(cast.learner, 1, "need"))
    assert [at(MORNING), at(MONDAY)] == [0, 1]


def test_what_was_hidden_meanwhile_never_leaves(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1), news(cast.learner, 2), news(cast.other_learner, 2))
    gate.hidden.add("reply:2")
    assert at(MORNING) == 1
    assert "Reply 2" not in pigeonhole.mails[0].as_string()
    causes = session.scalars(select(Message.cause).where(Message.kind == "digest"))
    assert sorted(causes) == ["", "outdated"]


def test_who_has_no_part_in_it_any_more_does_not_hear_of_it(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1, "staff"), news(cast.organiser, 1, "staff"))
    assert at(MONDAY + timedelta(hours=8)) == 1
    assert pigeonhole.mails[0]["To"] == "aisyah@example.org"


def test_a_refused_kind_is_not_kept_and_what_waits_of_it_goes(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1))
    choose(cast.learner.id, read_choices(cast.learner.id), {"reply": NEVER})
    assert hand_over(news(cast.learner, 2)) == 0
    assert session.scalar(select(func.count(Notice.id))) == 0


def test_another_rhythm_moves_what_waits(gate: Gate, cast: Cast, pigeonhole: Pigeonhole) -> None:
    hand_over(news(cast.learner, 1))
    with time_machine.travel(NOON, tick=False):
        choose(cast.learner.id, read_choices(cast.learner.id), {"reply": DAILY})
    assert [at(NOON + timedelta(hours=1)), at(MORNING)] == [0, 1]


def test_another_clock_moves_what_waits(gate: Gate, cast: Cast, pigeonhole: Pigeonhole) -> None:
    hand_over(news(cast.learner, 1, "need"))
    with time_machine.travel(NOON, tick=False):
        change_profile(cast.learner, zone="America/Sao_Paulo")
    due = session.scalars(select(Notice.due_at)).one()
    assert due == datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_a_crash_between_gathering_and_sending_loses_nothing_and_doubles_nothing(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1))
    pigeonhole.trouble = DeliveryFailed("gone")
    assert at(MORNING) == 0
    hand_over(news(cast.learner, 2), moment=MORNING)
    pigeonhole.trouble = None
    assert at(MORNING + timedelta(minutes=20)) == 2
    lines = [line for mail in pigeonhole.mails for line in text_of(mail).splitlines()]
    assert [lines.count(f"Reply {number}") for number in (1, 2)] == [1, 1]


def test_a_crash_while_gathering_undoes_all_of_it(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(news(cast.learner, 1))
    with monkeypatch.context() as broken:
        broken.setattr("academy.messaging.service.notices.plan_many", _break)
        with pytest.raises(RuntimeError):
            at(MORNING)
    assert session.scalar(select(func.count(Notice.id)).where(Notice.digest.is_(None))) == 1
    assert [at(MORNING), at(MORNING)] == [1, 0]


def _break(_rows: object) -> int:
    raise RuntimeError


def test_a_worker_that_stood_still_wakes_nobody(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1))
    assert [at(NOON + timedelta(hours=12)), at(MORNING)] == [0, 1]


def test_once_told_the_words_are_forgotten_and_after_half_a_year_all_of_it(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    hand_over(news(cast.learner, 1))
    at(MORNING), at(MORNING + timedelta(minutes=1))
    session.expire_all()
    notice = session.scalars(select(Notice)).one()
    assert (notice.words, notice.facts) == ({}, {})
    assert notice.told_at is not None
    assert "Reply" not in session.scalars(select(Message.text)).one()
    with time_machine.travel(NOON + timedelta(days=181), tick=False):
        assert service.forget_notices() == 1
        assert service.hand_over_notices([news(cast.learner, 1)]) == 0


def test_of_much_news_as_much_is_told_as_fits_into_a_mail(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    many = [
        News(
            person_id=cast.learner.id, kind="reply", occasion=f"reply:{number}", path="/threads/1/",
            happened_at=NOON, words={"en": Said("ស្រីមុំ " * 30, "សហករណ៍ " * 90)},
        )
        for number in range(200)
    ]  # fmt: skip
    hand_over(*many)
    at(MORNING)
    assert len(pigeonhole.mails[0].as_bytes()) < 30_000
    assert "more, which you find" in text_of(pigeonhole.mails[0])


def test_news_of_a_thousand_people_costs_a_few_statements(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole, engine: Engine
) -> None:
    with transaction() as current:
        people = [Person(name=f"Person {number}", country="KH") for number in range(1_000)]
        current.add_all(people)
    everything = [news(one, number) for one in people for number in range(3)]
    with counted(engine) as statements:
        assert hand_over(*everything) == 3_000
        with time_machine.travel(MORNING, tick=False):
            assert service.plan_digests() == 1_000
    assert len(statements) < 45


def test_the_mail_may_be_refused_with_one_click_also_for_kinds_to_come(
    gate: Gate, cast: Cast, pigeonhole: Pigeonhole, client: FlaskClient
) -> None:
    hand_over(news(cast.learner, 1))
    at(MORNING)
    path = unsubscribe_path(cast.learner.id, "news")
    assert pigeonhole.mails[0]["List-Unsubscribe"] == f"<https://academy.example.org{path}>"
    assert client.get(path).status_code == 200
    assert read_rhythms(cast.learner)["reply"] == AT_ONCE
    for _twice in range(2):
        assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    assert set(read_rhythms(cast.learner).values()) == {NEVER}
    assert read_choices(cast.learner.id).reminders


def test_one_chooses_how_often_on_the_page_from_the_mail(
    gate: Gate, cast: Cast, client: FlaskClient
) -> None:
    path = choices_path(cast.learner.id)
    page = client.get(path).text
    assert "Replies" in page
    assert "Staff" not in page
    hours = {"reminders": "y", "quiet_begins": "1260", "quiet_ends": "420"}
    assert client.post(path, data={**hours, "news_reply": WEEKLY}).status_code == 303
    chosen = read_rhythms(cast.learner)
    assert (chosen["reply"], chosen["need"], "staff" in chosen) == (WEEKLY, DAILY, False)
    assert client.post(path, data={**hours, "news_reply": "hourly"}).status_code == 422


def test_a_rhythm_for_what_does_not_concern_one_is_refused(gate: Gate, cast: Cast) -> None:
    standing = Choices(reminders=True, quiet_begins=1260, quiet_ends=420)
    with pytest.raises(BadRhythmError):
        choose(cast.learner.id, standing, {"staff": DAILY})


def test_own_data_tells_of_news_and_erasing_takes_it(
    gate: Gate, cast: Cast, whole_app: Flask
) -> None:
    hand_over(news(cast.learner, 1))
    told = tell_everything(cast.learner.id)["news"]
    assert [(one["kind"], one["path"], one["told_at"]) for one in told] == [
        ("reply", "/threads/1/", None)
    ]
    erase_person(cast.learner.id, None)
    assert session.scalar(select(func.count(Notice.id))) == 0
