"""Many posts decided about at once: confirmed, each told and logged by itself, undone by one."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.db import session, transaction
from academy.discussion.models import Post
from academy.messaging.models import Notice
from academy.moderation.models import Decision, Reason, Waiting
from academy.moderation.service import (
    decide_on_post,
    decide_on_posts,
    edit_reason,
    undo_decision,
)
from academy.people.models import Person
from academy.people.service import create_person
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.moderation.conftest import Desk
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
MANY = "/moderation/decisions"


def _writers(desk: Desk, many: int) -> list[int]:
    people = [create_person(f"W {each}", f"w{each}@example.org") for each in range(many)]
    return [desk.hold(person, f"Words {each}").id for each, person in enumerate(people)]


def _count(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_hiding_many_asks_first_and_says_how_many_they_are(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    chosen = _writers(desk, 3)
    browser = client_of(cast.moderator)
    page = browser.post(MANY, data={"chosen": chosen, "action": "hide"}).text
    assert "Hide 3 posts?" in page
    assert "Words 2" in page
    assert _count(Decision) == 0
    confirmed = {"chosen": chosen, "action": "hide", "confirmed": "yes"}
    again = browser.post(MANY, data=confirmed | {"reason": ""})
    assert (again.status_code, "Choose why." in again.text) == (400, True)
    done = browser.post(MANY, data=confirmed | {"reason": "spam"}, follow_redirects=True).text
    assert "Decided about 3 posts." in done
    assert _count(Decision) == 3
    assert _count(Notice) == 3


def test_each_is_logged_and_told_by_itself_in_the_same_number_of_statements(
    desk: Desk, cast: Cast, engine: Engine
) -> None:
    costs = []
    for many, action in ((2, "remove"), (20, "remove")):
        chosen = _writers(Desk(cast), many) if many == 2 else _more(desk, many)
        with counted(engine) as statements:
            outcome = decide_on_posts(chosen, cast.moderator, action, "spam", "Please stop.")
        assert len(outcome.decisions) == many
        costs.append(len(statements))
    assert costs[0] == costs[1]
    logged = select(func.count()).where(AuditEntry.action == "moderation.remove")
    assert session.scalar(logged) == 22
    assert session.scalars(select(Post.body).where(Post.state == "removed").distinct()).all() == [
        ""
    ]


def _more(desk: Desk, many: int) -> list[int]:
    people = [create_person(f"V {each}", f"v{each}@example.org") for each in range(many)]
    return [desk.hold(person, f"Other {each}").id for each, person in enumerate(people)]


def test_showing_many_tells_their_readers_in_a_bounded_number_of_statements(
    desk: Desk, cast: Cast, engine: Engine
) -> None:
    chosen = _writers(desk, 12)
    with counted(engine) as statements:
        decide_on_posts(chosen, cast.moderator, "approve", "fits")
    assert len(statements) <= 24
    assert desk.thread_now().visible_posts == 13


def test_what_a_colleague_decided_meanwhile_is_left_and_told(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    chosen = _writers(desk, 3)
    decide_on_post(
        session.get_one(Post, session.get_one(Waiting, chosen[0]).post_id),
        cast.administrator, "approve", "fits",
    )  # fmt: skip
    browser = client_of(cast.moderator)
    page = browser.post(MANY, data={"chosen": chosen, "action": "remove"}).text
    assert "Remove the words of 2 posts for good?" in page
    assert "One of those that you chose was decided meanwhile." in page
    data = {"chosen": chosen, "action": "remove", "confirmed": "yes", "reason": "spam"}
    done = browser.post(MANY, data=data, follow_redirects=True).text
    assert "Decided about 2 posts." in done
    assert "a colleague had decided meanwhile" in done
    states = dict(session.execute(select(Post.state, func.count()).group_by(Post.state)).all())
    assert states == {"visible": 2, "removed": 2}


def test_one_button_shows_a_post_and_it_can_be_taken_back(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    held = desk.hold(cast.learner, "My first words")
    browser = client_of(cast.moderator)
    back = {"back": "/moderation/?kind=held", "item": "post-9"}
    answer = browser.post(MANY, data={"approve": held.id, **back})
    decision = session.scalars(select(Decision)).one()
    assert answer.location == f"/moderation/?kind=held&undo={decision.id}#post-9"
    assert desk.thread_now().visible_posts == 2
    assert "Take it back" in browser.get(answer.location).text
    assert "Take it back" not in client_of(cast.administrator).get(answer.location).text
    browser.post(f"/moderation/decisions/{decision.id}/undoing", data=back)
    session.expire_all()
    again = session.get_one(Waiting, held.id)
    assert (again.closed_at, again.held_for) == (None, "again")
    assert desk.thread_now().visible_posts == 1


@pytest.mark.parametrize("is_right", [False, True])
def test_a_hidden_first_post_waits_again_unless_its_author_was_right(
    desk: Desk, cast: Cast, *, is_right: bool
) -> None:
    held = desk.hold(cast.learner, "My first words")
    post = session.get_one(Post, held.post_id)
    decision = decide_on_post(post, cast.moderator, "hide", "spam")
    undo_decision(decision, cast.administrator, is_right=is_right)
    assert post.state == ("visible" if is_right else "held")


def test_strange_choices_change_nothing(client_of: ClientOf, desk: Desk, cast: Cast) -> None:
    browser = client_of(cast.moderator)
    held = desk.hold(cast.learner, "My first words")
    assert "Choose posts first." in browser.post(MANY, follow_redirects=True).text
    wrong = {"chosen": [held.id], "action": "suspend", "confirmed": "yes", "reason": "spam"}
    assert browser.post(MANY, data=wrong).status_code == 400
    gone = {"chosen": [2**40, 77], "action": "hide"}
    assert "All of them were decided meanwhile" in browser.post(MANY, data=gone).text
    assert _count(Decision) == 0


def test_a_reason_that_is_not_offered_any_more_is_refused(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    held = desk.hold(cast.learner, "My first words")
    with transaction():
        reason = session.get_one(Reason, "copied")
        edit_reason(reason, reason.words, cast.moderator, version=1, is_active=False)
    data = {"chosen": [held.id], "action": "hide", "confirmed": "yes", "reason": "copied"}
    assert client_of(cast.moderator).post(MANY, data=data).status_code == 400
