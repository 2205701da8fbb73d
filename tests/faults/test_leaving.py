"""Whoever leaves between the plan and the hour of a reminder does not get it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from academy.db import now, session
from academy.lib.processes import wait_until
from academy.programme.models import Registration
from academy.programme.service import cancel_registration, say_no
from tests.faults.post import Post
from tests.faults.readers import live_session_with_readers
from tests.faults.table import record

pytestmark = pytest.mark.operations
LAST = "reminder_one_hour"


def test_who_leaves_between_plan_and_sending_is_not_written_to(academy: Post) -> None:
    live_session = live_session_with_readers(6, now() + timedelta(minutes=90))
    academy.stand_by()
    academy.look(job="reminder.plan")
    assert wait_until(lambda: academy.count("planned") == 12, seconds=30)
    standing = select(Registration).filter_by(series_id=live_session.series_id)
    for registration in session.scalars(standing.order_by(Registration.id)).all()[:4]:
        cancel_registration(registration) if registration.id % 2 else say_no(
            registration, live_session
        )
    academy.let_come(LAST, seconds=0)
    academy.look()
    assert wait_until(lambda: academy.count("planned", kind=LAST) == 0, seconds=30)
    assert wait_until(lambda: academy.count("claimed") == 0, seconds=30)
    record(
        "leaving between plan and sending", messages=6, lost=2 - academy.count("sent", kind=LAST),
        doubled=len(academy.sink.doubled), note="4 had left: not written to, and listed",
    )  # fmt: skip
    assert academy.count("sent", kind=LAST) == 2
    assert academy.count("suppressed", kind=LAST, cause="outdated") == 4
