"""Two people in one thread, each at another web process: what one does the other sees."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Thread
from tests.cast import Cast
from tests.discussion.two_processes import (
    SOON,
    Academy,
    academy,
    browser,
    cast,
    path,
    wait_for_line,
    write,
)

__all__ = ["academy", "browser", "cast", "path"]
pytestmark = pytest.mark.browser


def test_one_sees_the_posts_edits_and_removals_of_the_other(
    academy: Academy, cast: Cast, path: str
) -> None:
    reads = academy.open(path, 0, cast.learner)
    writes = academy.open(path, 1, cast.other_learner)
    wait_for_line(reads)
    reads.evaluate("window.isSamePage = true")
    writes.locator("#answer textarea").press_sequentially("In")
    expect(reads.locator("[data-thread-now]")).to_contain_text("is writing", timeout=SOON)

    write(writes, "In a *kiln*.")
    post = reads.locator("#post-14")
    expect(post).to_contain_text("In a kiln.", timeout=SOON)
    expect(reads.locator("[data-thread-live]")).to_contain_text("1 new post")
    assert post.locator("em").inner_text() == "kiln"

    writes.goto(f"{academy.urls[1]}{path}posts/14/edit")
    writes.locator("textarea").fill("In a warm kiln.")
    writes.locator("main button[type=submit]").click()
    expect(post).to_contain_text("In a warm kiln.", timeout=SOON)
    expect(reads.locator("[data-thread-live]")).to_contain_text("Post 14 was edited.")

    writes.goto(f"{academy.urls[1]}{path}posts/14/removal")
    writes.locator("main button[type=submit]").click()
    expect(post).to_contain_text("took this post away", timeout=SOON)
    expect(post).not_to_contain_text("kiln")
    assert reads.evaluate("window.isSamePage")


def test_nothing_that_one_reads_or_types_is_moved(academy: Academy, cast: Cast, path: str) -> None:
    reads = academy.open(path, 0, cast.learner)
    writes = academy.open(path, 1, cast.other_learner)
    wait_for_line(reads)
    box = reads.locator("#answer textarea")
    box.evaluate("box => box.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box.press_sequentially("My own wor")
    before = box.bounding_box()
    write(writes, "Many words. " * 80)
    expect(reads.locator("#post-14")).to_contain_text("Many words.", timeout=SOON)
    after = box.bounding_box()
    box.press_sequentially("ds")
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 3
    assert box.input_value() == "My own words"


def test_what_was_missed_without_a_line_is_fetched_when_it_is_back(
    academy: Academy, cast: Cast, path: str
) -> None:
    reads = academy.open(path, 0, cast.learner)
    academy.open(path, 1, cast.other_learner)
    wait_for_line(reads)
    reads.evaluate("window.isSamePage = true")
    reads.context.set_offline(True)
    thread_id = int(path.split("/")[2])
    edited = session.scalars(select(Post).where(Post.number == 2)).one()
    service.edit_post(edited, cast.organiser, "Edited meanwhile.", version=edited.version)
    service.reply(thread_id, cast.other_learner, "Missed one.")
    service.reply(thread_id, cast.other_learner, "Missed two.")
    session.remove()
    reads.wait_for_timeout(500)
    reads.context.set_offline(False)
    expect(reads.locator("#post-15")).to_contain_text("Missed two.", timeout=20_000)
    expect(reads.locator("#post-2")).to_contain_text("Edited meanwhile.")
    expect(reads.locator("[data-thread-live]")).to_contain_text("2 new posts")
    assert reads.evaluate("window.isSamePage")


def test_a_hidden_thread_leaves_open_pages(academy: Academy, cast: Cast, path: str) -> None:
    reads = academy.open(path, 0, None)
    academy.open(path, 1, cast.learner)
    wait_for_line(reads)
    with transaction():
        session.get_one(Thread, int(path.split("/")[2])).state = "hidden"
    session.remove()
    # The next word to the room, whatever it is, is answered by the policy.
    reads.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(reads.locator("[data-thread-live]")).to_contain_text("cannot be read", timeout=SOON)
    expect(reads.locator("[data-post]")).to_have_count(0)


def test_everything_works_by_forms_alone(academy: Academy, cast: Cast, path: str) -> None:
    writes = academy.open(path, 0, cast.other_learner, scripts=False)
    write(writes, "In a kiln.")
    expect(writes.locator("#post-14")).to_contain_text("In a kiln.")
    writes.goto(f"{academy.urls[0]}{path}posts/14/edit")
    writes.locator("textarea").fill("In a warm kiln.")
    writes.locator("main button[type=submit]").click()
    expect(writes.locator("#post-14")).to_contain_text("In a warm kiln.")
    writes.goto(f"{academy.urls[0]}{path}posts/14/removal")
    writes.locator("main button[type=submit]").click()
    expect(writes.locator("#post-14")).to_contain_text("took this post away")


def test_moderators_see_the_queue_change_and_who_is_suspended_loses_the_line(
    academy: Academy, cast: Cast, path: str
) -> None:
    queue = academy.open("/moderation/", 1, cast.moderator)
    flags = academy.open(f"/moderation{path.replace('threads', 'flags')}3", 0, cast.other_learner)
    flags.locator("input[value=wrong]").check()
    flags.locator("main form button[type=submit]").click()
    expect(queue.locator("li.queue__item")).to_contain_text("flagged once", timeout=SOON)

    decides = academy.open(f"/moderation/persons/{cast.learner.id}/", 1, cast.moderator)
    reads = academy.visit(0, cast.learner).new_page()
    with reads.expect_websocket() as opened:
        reads.goto(academy.urls[0] + path)
    expect(reads.locator("[data-thread-now]")).to_be_attached()
    decides.locator("input[value=suspend]").check()
    decides.locator("select[name=reason]").select_option("harm")
    with opened.value.expect_event("close", timeout=10_000):
        decides.locator("form:has(input[value=suspend]) button[type=submit]").click()


def test_a_summary_appears_in_open_pages_and_is_seen_before(
    academy: Academy, cast: Cast, path: str
) -> None:
    reads = academy.open(path, 0, cast.learner)
    academy.open(path, 1, cast.other_learner)
    wait_for_line(reads)
    reads.evaluate("window.isSamePage = true")
    writes = academy.open(f"{path}summary", 1, cast.moderator)
    writes.locator("textarea").fill("Use a *kiln*.")
    writes.get_by_role("button", name="Preview").click()
    expect(writes.locator(".curated em")).to_have_text("kiln", timeout=SOON)
    expect(writes.locator("textarea")).to_have_value("Use a *kiln*.")
    writes.get_by_role("button", name="Save").click()
    expect(reads.locator("[data-thread-state] em")).to_have_text("kiln", timeout=SOON)
    expect(reads.locator("[data-thread-live]")).to_contain_text("changed")
    assert reads.evaluate("window.isSamePage")
    expect(writes.locator(".toast")).to_contain_text("stands on top", timeout=SOON)
