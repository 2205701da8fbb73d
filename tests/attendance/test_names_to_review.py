"""Organisers hear of names that a file brought, while there are any, in one mail in the morning."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from academy.attendance.models import Tally
from academy.attendance.service import import_attendance
from academy.db import session, transaction
from academy.messaging import service
from academy.messaging.models import Message, Notice
from academy.messaging.service.choices import choose, read_choices, read_rhythms
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, pigeonhole, text_of

__all__ = ["pigeonhole"]  # a fixture of the messages' tests
EVENING = datetime(2026, 11, 25, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 7, tzinfo=UTC)


def bring(live_session: LiveSession, *names: str, actor_id: int | None = None) -> None:
    rows = [(name, "", "14:00:00", "16:00:00") for name in names]
    with time_machine.travel(EVENING, tick=False):
        import_attendance(live_session, zoom_file(rows), "zoom.csv", actor_id=actor_id)


def gather(moment: datetime = MORNING) -> int:
    with time_machine.travel(moment, tick=False):
        service.settle_notices()
        service.plan_digests()
        return service.deliver_due()


@pytest.fixture
def keepers(cast: Cast, pigeonhole: Pigeonhole) -> Pigeonhole:
    """Let there be an organiser, a focal point and a learner; return the post."""
    assert cast.organiser.id
    assert cast.focal_point.id
    assert cast.learner.id
    return pigeonhole


def test_in_the_morning_each_organiser_reads_how_many_there_are(
    keepers: Pigeonhole, live_session: LiveSession, cast: Cast
) -> None:
    bring(live_session, "Nobody Known", "Somebody Else")
    assert [gather(EVENING + timedelta(hours=1)), gather(), gather()] == [0, 1, 0]
    mail = keepers.mails[0]
    assert mail["To"] == "aisyah@example.org"
    assert mail["Subject"].startswith("2 names to look over: ")
    assert f"/desk/live-sessions/{live_session.slug}/attendance/review/" in text_of(mail)


def test_what_was_decided_meanwhile_never_leaves(
    keepers: Pigeonhole, live_session: LiveSession
) -> None:
    bring(live_session, "Nobody Known")
    with transaction() as current:
        current.execute(update(Tally).values(unmatched=0))
    assert gather() == 0
    assert session.scalars(select(Message.cause)).all() == ["outdated"]


def test_several_files_of_one_live_session_are_one_line(
    keepers: Pigeonhole, live_session: LiveSession
) -> None:
    bring(live_session, "Nobody Known")
    bring(live_session, "Nobody Known", "Somebody Else", "A Third")
    assert gather() == 1
    assert text_of(keepers.mails[0]).count("to look over") == 1


def test_whoever_imported_saw_it_on_the_page(
    keepers: Pigeonhole, live_session: LiveSession, cast: Cast
) -> None:
    bring(live_session, "Nobody Known", actor_id=cast.organiser.id)
    assert session.scalar(select(func.count(Notice.id))) == 0


def test_organisers_choose_how_often_and_learners_are_not_asked(
    keepers: Pigeonhole, live_session: LiveSession, cast: Cast, client: FlaskClient
) -> None:
    assert "names_to_review" in read_rhythms(cast.organiser)
    assert "names_to_review" not in read_rhythms(cast.learner)
    choose(cast.organiser.id, read_choices(cast.organiser.id), {"names_to_review": "never"})
    bring(live_session, "Nobody Known")
    assert session.scalar(select(func.count(Notice.id))) == 0
