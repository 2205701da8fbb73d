"""Lines between worker and database cut while mails leave: none is lost, doubles are marked."""

import pytest

from tests.faults.how_long import MAILS
from tests.faults.post import Post
from tests.faults.table import record

pytestmark = pytest.mark.operations


def test_lines_to_the_database_cut_again_and_again_lose_nothing(post: Post) -> None:
    post.stand_by()
    ids = post.plan(MAILS)
    post.look(times=2)
    for share in (0.2, 0.4, 0.6):
        assert post.sink.wait_for(int(MAILS * share))
        post.to_database.cut()
        post.let_claims_age()
        post.look(times=2)
    assert post.look_until(lambda: post.count("sent") + post.count("claimed") == len(ids))
    post.let_claims_age()
    assert post.look_until(lambda: post.count("sent") == len(ids))
    doubled = post.sink.doubled
    record(
        "lines to the database cut while mails leave", runs=3, messages=len(ids),
        lost=len(ids - set(post.sink.taken)), doubled=len(doubled),
        note=f"{len(post.doubted())} marked “perhaps twice”",
    )  # fmt: skip
    assert set(post.sink.taken) == ids
    assert doubled <= post.doubted()
