"""Redis dies with everything that was queued in it: no mail is lost and none is doubled."""

import pytest

from academy.lib.processes import wait_until
from tests.faults.how_long import MAILS
from tests.faults.post import Post
from tests.faults.table import record

pytestmark = pytest.mark.operations


def test_a_redis_that_dies_with_everything_in_it_loses_no_mail(post: Post) -> None:
    post.stand_by()
    ids = post.plan(MAILS)
    post.sink.wait = lambda _number: 0.005
    post.look(times=50)
    assert wait_until(lambda: post.sink.number >= MAILS // 3, seconds=30, pause=0.002)
    post.broker.kill()
    late = post.plan(20, in_seconds=0.1)
    post.broker.start()
    assert post.look_until(lambda: post.count("sent") == len(ids | late))
    record(
        "Redis killed -9, nothing on its disk", messages=len(ids | late),
        lost=len((ids | late) - set(post.sink.taken)), doubled=len(post.sink.doubled),
    )  # fmt: skip
    assert post.sink.number == len(ids | late)
