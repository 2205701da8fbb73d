"""Reflections of quizzes: shared by choice, read by those who wrote one, answered, taken back."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import now, session, transaction
from academy.discussion.errors import CannotRearrange
from academy.discussion.holding import HOLDER
from academy.discussion.models import Post, Reflection, Thread
from academy.discussion.news import still_followed
from academy.discussion.ports import SHOW, plug_gatekeeper
from academy.discussion.service import merge, move, reply, start_thread
from academy.discussion.service.finding import find_posts
from academy.discussion.service.reflecting import share
from academy.discussion.service.telling import tell_posts
from academy.discussion.service.writing import vanish
from academy.learning.groups.models import Facilitator
from academy.learning.models import Attempt, Course, Lesson, Study
from academy.learning.service import begin_attempt, hand_in
from academy.messaging.models import Notice
from academy.messaging.notices import Waiting
from academy.moderation.gate import judge
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import Series
from tests.cast import Cast
from tests.learning.writing import REFLECTION, load_course
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
WARP = "/courses/weaving/first/warp/"
WORDS = "My sister taught me patience."


@pytest.fixture(autouse=True)
def _scene(app: object, whole_app: Flask) -> Iterator[None]:
    load_course(more=REFLECTION)
    plug_gatekeeper(lambda _draft: SHOW)
    yield
    plug_gatekeeper(judge)


def _lesson() -> Lesson:
    return session.scalars(select(Lesson).where(Lesson.key == "weaving-warp")).one()


def _handed_in(person: Person, words: str = WORDS) -> Attempt:
    attempt = begin_attempt(_lesson(), person)
    hand_in(attempt, person, {"which": ["warp"], "how-many": ["12"], "mine": [words]}, "en")
    return attempt


def _share(person: Person, audience: str = "learners", words: str = WORDS) -> Post:
    attempt = _handed_in(person, words)
    told = share(attempt, "mine", person, audience=audience, title="Reflections", language="en")
    assert told
    return told.post


def _page() -> str:
    return f"/threads/reflections/{_lesson().id}/"


def test_a_learner_shares_a_reflection_by_choice_and_a_peer_answers(
    cast: Cast, client_of: ClientOf
) -> None:
    learner, other = client_of(cast.learner), client_of(cast.other_learner)
    attempt = _handed_in(cast.learner)
    address = f"{WARP}quiz/{attempt.id}/"
    result = learner.get(address).text
    assert "100 % right" in result
    assert "Share it, or ask a facilitator" in result
    assert session.scalars(select(Thread)).all() == []
    told = learner.post(f"/threads/attempts/{attempt.id}/mine", data={"audience": "learners"})
    assert told.headers["Location"] == f"{address}#answer-mine"
    assert "You shared this with the learners of this lesson" in learner.get(address).text
    # Twice is once.
    learner.post(f"/threads/attempts/{attempt.id}/mine", data={"audience": "facilitators"})
    assert session.scalars(select(Thread.audience)).all() == ["learners"]
    closed = other.get(_page())
    assert (closed.status_code, WORDS in closed.text) == (403, False)
    assert "First your own thoughts" in closed.text
    _handed_in(cast.other_learner, "My teacher.")
    page = other.get(_page()).text
    assert WORDS in page
    assert "What holds you?" in page
    found = re.search(r'href="(/threads/\d+/[?]answers=1#answer)">Answer', page)
    assert found
    thread = session.scalars(select(Thread)).one()
    said = {"body": "Mine, too.", "language": "en", "answers": "1"}
    assert other.post(f"/threads/{thread.id}/posts/", data=said).status_code == 302
    tell_posts()
    page = learner.get(_page()).text
    assert "Mine, too." in page
    assert "no answer yet" not in page
    news = session.scalars(select(Notice).where(Notice.person_id == cast.learner.id)).all()
    assert [one.kind for one in news] == ["thread_answered"]
    assert f'href="{_page()}"' in learner.get(WARP).text


def test_who_asks_facilitators_is_seen_by_them_alone(cast: Cast, client_of: ClientOf) -> None:
    post = _share(cast.learner, "facilitators")
    _handed_in(cast.other_learner, "Mine.")
    address = f"/threads/{post.thread_id}/"
    statuses = {
        role: client_of(getattr(cast, role)).get(address).status_code
        for role in ("learner", "other_learner", "organiser", "focal_point", "moderator")
    }
    seen_by_focal = 200 if cast.learner.country in cast.focal_point.focal_countries else 404
    assert statuses == {
        "learner": 200, "other_learner": 404, "organiser": 200, "moderator": 200,
        "focal_point": seen_by_focal,
    }  # fmt: skip
    assert WORDS not in client_of(cast.other_learner).get(_page()).text
    assert WORDS not in client_of(cast.moderator).get(_page()).text
    organiser = client_of(cast.organiser)
    desk = organiser.get("/desk/reflections/").text
    assert "1 reflection of a learner waits" in desk
    assert WORDS in desk
    organiser.post(f"{address}posts/", data={"body": "Tell us of her.", "language": "en"})
    assert "Nothing waits for an answer" in organiser.get("/desk/reflections/").text
    mine = client_of(cast.learner).get(_page()).text
    assert "Tell us of her." in mine
    assert "for facilitators alone" in mine


def test_a_focal_point_is_asked_by_people_of_its_own_countries(
    cast: Cast, client_of: ClientOf
) -> None:
    near = create_person("Maya", "maya@example.org", country=min(cast.focal_point.focal_countries))
    far = create_person("Ana", "ana@example.org", country="BR")
    _share(near, "facilitators", "From near.")
    _share(far, "facilitators", "From far.")
    _share(far, "learners", "To all.")
    desk = client_of(cast.focal_point).get("/desk/reflections/").text
    assert ["From near." in desk, "From far." in desk, "To all." in desk] == [True, False, True]


def test_who_is_named_for_the_series_answers_until_they_are_none_any_more(
    cast: Cast, client_of: ClientOf
) -> None:
    asked, named = _share(cast.learner, "facilitators"), client_of(cast.other_learner)
    place = f"/threads/{asked.thread_id}/"
    assert [named.get(one).status_code for one in (place, "/desk/reflections/")] == [404, 404]
    with transaction() as current:
        series = Series(slug="looms", title="Looms", zone="Asia/Manila", status="published")
        current.add(series)
        current.flush()
        course = current.scalars(select(Course)).one()
        course.plan = course.plan | {"series": "looms"}
        one = Facilitator(series_id=series.id, person_id=cast.other_learner.id)
        current.add(one)
    assert WORDS in named.get("/desk/reflections/").text
    assert WORDS in named.get(_page()).text
    assert WORDS in named.get(place).text
    assert "1 reflection of a learner waits" in named.get("/desk/courses/").text
    reply(asked.thread_id, cast.other_learner, "Tell us of her.")
    reply(asked.thread_id, cast.learner, "She weaves.")
    tell_posts()
    news = session.execute(
        select(Notice.id, Notice.person_id, Notice.facts).where(
            Notice.person_id == cast.other_learner.id
        )
    ).one()
    waiting = [Waiting(news.id, news.person_id, "", "en", news.facts)]
    assert still_followed(waiting) == {news.id}
    with transaction() as current:
        current.get_one(Facilitator, one.id).removed_at = now()
    assert still_followed(waiting) == set()
    assert [named.get(path).status_code for path in (place, "/desk/reflections/")] == [404, 404]


def test_nobody_else_ever_reads_a_word_of_what_is_shared_with_few(
    cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    post = _share(cast.learner)
    find_posts()
    place = f"/threads/{post.thread_id}/"
    stranger = client_of(cast.other_learner)
    for address in (
        place, f"{place}feed.atom", f"{place}posts/1/part", f"{place}posts/1/shared",
        f"{place}posts/1/quote", f"{place}posts/1/history", f"{place}posts/", f"{place}posts/1/",
    ):  # fmt: skip
        assert [one.get(address).status_code for one in (client, stranger)] == [404, 404], address
    for address in ("/threads/", "/threads/?words=patience", "/search/?words=patience", WARP):
        for reader in (client, stranger, client_of(cast.moderator)):
            assert "taught me" not in reader.get(address).text
    assert client_of(cast.moderator).get(place).status_code == 200
    assert 'data-looks="' not in client_of(cast.learner).get(place).text


def test_moderators_move_nothing_in_or_out_of_what_few_see(cast: Cast) -> None:
    few = session.get_one(Thread, _share(cast.learner).thread_id)
    for_all, _written = start_thread(cast.learner, "For all", "Hello everybody.")
    for source, target in ((few, for_all), (for_all, few)):
        with pytest.raises(CannotRearrange):
            merge(source.id, target.id)
    with pytest.raises(CannotRearrange):
        move(few.id, "topic", None)


def test_what_is_taken_back_is_gone_and_can_be_shared_again(
    cast: Cast, client_of: ClientOf
) -> None:
    _share(cast.learner)
    learner = client_of(cast.learner)
    attempt = session.scalars(select(Attempt)).one()
    learner.post(f"/threads/attempts/{attempt.id}/mine/back")
    assert session.execute(select(Post.state, Post.body)).one() == ("removed", "")
    assert session.scalars(select(Reflection)).all() == []
    assert WORDS not in learner.get(_page()).text
    address = f"{WARP}quiz/{attempt.id}/"
    assert WORDS in learner.get(address).text
    learner.post(f"/threads/attempts/{attempt.id}/mine", data={"audience": "facilitators"})
    assert "You asked the facilitators alone." in learner.get(address).text


def test_what_moderators_hide_is_hidden_here_and_stays_so(cast: Cast, client_of: ClientOf) -> None:
    post = _share(cast.learner)
    attempt = session.scalars(select(Attempt)).one()
    with transaction() as current:
        vanish(current, current.get_one(Thread, post.thread_id), post, "hidden")
    learner = client_of(cast.learner)
    assert WORDS not in learner.get(_page()).text
    assert "A moderator hid it." in learner.get(f"{WARP}quiz/{attempt.id}/").text
    learner.post(f"/threads/attempts/{attempt.id}/mine/back")
    assert session.scalars(select(Post.state)).one() == "hidden"


def test_the_gate_holds_and_refuses_as_with_every_post(cast: Cast, client_of: ClientOf) -> None:
    plug_gatekeeper(judge)
    newcomer = create_person("Maya", "maya@example.org", country="NP")
    attempt, learner = _handed_in(newcomer), client_of(newcomer)
    learner.post(f"/threads/attempts/{attempt.id}/mine", data={"audience": "learners"})
    assert "A moderator looks at it first." in learner.get(f"{WARP}quiz/{attempt.id}/").text
    assert "waits for a moderator" in learner.get(_page()).text
    assert WORDS not in client_of(cast.organiser).get(_page()).text


def test_an_empty_or_forged_reflection_is_not_shared(cast: Cast, client_of: ClientOf) -> None:
    attempt, learner = _handed_in(cast.learner, "  "), client_of(cast.learner)
    assert "You wrote nothing here" not in learner.get(f"{WARP}quiz/{attempt.id}/").text
    for key in ("mine", "which", "none"):
        answer = learner.post(
            f"/threads/attempts/{attempt.id}/{key}", data={"audience": "learners"}
        )
        assert answer.status_code == 404
    other = client_of(cast.other_learner)
    assert other.post(f"/threads/attempts/{attempt.id}/mine").status_code == 404
    assert session.get_one(Study, (cast.learner.id, _lesson().id)).reflected_at is None
    assert learner.get(_page()).status_code == 403
    assert session.scalars(select(Post)).all() == []


def test_facilitators_have_what_waits_first_and_pages_cost_few_statements(
    cast: Cast, client_of: ClientOf, engine: Engine
) -> None:
    for number in range(21):
        person = create_person(f"P{number}", f"p{number}@example.org", country="NP")
        _share(person, words=f"Thought {number}.")
    organiser = client_of(cast.organiser)
    thread_id = session.scalars(select(Thread.id)).one()
    said = {"body": "Yes.", "language": "en", "answers": "21"}
    organiser.post(f"/threads/{thread_id}/posts/", data=said)
    page = organiser.get(_page()).text
    assert "20 of them wait for an answer" in page
    assert [f"Thought {number}." in page for number in (20, 19, 0)] == [False, True, True]
    assert "Thought 20." in organiser.get(f"{_page()}?page=2").text
    session.expire_all()
    with counted(engine) as statements:
        organiser.get(_page())
    assert len(statements) <= 8, statements


def test_who_leaves_takes_shared_reflections_along(cast: Cast, client_of: ClientOf) -> None:
    asked = _share(cast.learner, "facilitators").thread_id
    told = HOLDER.told(cast.learner.id)["reflections_shared"]
    assert [(one["lesson"], one["seen_by"]) for one in told] == [("weaving-warp", "facilitators")]
    with transaction():
        HOLDER.let_go(cast.learner.id)
    assert session.scalars(select(Reflection)).all() == []
    assert WORDS not in client_of(cast.organiser).get(f"/threads/{asked}/").text
    assert "Nothing waits" in client_of(cast.organiser).get("/desk/reflections/").text
