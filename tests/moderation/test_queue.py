"""One queue of all that waits: filters with counts, order, who looks at it, few statements."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session
from academy.discussion.models import Post
from academy.discussion.service import remove_own
from academy.moderation.errors import DecidedMeanwhile
from academy.moderation.models import CLAIMED_FOR
from academy.moderation.queue import PAGE, Choice, read_queue
from academy.moderation.service import claim, decide_on_post, decide_on_posts
from academy.people.models import Person
from academy.people.service import create_person
from tests.cast import Cast
from tests.moderation.conftest import Desk
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def waiting(desk: Desk, cast: Cast) -> Desk:
    """Let one of each kind wait: from Cambodia, Malaysia, Indonesia and Nepal."""
    desk.hold(cast.learner, "ត្រី", days=2, language="km")
    desk.flag(cast.moderator, "Buy rice", cast.organiser, days=8)
    desk.appeal(cast.other_learner, days=4)
    desk.submit_case(cast.focal_point)
    return desk


def _kinds(**chosen: str) -> list[str]:
    return [item.kind for item in read_queue(Choice(**chosen)).page.rows]  # type: ignore[arg-type]


def test_everything_that_waits_stands_in_one_list_the_oldest_first(waiting: Desk) -> None:
    assert _kinds() == ["post", "appeal", "post", "case"]
    newest = read_queue(Choice(is_newest_first=True)).page.rows
    assert [item.kind for item in newest] == ["case", "post", "appeal", "post"]


def test_what_its_author_took_away_waits_no_more(desk: Desk, cast: Cast) -> None:
    held = desk.hold(cast.learner, "Not yet seen")
    remove_own(session.get_one(Post, held.post_id), cast.learner)
    assert _kinds() == []
    with pytest.raises(DecidedMeanwhile):
        decide_on_post(session.get_one(Post, held.post_id), cast.moderator, "approve", "fits")
    outcome = decide_on_posts([held.id], cast.moderator, "hide", "spam")
    assert (len(outcome.decisions), outcome.meanwhile) == (0, 1)


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ({"kind": "held"}, ["post"]), ({"kind": "flagged"}, ["post"]),
        ({"kind": "appeal"}, ["appeal"]), ({"kind": "case"}, ["case"]),
        ({"language": "km"}, ["post"]), ({"country": "NP"}, ["case"]),
        ({"country": "KH"}, ["post"]), ({"age": "day"}, ["post", "appeal", "post"]),
        ({"age": "three_days"}, ["post", "appeal"]), ({"age": "week"}, ["post"]),
        ({"age": "week", "kind": "held"}, []),
    ],
)  # fmt: skip
def test_filters_say_what_is_shown(waiting: Desk, chosen: dict[str, str], kinds: list[str]) -> None:
    assert _kinds(**chosen) == kinds
    assert read_queue(Choice(**chosen)).page.total == len(kinds)  # type: ignore[arg-type]


def test_each_value_of_a_filter_says_how_many_it_would_show(waiting: Desk) -> None:
    counts = read_queue(Choice(age="three_days")).counts
    assert counts["kind"] == {"": 2, "flagged": 1, "appeal": 1}
    assert counts["age"] == {"": 4, "day": 3, "three_days": 2, "week": 1}
    assert counts["country"] == {"": 2, "LK": 1, "ID": 1}


def test_the_page_names_author_country_language_age_and_who_looks_at_it(
    client_of: ClientOf, waiting: Desk, cast: Cast
) -> None:
    held = read_queue(Choice(kind="held")).page.rows[0]
    claim("post", held.id, cast.administrator)
    page = client_of(cast.moderator).get("/moderation/?kind=held&language=km").text
    for words in ("ត្រី", "Newcomer", "Cambodia", "ខ្មែរ", "waits for 2 days", "Tenzin looks at it"):
        assert words in page
    assert "Forest of the village" not in page
    whole = client_of(cast.moderator).get("/moderation/").text
    assert re.search(r"Submitted cases \(1\)", whole)
    assert "4 things wait." in whole


def test_anything_can_be_claimed_by_one_and_is_free_after_a_while(
    client_of: ClientOf, waiting: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in read_queue(Choice()).page.rows:
        assert claim(item.kind, item.id, cast.moderator)
        assert claim(item.kind, item.id, cast.moderator)
        assert not claim(item.kind, item.id, cast.administrator)
    monkeypatch.setattr("academy.moderation.service.claiming.CLAIMED_FOR", -CLAIMED_FOR)
    assert claim("case", read_queue(Choice(kind="case")).page.rows[0].id, cast.administrator)
    for wrong in ("", "post", "post-x", "series-1", "post-99999999999"):
        answer = client_of(cast.moderator).post("/moderation/claims", data={"claim": wrong})
        assert answer.status_code == 400


def test_a_full_page_of_every_kind_costs_six_statements(
    desk: Desk, cast: Cast, engine: Engine, client_of: ClientOf
) -> None:
    for number in range(PAGE):
        author = create_person(f"Writer {number}", f"w{number}@example.org", country="PH")
        desk.hold(author, f"Words {number}", days=9)
    desk.appeal(cast.other_learner, days=10)
    desk.submit_case(cast.focal_point, days=10)
    with counted(engine) as statements:
        found = read_queue(Choice())
    assert (len(statements), len(found.page.rows), found.page.total) == (6, PAGE, PAGE + 2)
    browser = client_of(cast.moderator)
    with counted(engine) as statements:
        first = browser.get("/moderation/").text
    assert len(statements) <= 8
    assert "1 to 30 of 32" in first
    assert "31 to 32 of 32" in browser.get("/moderation/?page=2").text


def test_nonsense_in_the_address_shows_everything(client_of: ClientOf, waiting: Desk) -> None:
    browser = client_of(waiting.cast.moderator)
    page = browser.get("/moderation/?kind=x&language=zz&country=%27&age=9&order=1&page=0&undo=x")
    assert "4 things wait." in page.text
    assert "Nothing like this waits" in browser.get("/moderation/?country=ZZ").text
