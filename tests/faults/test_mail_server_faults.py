"""The mail server is away, says no, thinks for long, or breaks the line: nothing is lost."""

import time

import pytest

from academy.lib.processes import wait_until
from tests.faults.how_long import MAILS, seconds
from tests.faults.mail_sink import OK, RESET
from tests.faults.post import Post
from tests.faults.table import record

pytestmark = pytest.mark.operations


def test_a_mail_server_that_is_down_costs_nothing_but_time(post: Post) -> None:
    post.stand_by()
    ids = post.plan(MAILS)
    late = post.plan(5, in_seconds=0.1, expires_after=2)
    post.sink.stop()
    post.look(times=2)
    assert wait_until(lambda: post.count("failed") > 0, seconds=20)
    assert post.look_until(lambda: post.tried() >= len(ids), seconds=180)
    assert wait_until(lambda: post.count("claimed") == 0, seconds=60)
    time.sleep(2.5)  # what was of use for two seconds is no longer
    post.sink.start()
    post.let_failed_be_due()
    post.look(times=4)
    assert post.wait_for_all(len(ids))
    assert wait_until(lambda: post.count("suppressed", cause="missed") == len(late), seconds=20)
    record(
        "mail server down", messages=len(ids | late), lost=len(ids - set(post.sink.taken)),
        doubled=len(post.sink.doubled), note=f"{len(late)} were too late by then: listed as missed",
    )  # fmt: skip
    assert set(post.sink.taken) == ids
    assert not post.sink.doubled
    assert not post.doubted()


def test_what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not(
    post: Post,
) -> None:
    post.stand_by()
    post.sink.answer = lambda number: (
        "550 no such user" if number % 50 == 0 else "451 later" if number % 5 == 0 else OK
    )
    ids = post.plan(100)
    post.look()
    assert post.wait_until_settled(30)
    assert (post.count("sent"), post.count("failed"), post.count("suppressed")) == (80, 18, 2)
    post.sink.answer = lambda _number: OK
    post.let_failed_be_due()
    post.look()
    assert post.wait_for_all(98)
    record(
        "451 for every fifth, 550 for every fiftieth", messages=100,
        lost=len(ids) - 2 - len(post.sink.taken), doubled=len(post.sink.doubled),
        note="2 refused for good: recorded once, not tried again",
    )  # fmt: skip
    assert post.count("suppressed", cause="refused") == 2
    assert post.sink.number == 98
    assert not post.sink.doubled


def test_a_server_that_thinks_for_half_a_minute_is_waited_for(post: Post) -> None:
    post.stand_by()
    thinks = seconds(short=2, long=30)
    post.sink.wait = lambda number: thinks if number in {3, 4} else 0
    ids = post.plan(10)
    post.look()
    assert post.wait_for_all(10, seconds=2 * thinks + 30)
    record(
        f"mail server takes {thinks:g} s for two mails", messages=10,
        lost=len(ids - set(post.sink.taken)), doubled=len(post.sink.doubled),
    )  # fmt: skip
    assert post.sink.number == 10
    assert not post.doubted()


def test_a_line_that_breaks_after_the_mail_may_double_that_mail_and_says_so(post: Post) -> None:
    post.stand_by()
    post.sink.answer = lambda number: RESET if number == 5 else OK
    ids = post.plan(20)
    post.look()
    assert post.wait_until_settled(30)
    assert (post.count("sent"), post.count("failed")) == (19, 1)
    post.let_failed_be_due()
    post.look()
    assert post.wait_for_all(20)
    record(
        "line broken after the mail was taken", messages=20,
        lost=len(ids - set(post.sink.taken)), doubled=len(post.sink.doubled),
        note="exactly the mail under way, marked",
    )  # fmt: skip
    assert set(post.sink.taken) == ids
    assert len(post.sink.doubled) == 1
    assert post.sink.doubled == post.doubted()


def test_lines_to_the_mail_server_cut_again_and_again_lose_nothing(post: Post) -> None:
    post.stand_by()
    ids = post.plan(MAILS)
    post.look(times=2)
    for share in (0.2, 0.4, 0.6):
        assert post.sink.wait_for(int(MAILS * share))
        post.to_mail.cut()
    assert post.wait_until_settled(30)
    post.let_failed_be_due()
    post.look()
    assert post.wait_for_all(len(ids))
    record(
        "lines to the mail server cut while mails leave", runs=3, messages=len(ids),
        lost=len(ids - set(post.sink.taken)), doubled=len(post.sink.doubled),
        note=f"{len(post.doubted())} marked “perhaps twice”",
    )  # fmt: skip
    assert set(post.sink.taken) == ids
    assert post.sink.doubled <= post.doubted()
