"""Whom an announcement is for: segments, countries, languages; and who is left out, and why."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, update

from academy.attendance.service import record_presence
from academy.db import now, session, transaction
from academy.messaging.models import MailChoices, Message
from academy.people.models import EmailAddress, Person
from academy.people.service.consents import choose_consents
from academy.programme.models import Registration, Series
from academy.programme.service import cancel_registration, say_no
from academy.reminders.announcements.paging import Wanted
from academy.reminders.announcements.queries import find_doubt, read_offered
from academy.reminders.announcements.recipients import Recipients
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import save_segment, save_when
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.reminders.announcements.drafts import a_draft, joined, names
from tests.statements import counted


@pytest.fixture
def series(cast: Cast) -> Series:
    """Return a series of two live sessions: in a week, and a week later."""
    return a_series("threads", weeks=2, capacity=3)


@pytest.fixture
def held(series: Series) -> Iterator[Series]:
    """Return it when the first is over: Siti came, Budi had a place, Maya gave hers back."""
    siti, budi, maya = (joined(series, name) for name in ("Siti", "Budi", "Maya"))
    first = series.live_sessions[0]
    say_no(maya, first)
    with time_machine.travel(first.ends_at + timedelta(hours=1), tick=False):
        record_presence(first, siti.person_id, "roll", joined_at=first.starts_at)
        assert budi
        yield series


@pytest.mark.parametrize(
    ("of", "who", "whom"),
    [
        (0, (), {"Siti", "Budi", "Maya"}),
        (1, ("came",), {"Siti"}),
        (1, ("missed",), {"Budi"}),
        (1, ("never_came",), {"Budi", "Maya"}),
        (0, ("never_came",), {"Budi", "Maya"}),
        (1, ("came", "missed"), {"Siti", "Budi"}),
        (2, ("missed",), set()),
        (2, ("never_came",), set()),
        (2, ("going",), {"Siti", "Budi", "Maya"}),
        (0, ("waiting",), set()),
    ],
)
def test_a_segment_is_what_its_words_say(
    held: Series, cast: Cast, of: int, who: tuple[str, ...], whom: set[str]
) -> None:
    live_session = held.live_sessions[of - 1].id if of else 0
    draft = a_draft(held, cast.organiser, Segment(live_session, who))
    assert names(draft, cast.organiser) == whom


def test_who_waits_is_told_apart_from_who_goes(series: Series, cast: Cast) -> None:
    for name in ("One", "Two", "Three", "Four"):
        joined(series, name)
    first = series.live_sessions[0].id
    draft = a_draft(series, cast.organiser, Segment(first, ("waiting",)))
    assert names(draft, cast.organiser) == {"Four"}
    save_segment(draft.id, Segment(0, ("going",)))
    assert names(draft, cast.organiser) == {"One", "Two", "Three"}


def test_countries_and_languages_narrow_and_the_unknown_can_be_asked_for(
    series: Series, cast: Cast
) -> None:
    joined(series, "Ana", country="BR", language="pt-BR")
    joined(series, "Sutrisno", country="ID", language="id")
    nobody_knows = joined(series, "Tana", country="ID", language="id")
    with transaction():
        nobody_knows.person.country = None
    draft = a_draft(series, cast.organiser, Segment(countries=("BR", "")))
    assert names(draft, cast.organiser) == {"Ana", "Tana"}
    save_segment(draft.id, Segment(countries=("", "ID"), languages=("id",)))
    assert names(draft, cast.organiser) == {"Sutrisno", "Tana"}
    offered = read_offered(series, cast.organiser)
    assert offered.countries == {"BR": 1, "ID": 1, "": 1}
    assert offered.languages == {"pt-BR": 1, "id": 2}


def test_a_focal_point_writes_to_people_of_their_countries_only(series: Series, cast: Cast) -> None:
    joined(series, "Maya Gurung", country="NP")
    joined(series, "Ana", country="BR")
    draft = a_draft(series, cast.focal_point, Segment(countries=("NP", "BR")))
    assert names(draft, cast.focal_point) == {"Maya Gurung"}


def _no_address(who: Registration) -> None:
    session.delete(who.person.addresses[0])


def _not_proved(who: Registration) -> None:
    who.person.addresses[0].verified_at, who.person.addresses[0].source = None, "sign_up"


def _refused(who: Registration) -> None:
    session.add(MailChoices(person_id=who.person_id, refused=["announcements"]))


def _said_no(who: Registration) -> None:
    who.consents = {"mail_reminders": False}


def _took_back(who: Registration) -> None:
    choose_consents(who.person_id, ["mail_reminders"])
    choose_consents(who.person_id, [])


def _bounced(who: Registration) -> None:
    address = who.person.addresses[0].address
    session.add(Message(
        person_id=who.person_id, address=address, kind="registered", occasion="registration:0",
        subject="x", text="y", message_id="<1@x.org>", state="suppressed", cause="bounced",
        reason="550 gone",
    ))  # fmt: skip


def _closed(who: Registration) -> None:
    who.person.disabled_at = now()


LEFT_OUT = {
    "no_address": _no_address, "not_proved": _not_proved, "refused": _refused,
    "no_consent": _said_no, "bounced": _bounced, "closed": _closed,
}  # fmt: skip


@pytest.mark.parametrize("why", LEFT_OUT)
def test_whoever_is_left_out_stands_there_with_the_reason(
    series: Series, cast: Cast, why: str
) -> None:
    joined(series, "Siti")
    out = joined(series, "Budi")
    with transaction():
        LEFT_OUT[why](out)
    session.expire_all()
    draft = a_draft(series, cast.organiser)
    recipients = Recipients(draft, cast.organiser)
    assert names(draft, cast.organiser) == {"Siti"}
    assert (recipients.total, recipients.left_out) == (1, {why: 1})
    found = recipients.read_page(Wanted("left_out"))
    assert [(one.name, one.why) for one in found.rows] == [("Budi", why)]


def test_a_consent_that_was_taken_back_counts_unless_the_registration_says_yes(
    series: Series, cast: Cast
) -> None:
    for who in (joined(series, "Siti"), joined(series, "Budi", mail_reminders=True)):
        _took_back(who)
    draft = a_draft(series, cast.organiser)
    assert names(draft, cast.organiser) == {"Budi"}


def test_a_no_to_reminders_is_no_no_to_announcements(series: Series, cast: Cast) -> None:
    siti = joined(series, "Siti")
    with transaction() as current:
        current.add(MailChoices(person_id=siti.person_id, refused=["reminders"]))
    assert names(a_draft(series, cast.organiser), cast.organiser) == {"Siti"}


def test_organisers_vouch_for_the_addresses_of_their_files(series: Series, cast: Cast) -> None:
    joined(series, "Siti")
    with transaction() as current:
        current.execute(update(EmailAddress).values(verified_at=None, source="import"))
    session.expire_all()
    assert names(a_draft(series, cast.organiser), cast.organiser) == {"Siti"}


def test_whoever_left_the_series_is_no_part_of_it(series: Series, cast: Cast) -> None:
    cancel_registration(joined(series, "Siti"))
    assert names(a_draft(series, cast.organiser), cast.organiser) == set()


def test_who_sleeps_until_it_is_of_no_use_is_left_out(series: Series, cast: Cast) -> None:
    joined(series, "Siti", "Asia/Kuala_Lumpur")
    joined(series, "Ana", "America/Sao_Paulo", country="BR")
    draft = a_draft(series, cast.organiser)
    noon = series.live_sessions[0].starts_at.replace(hour=4, minute=0)
    with time_machine.travel(noon, tick=False):  # 12:00 in Kuala Lumpur, 01:00 in São Paulo
        save_when(draft.id, cast.organiser, "", noon + timedelta(hours=3))
        session.refresh(draft)
        recipients = Recipients(draft, cast.organiser)
        assert recipients.left_out == {"asleep": 1}
        assert names(draft, cast.organiser) == {"Siti"}
        assert [one.name for one in recipients.read_page(Wanted("left_out")).rows] == ["Ana"]
        assert [one.name for one in recipients.read_page(Wanted("gets")).rows] == ["Siti"]


def test_one_is_found_by_name_or_address(series: Series, cast: Cast) -> None:
    siti = joined(series, "Siti")
    joined(series, "Budi")
    recipients = Recipients(a_draft(series, cast.organiser), cast.organiser)
    for words in ("sIT", siti.person.addresses[0].address[:-4]):
        assert [one.name for one in recipients.read_page(Wanted("gets", words)).rows] == ["Siti"]


def test_what_is_not_known_of_who_came_is_said(held: Series, cast: Cast) -> None:
    first, second = held.live_sessions
    assert find_doubt(held, Segment(first.id, ("missed",))).unknown == 0
    with time_machine.travel(second.ends_at + timedelta(hours=1), tick=False):
        assert find_doubt(held, Segment(0, ("missed",))).unknown == 1
    assert find_doubt(held, Segment(first.id, ("going",))).unknown == 0


def test_recipients_cost_three_statements_however_many_they_are(
    series: Series, cast: Cast, engine: Engine
) -> None:
    draft, viewer = a_draft(series, cast.organiser), cast.organiser
    for number in range(30):
        joined(series, f"Person {number}", ("Asia/Kathmandu", "Asia/Kabul")[number % 2])
    session.refresh(draft)
    assert viewer.has_role("organiser")
    assert draft.series.live_sessions
    with counted(engine) as statements:
        recipients = Recipients(draft, viewer)
        page = recipients.read_page(Wanted("gets"))
    assert (len(statements), recipients.total, len(page.rows)) == (3, 30, 30)
    assert isinstance(viewer, Person)
