"""What is hidden is hidden everywhere: one table of ways to hide, and every place to look."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import now, session, transaction
from academy.discussion import service
from academy.discussion.holding import HOLDER
from academy.discussion.models import Post, Thread
from academy.discussion.policy import can_moderate
from academy.discussion.ports import SHOW, Draft, Verdict, plug_gatekeeper
from academy.discussion.quoting import quote
from academy.discussion.service import finding
from academy.discussion.service.selecting import choose, publish_closed
from academy.discussion.service.telling import tell_posts
from academy.lib import jobs
from academy.library.models import CaseStudy
from academy.library.service import load_cases
from academy.messaging import service as messaging
from academy.moderation.gate import judge
from academy.moderation.service import decide_on_post, decide_on_thread
from academy.people.models import Person
from academy.people.service import create_person
from tests.cast import Cast, sign_in_to
from tests.library.conftest import FOREST
from tests.messaging.conftest import Pigeonhole, pigeonhole, text_of

__all__ = ["pigeonhole"]

#: Stands in every post, so that it can be searched for; the secret beside it may not come back.
KEY = "plumjam"
HOLDS = "holdme"


class Scene:
    """A thread about a case with a secret for each way to hide it, quoted, told and searched."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        load_cases([FOREST])
        case = session.scalars(select(CaseStudy.id)).one()
        self.main, _ = service.start_thread(
            cast.moderator, "How do you keep fruit?", "Ask.", subject_kind="case", subject_id=case
        )
        self.other, _ = service.start_thread(cast.learner, "Secretthreadtitle", f"{KEY} hidden")
        for thread in (self.main, self.other):
            service.follow(thread.id, cast.other_learner.id)
        self.secrets = {"thread": "Secretthreadtitle"}

    def plant(self, way: str, thread: Thread, author: Person) -> Post:
        """Let somebody write a secret, edit it, and somebody else quote it by hand and by button.

        A follower, whom it calls by name, and whom it answers are about to hear of all that.
        """
        secret = self.secrets.setdefault(way, f"Secretof{way}")
        calls = f"@{self.cast.moderator.name} {KEY} {secret}"
        post = service.reply(thread.id, author, f"{calls} before", answers=1).post
        service.edit_post(post, author, f"{calls}\\nand the pot", version=1)
        made = quote("A", thread.id, post.number, post.body)
        for words in (f"{made}So {way}", f"> {calls}\n\nWell {way}"):
            service.reply(thread.id, self.cast.organiser, words, answers=post.number)
        service.recommend(post, self.cast.moderator)
        choose(f"/threads/{thread.id}/posts/{post.number}/", self.cast.moderator, {"en": way})
        answer = service.reply(thread.id, self.cast.organiser, f"> {calls}", answers=1).post
        service.edit_post(answer, self.cast.organiser, f"Changed {way}", version=1)
        return post

    def hide(self, way: str) -> None:
        """Hide a post in one of the ways, as its author or a moderator does it."""
        author = self._author(way)
        post = self.plant(way, self.other if way == "thread" else self.main, author)
        finding.find_posts()
        tell_posts()
        moderator = self.cast.moderator
        if way in {"hide", "remove"}:
            decide_on_post(post, moderator, way, "harm")
        elif way == "take_away":
            service.remove_own(post, author)
        elif way == "edit":
            body = f"{post.body} {HOLDS}"
            assert service.edit_post(post, author, body, version=post.version).is_held
        elif way == "move_quotes":
            numbers = {post.number + 1, post.number + 2, post.number + 3}
            service.split(self.main.id, numbers, title=f"About {way}")
            decide_on_post(post, moderator, "hide", "harm")
        elif way == "move_it":
            service.split(self.main.id, {post.number}, title=f"About {way}")
            session.refresh(post)
            decide_on_post(post, moderator, "hide", "harm")
        elif way == "leave":
            with transaction():
                HOLDER.let_go(author.id)
        elif way == "hide_and_leave":
            decide_on_post(post, moderator, "hide", "harm")
            with transaction():
                HOLDER.let_go(author.id)
        elif way == "show_and_hide":
            decide_on_post(post, moderator, "hide", "harm")
            decide_on_post(post, moderator, "approve", "fits")
            decide_on_post(post, moderator, "hide", "harm")
        else:
            decide_on_thread(self.other, moderator, "hide_thread", "harm")

    def _author(self, way: str) -> Person:
        with transaction():
            return create_person(f"Author {way}", f"{way}@example.org", country="KH")


WAYS = (
    "hide", "remove", "take_away", "edit", "leave", "hide_and_leave", "show_and_hide",
    "move_quotes", "move_it", "thread",
)  # fmt: skip
READERS = ("", "organiser", "moderator")
#: Of these the words are gone for good: moderators read them no more, either.
GONE = {"remove", "take_away", "leave", "hide_and_leave"}


def _gate(draft: Draft) -> Verdict:
    held = HOLDS in draft.body and not can_moderate(draft.author)
    return Verdict("hold", "words") if held else SHOW


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Return what open browsers are told, in words."""
    heard: list[str] = []
    jobs.plug(lambda *_job: None, lambda *event: heard.append(str(event)))
    plug_gatekeeper(_gate)
    yield heard
    plug_gatekeeper(judge)
    jobs.unplug()


@pytest.fixture
def scene(app: Flask, cast: Cast, told: list[str]) -> Scene:
    """Return the scene with everything hidden."""
    made = Scene(cast)
    for way in WAYS:
        made.hide(way)
    publish_closed(now() + timedelta(days=8))
    session.expire_all()
    return made


def _beginnings(scene: Scene) -> list[str]:
    """Give the addresses from which everything is found, and those that only a browser asks."""
    found = ["/", "/cases/", "/cases/forest/", "/cases/feed.atom", "/threads/", "/account"]
    found += [f"/threads/?words={KEY}", f"/search/?words={KEY}", "/threads/?words=Secrethidden"]
    # A slip of a secret is not answered with the secret.
    found += ["/search/?words=secretofhidd", "/search/?words=secretofedi", "/api/v1/cases"]
    found += ["/threads/selection/", "/threads/selection/feed.atom"]
    for thread in (scene.main, scene.other):
        at = f"/threads/{thread.id}/"
        found += [at, f"{at}feed.atom", f"{at}posts/?after=0", f"{at}summary/history"]
        for number in range(1, thread.last_number + 1):
            post = f"{at}posts/{number}/"
            found += [f"{post}part", f"{post}history", f"{post}quote", f"{post}edit"]
            found += [f"{at}?answers={number}&quote=1", f"/moderation/flags/{thread.id}/{number}"]
    return found


#: Pages that say nothing of posts, and those that sign out.
_ASIDE = re.compile(r"/(static|sign|privacy|series|live-sessions|figures|desk|dev|calendar|lang)")
MOST_PAGES = 260


def _walk(client: FlaskClient, begin: list[str]) -> Iterator[tuple[str, str]]:
    """Read these pages and those that they lead to; the third step leads nowhere new."""
    waiting, seen = list(dict.fromkeys(begin)), set(begin)
    while waiting and len(seen) - len(waiting) < MOST_PAGES:
        path = waiting.pop(0)
        answer = client.get(path, follow_redirects=True)
        yield path, answer.text if answer.status_code < 400 else ""
        for link in re.findall(r'(?:href|action)="([^"#]+)', answer.text):
            there = urljoin(path, link.replace("&amp;", "&"))
            parts = urlsplit(there)
            if parts.scheme or parts.netloc or there in seen or _ASIDE.match(there):
                continue
            seen.add(there)
            waiting.append(there)


@pytest.mark.parametrize("role", READERS)
def test_nobody_but_moderators_reads_what_is_hidden_anywhere(
    app: Flask, scene: Scene, role: str
) -> None:
    client, begin = app.test_client(), _beginnings(scene)
    if role:
        sign_in_to(client, getattr(scene.cast, role))
    found: dict[str, list[str]] = {}
    walked = 0
    for path, page in _walk(client, begin):
        walked += 1
        for way, secret in scene.secrets.items():
            if secret.casefold() in page.casefold():
                found.setdefault(way, []).append(path)
    assert walked > 100
    if role == "moderator":
        assert set(found) == set(WAYS) - GONE
        own = f"/threads/{scene.main.id}/posts/"
        assert all(any(own in path for path in found[way]) for way in ("hide", "edit"))
    else:
        assert found == {}


def test_what_everybody_may_read_of_the_same_is_found(scene: Scene, app: Flask) -> None:
    page = app.test_client().get("/threads/?words=fruit").text
    assert "How do you keep" in page
    assert f"<mark>{KEY}" not in app.test_client().get(f"/threads/?words={KEY}").text


def test_no_mail_tells_of_it_that_was_planned_before(scene: Scene, pigeonhole: Pigeonhole) -> None:
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        messaging.settle_notices()
        messaging.plan_digests()
        messaging.deliver_due()
    mails = [mail for mail in pigeonhole.mails if "moderat" not in str(mail["Subject"])]
    assert any("Well hide" in text_of(mail) for mail in mails)
    for mail in mails:
        for kind in ("plain", "html"):
            text = text_of(mail, kind).casefold()
            assert [way for way, secret in scene.secrets.items() if secret.casefold() in text] == []


def test_open_browsers_hear_that_it_is_gone_and_no_word_of_it(
    scene: Scene, told: list[str]
) -> None:
    assert not [one for one in told if "secret" in one.casefold()]
    gone = [one for one in told if "'gone'" in one]
    assert len(gone) >= len(WAYS) - 1
    edited = [one for one in told if "'edited'" in one]
    assert len(edited) > len(WAYS)  # quotes lost their words in open browsers, too


def test_what_is_shown_again_is_found_and_quoted_again(scene: Scene, app: Flask) -> None:
    post = session.scalars(
        select(Post).where(Post.state == "hidden", Post.body.contains("show_and"))
    ).one()
    decide_on_post(post, scene.cast.moderator, "approve", "fits")
    finding.find_posts()
    page = app.test_client().get(f"/threads/{scene.main.id}/").text
    assert page.count("Secretofshow_and_hide") == 4  # with the best posts on top
    found = app.test_client().get("/threads/?words=Secretofshow_and_hide").text
    assert "in 2 more posts" in found


def test_the_author_of_a_hidden_post_does_not_read_it_on(scene: Scene, app: Flask) -> None:
    hidden = select(Post).where(Post.state == "hidden", Post.body.contains("Secretofhide"))
    post = session.scalars(hidden).first()
    assert post is not None
    assert post.author_id is not None
    client = sign_in_to(app.test_client(), session.get_one(Person, post.author_id))
    at = f"/threads/{post.thread_id}/posts/{post.number}/"
    for path in (f"{at}part", f"{at}edit", f"{at}history"):
        assert "Secretofhide" not in client.get(path).text
