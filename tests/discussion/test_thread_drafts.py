"""What somebody typed is not lost: by a lost line, a reload, or an end of the sign-in."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, func, select

from academy.db import transaction
from academy.discussion.models import Post, Reading, Thread
from academy.people.models import SignIn
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

DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length"


def _type(page: Page, words: str) -> None:
    page.locator("#answer textarea").press_sequentially(words)
    page.wait_for_timeout(600)  # a draft is written when the fingers rest
    assert page.evaluate(DRAFTS) == 1


def _say(page: Page, words: str) -> None:
    expect(page.locator("[data-kept]")).to_contain_text(words, timeout=SOON)


def test_what_is_typed_comes_back_after_a_reload_for_its_writer_alone(
    academy: Academy, cast: Cast, path: str
) -> None:
    page = academy.open(path, 0, cast.learner)
    _type(page, "Half a thought")
    page.reload()
    assert page.locator("#answer textarea").input_value() == "Half a thought"
    _say(page, "What you had typed is back.")
    page.context.clear_cookies()
    academy.sign_in(page.context, 0, cast.other_learner)
    page.reload()
    assert page.locator("#answer textarea").input_value() == ""


def test_words_sent_without_a_line_are_kept_and_go_once_when_sent_again(
    academy: Academy, cast: Cast, path: str
) -> None:
    page = academy.open(path, 0, cast.learner)
    page.evaluate("window.isSamePage = true")
    _type(page, "In a kiln.")
    page.context.set_offline(True)
    page.locator("#answer button[type=submit]").click()
    _say(page, "No connection. Your words are kept here")
    assert page.locator("#answer textarea").input_value() == "In a kiln."
    page.context.set_offline(False)
    page.locator("#answer button[type=submit]").click()
    expect(page.locator("#post-14")).to_contain_text("In a kiln.", timeout=SOON)
    _say(page, "Sent.")
    assert page.locator("#answer textarea").input_value() == ""
    assert page.evaluate(DRAFTS) == 0
    write(page, "And turn it.")
    expect(page.locator("#post-15")).to_contain_text("And turn it.", timeout=SOON)
    assert page.evaluate("window.isSamePage")
    with transaction() as current:
        posts = select(func.count(Post.id)).where(Post.author_id == cast.learner.id)
        assert current.scalar(posts) == 3


def test_a_thread_closed_meanwhile_and_a_sign_in_that_ended_leave_the_words(
    academy: Academy, cast: Cast, path: str
) -> None:
    page = academy.open(path, 0, cast.learner)
    with transaction() as current:
        current.get_one(Thread, int(path.split("/")[2])).state = "locked"
    write(page, "A long answer")
    expect(page.locator("#answer")).to_contain_text("closed a moment ago", timeout=SOON)
    assert page.locator("#answer textarea").input_value() == "A long answer"
    with transaction() as current:
        current.get_one(Thread, int(path.split("/")[2])).state = "open"
        current.execute(delete(SignIn))
    page.locator("#answer button[type=submit]").click()
    _say(page, "You are not signed in any more.")
    assert page.locator("#answer textarea").input_value() == "A long answer"
    academy.sign_in(page.context, 0, cast.learner)
    page.goto(academy.urls[0] + path)
    assert page.locator("#answer textarea").input_value() == "A long answer"


def test_drafts_go_when_somebody_signs_out(academy: Academy, cast: Cast, path: str) -> None:
    page = academy.open(path, 0, cast.learner)
    _type(page, "Half a thought")
    page.evaluate("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()")
    page.wait_for_url(lambda url: "/threads/" not in url)
    assert page.evaluate(DRAFTS) == 0


def test_how_far_somebody_read_is_noted_and_leads_to_the_first_new_post(
    academy: Academy, cast: Cast, path: str
) -> None:
    page = academy.open(path, 0, cast.learner)
    page.locator("#post-5").evaluate(
        "post => post.scrollIntoView({block: 'end', behavior: 'instant'})"
    )
    with page.expect_request("**/reading?number=*", timeout=SOON):
        pass
    page.wait_for_timeout(500)
    page.reload()
    with transaction() as current:
        read = current.scalars(
            select(Reading.read_number).where(Reading.person_id == cast.learner.id)
        ).one()
    assert read in {5, 6}
    page.get_by_role("link", name="To the first new post").click()
    assert page.url.endswith(f"#post-{read + 1}")
    assert (
        page.locator(f"#post-{read + 1}").get_attribute("class") == "post post--visible post--new"
    )


def test_two_answers_at_once_stand_in_both_pages(academy: Academy, cast: Cast, path: str) -> None:
    one, other = (
        academy.open(path, process, person)
        for process, person in enumerate((cast.learner, cast.other_learner))
    )
    wait_for_line(one)
    write(one, "First words.")
    write(other, "Second words.")
    for page in (one, other):
        for words in ("First words.", "Second words."):
            expect(page.locator("ol.thread")).to_contain_text(words, timeout=SOON)
