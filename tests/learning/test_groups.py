"""The group of a course: who is in it, who needs a hand and why, who may see it."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from academy.db import transaction
from academy.learning.groups.needs import Choice
from academy.learning.groups.queries import find_group, read_part
from academy.people.models import Person, SignIn
from tests.cast import Cast
from tests.learning.group_scene import HERE, Scene, a_group, a_series, with_everybody
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def group(app: object) -> Scene:
    """Return a course with one learner for each rule."""
    return with_everybody(a_group())


def _reasons(viewer: Person) -> dict[str, tuple[str, ...]]:
    found = find_group("weaving", viewer)
    assert found is not None
    return {one.name: one.reasons for one in read_part(found, Choice()).people}


def _names(page: str) -> list[str]:
    return re.findall(r'<th scope="row".*?<bdi>(\w+)</bdi>', page)


def test_each_rule_finds_whom_it_is_for(group: Scene, cast: Cast) -> None:
    assert _reasons(cast.organiser) == {
        "Asha": (), "Bela": (), "Chandra": ("away",), "Dewi": ("stuck",), "Edi": ("only_live",),
        "Farid": ("almost",), "Gita": (),
    }  # fmt: skip


def test_who_passed_after_failing_or_lacks_two_things_needs_no_such_hand(
    group: Scene, cast: Cast
) -> None:
    group.add("Ina", opened=["warp"], percents=[0, 0, 100])
    group.add("Joko", read=["warp", "weft"], percents=[20])
    found = _reasons(cast.organiser)
    assert (found["Ina"], found["Joko"]) == ((), ())


def test_the_page_says_totals_that_add_up_and_reasons_in_words(
    group: Scene, cast: Cast, client_of: ClientOf, engine: Engine
) -> None:
    organiser = client_of(cast.organiser)
    page = organiser.get(HERE).text
    assert "Group of 7: 2 not begun, 4 underway, 1 completed; 4 need a hand." in page
    assert _names(page) == ["Asha", "Bela", "Chandra", "Dewi", "Edi", "Farid", "Gita"]
    for words in (
        "Not seen for 21 days", "Failed the quiz of “The warp” 2 times",
        "Came live once, has opened no lesson", "still missing: 1 live session to attend",
        "100 % on average",
    ):  # fmt: skip
        assert words in page
    with counted(engine) as statements:
        organiser.get(HERE)
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 5


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("show=hand", ["Chandra", "Dewi", "Edi", "Farid"]),
        ("show=stuck", ["Dewi"]),
        ("show=not_begun&country=NP", ["Asha"]),
        ("show=completed", ["Gita"]),
        ("q=EL", ["Bela"]),
        ("sort=-name&country=MY", ["Gita", "Farid"]),
        ("sort=read&show=underway", ["Farid", "Bela", "Chandra", "Dewi"]),
        ("sort=quiz", ["Gita", "Bela", "Farid", "Dewi", "Asha", "Chandra", "Edi"]),
        ("sort=seen&show=hand", ["Farid", "Dewi", "Chandra", "Edi"]),
        ("sort=live", ["Gita", "Edi", "Asha", "Bela", "Chandra", "Dewi", "Farid"]),
        ("sort=nonsense&show=nonsense&page=x", None),
        ("q=nobody", []),
    ],
)
def test_people_are_found_and_sorted_without_a_script(
    group: Scene, cast: Cast, client_of: ClientOf, asked: str, names: list[str] | None
) -> None:
    found = _names(client_of(cast.organiser).get(f"{HERE}?{asked}").text)
    assert len(found) == 7 if names is None else set(found) == set(names)
    if names is not None and "quiz" not in asked:
        assert found == names


def test_a_focal_point_sees_the_people_of_their_country_alone(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast.focal_point).get(HERE).text
    assert _names(page) == ["Asha", "Bela"]
    assert "Group of 2: 1 not begun, 1 underway, 0 completed; 0 need a hand." in page


def test_a_facilitator_of_the_series_sees_all_and_one_of_another_nothing(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    named, other = client_of(cast.learner), client_of(cast.other_learner)
    assert named.get(HERE).status_code == named.get("/desk/courses/").status_code == 404
    assert "Its learners" not in named.get("/courses/weaving/").text
    group.name(cast.learner)
    group.name(cast.other_learner, a_series("other"))
    page = named.get(HERE).text
    assert len(_names(page)) == 7
    assert "Its learners" in named.get("/courses/weaving/").text
    assert "Weaving" in named.get("/desk/courses/").text
    assert other.get(HERE).status_code == other.get("/desk/courses/").status_code == 404


def test_a_facilitator_gives_a_second_factor_first_as_staff_do(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    group.name(cast.learner)
    client = client_of(cast.learner)
    assert client.get(HERE).status_code == 200
    with transaction() as current:
        current.execute(update(SignIn).values(second_factor_at=None))
    assert client.get(HERE).headers["Location"].startswith("/account/second-factor?next=/desk/")


def test_without_a_series_the_group_is_whoever_opened_a_lesson(
    app: object, cast: Cast, client_of: ClientOf
) -> None:
    with_everybody(a_group(has_series=False))
    page = client_of(cast.organiser).get(HERE).text
    assert _names(page) == ["Bela", "Chandra", "Dewi", "Farid", "Gita", "Hira"]


def test_the_list_of_courses_counts_learners(
    group: Scene, cast: Cast, client_of: ClientOf, engine: Engine
) -> None:
    organiser = client_of(cast.organiser)
    page = " ".join(re.sub("<[^>]+>", " ", organiser.get("/desk/courses/").text).split())
    assert "Weaving Looms 7 5 1 4" in page
    with counted(engine) as statements:
        organiser.get("/desk/courses/")
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 4


def test_facilitators_are_named_by_address_removed_and_named_again(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    organiser, here = client_of(cast.organiser), "/desk/series/looms/facilitators/"
    assert "Nobody has this address" in organiser.post(here, data={"email": "no@example.org"}).text
    address = {"email": "sutrisno@example.org"}
    assert cast.other_learner.name == "Sutrisno"
    assert organiser.post(here, data=address).status_code == 303
    assert organiser.post(here, data=address).status_code == 422
    helper = client_of(cast.other_learner)
    assert helper.get(HERE).status_code == 200
    row = re.search(r"facilitators/(\d+)/removal", organiser.get(here).text)
    assert row is not None
    assert "http://127.0.0.1:8000/desk/courses/" in organiser.get(here).text
    undo = organiser.post(f"{here}{row[1]}/removal").headers["Location"]
    assert "facilitates the series no more" in organiser.get(undo).text
    assert helper.get(HERE).status_code == 404
    organiser.post(f"{here}{row[1]}/return")
    assert helper.get(HERE).status_code == 200
