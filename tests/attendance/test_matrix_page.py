"""The matrix of a series: who came to which live session, found, sorted, and adding up."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, update

from academy.attendance.models import Attendance, Tally
from academy.db import now, transaction
from academy.figures.queries import find_head, read_ledger, report_attendance
from academy.people.models import Person
from academy.programme.models import Registration, Series
from tests.attendance.matrix_scene import MatrixScene
from tests.attendance.matrix_year import fill_year
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/series/weave/attendance/"


@pytest.fixture
def scene(app: Flask) -> MatrixScene:
    return MatrixScene()


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, scene: MatrixScene) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _names(page: str) -> list[str]:
    """Return who has a row, in order."""
    return re.findall(r'<th scope="row" class="loom__name"><a href="\d+/"><bdi>(\w+)', page)


def _cells(page: str, name: str) -> list[str]:
    """Return what the cells of a person say, in order."""
    row = page.partition(f"<bdi>{name}</bdi>")[2].partition("</tr>")[0]
    return re.findall(r'<td class="k\w"[^>]*><a href="\d+/\d+/">([^<]*)</a>', row)


def test_every_cell_says_what_is_known(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert _cells(page, "Ana") == ["120 min", "15 min", "to come"]
    assert _cells(page, "Bina") == ["came, minutes unknown", "not there", "to come"]
    assert _cells(page, "Chan") == ["not there", "not there", "to come"]
    assert _cells(page, "Dewi") == ["not registered then", "60 min", "not registered then"]
    assert _cells(page, "Esther") == ["not registered then", "not there", "to come"]
    assert _cells(page, "Farid") == ["30 min", "not registered then", "not registered then"]
    assert _cells(page, "Gita") == ["opened the door", "not there", "to come"]
    assert _cells(page, "Hema") == ["said no", "not there", "to come"]


def test_where_no_file_was_read_nobody_is_missing(desk: FlaskClient, scene: MatrixScene) -> None:
    for week in scene.weeks:
        _forget(week.id)
    page = desk.get(HERE).text
    assert _cells(page, "Chan") == ["nobody knows yet", "nobody knows yet", "to come"]
    assert "Nobody knows yet who came" in page


def _forget(live_session_id: int) -> None:
    with transaction() as current:
        current.execute(delete(Attendance).where(Attendance.live_session_id == live_session_id))
        current.execute(delete(Tally).where(Tally.live_session_id == live_session_id))


def test_the_longer_somebody_stayed_the_thicker_is_the_mark(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert '<td class="k8" data-came><a href="' in page
    assert '<td class="k1" data-came><a href="' in page
    assert '<td class="k4" data-came><a href="' in page


def test_the_sums_are_those_of_the_figures(desk: FlaskClient) -> None:
    head = find_head("weave")
    assert head is not None
    report = report_attendance(read_ledger(head))
    page = desk.get(HERE).text
    assert report["attendances"] == 7
    assert "7 attendances: 5 of these people, and 2 of names that nobody has matched yet" in page
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    numbers = re.findall(r'class="loom__sum">(?:<a [^>]*>)?([\d–]+)', foot)
    assert numbers == ["3", "2", "–", "2", "0", "–", "5", "2", "–"]
    assert [str(one["attended"]) for one in report["live_sessions"][:2]] == numbers[6:8]
    assert 'href="/desk/live-sessions/weave-1/attendance/review/"' in foot


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=an", "Ana Chan"),
        ("q=looms", "Ana"),
        ("q=100%25", ""),
        ("country=NP", "Bina Esther Gita"),
        ("country=unknown", "Hema"),
        ("status=once", "Ana Bina Dewi Farid"),
        ("status=never", "Chan Esther Gita Hema"),
        ("status=all", "Ana"),
        ("status=missed", "Bina Chan Esther Farid Gita Hema"),
        ("status=exactly&times=1", "Bina Dewi Farid"),
        ("status=exactly&times=0", "Chan Esther Gita Hema"),
        ("role=registered", "Ana Bina Chan Esther Gita Hema"),
        ("role=walk_in", "Dewi"),
        ("role=left", "Farid"),
        ("role=registered&status=once&country=NP", "Bina"),
        ("status=nonsense&role=none&sort=x&page=0", "Ana Bina Chan Dewi Esther Farid Gita Hema"),
    ],
)
def test_people_are_found(desk: FlaskClient, query: str, names: str) -> None:
    assert sorted(_names(desk.get(f"{HERE}?{query}").text)) == names.split()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "Ana Bina Chan Dewi Esther Farid Gita Hema"),
        ("-name", "Hema Gita Farid Esther Dewi Chan Bina Ana"),
        ("country", "Dewi Chan Ana Farid Bina Esther Gita Hema"),
        ("times", "Ana Dewi Farid Bina Chan Esther Gita Hema"),
        ("minutes", "Ana Dewi Farid Bina Chan Esther Gita Hema"),
        ("-minutes", "Farid Dewi Ana Bina Chan Esther Gita Hema"),
        ("last", "Ana Dewi Farid Bina Chan Esther Gita Hema"),
        ("n1", "Ana Farid Bina Chan Dewi Esther Gita Hema"),
        ("-n1", "Farid Ana Bina Chan Dewi Esther Gita Hema"),
        ("n2", "Dewi Ana Bina Chan Esther Farid Gita Hema"),
        ("n99", "Ana Bina Chan Dewi Esther Farid Gita Hema"),
    ],
)
def test_people_are_sorted_and_those_without_a_value_come_last(
    desk: FlaskClient, sort: str, names: str
) -> None:
    assert _names(desk.get(f"{HERE}?sort={sort}").text) == names.split()


def test_a_column_says_how_it_is_sorted_and_turns_it_round(desk: FlaskClient) -> None:
    page = desk.get(HERE + "?sort=times&country=NP").text
    assert 'aria-sort="descending"><a href="?country=NP&amp;sort=-times"' in page
    assert "Who came most often" in page


def test_who_is_chosen_is_summed_alone(desk: FlaskClient) -> None:
    page = desk.get(HERE + "?country=NP").text
    assert "Of these 3 people" in page
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert re.findall(r'class="loom__sum">([\d–]+)', foot) == ["1", "0", "–"]


def test_a_phone_gets_strips_instead_of_columns(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert page.count('<svg class="strip"') == 8
    assert 'aria-label="came 2 of 2"' in page


def test_nobody_is_held_against_what_took_place_before_they_registered(
    desk: FlaskClient, scene: MatrixScene
) -> None:
    page = desk.get(HERE).text
    for words in ("came 0 of 1 since they registered", "came 1 of 1 while they were registered",
                  "came once", "came 0 of 2"):  # fmt: skip
        assert f'aria-label="{words}"' in page
    assert "counts the known live sessions since each person registered" in page
    own = desk.get(f"{HERE}{scene.id_of('Esther')}/").text
    assert re.search(r'number__value">0 <span class="number__of">of 1', own)
    assert "since they registered" in own


def test_the_table_is_a_table_for_a_screen_reader(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert page.count('<th scope="row" class="loom__name"><a') == 8
    assert page.count('<th scope="col"') == 8
    assert "<caption" in page
    assert "Saturday 2 May 2020" in page


def test_a_page_beyond_the_last_leads_back(desk: FlaskClient) -> None:
    assert "Nobody fits" in desk.get(HERE + "?page=9").text
    assert desk.get(HERE + "?page=" + "9" * 40).status_code == 200
    assert desk.get(HERE + "?times=" + "9" * 5000 + "&sort=n" + "9" * 5000).status_code == 200


def test_it_costs_four_statements_whoever_is_looked_for(desk: FlaskClient, engine: Engine) -> None:
    desk.get(HERE)
    for query in ("", "?country=NP&status=missed&sort=n1", "?page=9", "?q=zzz", "?role=walk_in"):
        with counted(engine) as statements:
            assert desk.get(HERE + query).status_code == 200
        assert len(statements) == 4, query


def test_a_thousand_people_and_a_year_of_weeks_cost_four_statements_too(
    client_of: ClientOf, cast: Cast, engine: Engine
) -> None:
    desk = client_of(cast.organiser)
    with transaction() as current:
        fill_year(current.connection())
    here = "/desk/series/year/attendance/"
    desk.get(here)
    for query in ("", "?page=10", "?sort=n30", "?country=NP&status=missed", "?q=person+1005"):
        with counted(engine) as statements:
            page = desk.get(here + query).text
        assert len(statements) == 4, query
    assert len(_cells(page, "Person 100500")) == 52
    assert "1,000 people" in desk.get(here).text
    assert page.count('<svg class="strip"') == 100


def test_a_focal_point_sees_the_people_of_her_countries(
    client_of: ClientOf, cast: Cast, scene: MatrixScene
) -> None:
    page = client_of(cast.focal_point).get(HERE).text
    assert _names(page) == ["Bina", "Esther", "Gita"]
    assert "You see the people of your countries" in page
    assert "Of these 3 people" in page
    assert "matched yet" not in page
    assert "Malaysia" not in page


def test_the_pages_of_the_series_lead_to_it(desk: FlaskClient) -> None:
    assert f'href="{HERE}"' in desk.get("/desk/series/weave/").text
    assert f'href="{HERE}"' in desk.get("/desk/live-sessions/weave-1/attendance/").text


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, scene: MatrixScene) -> None:
    assert client.get(HERE).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("who", ["learner", "moderator"])
def test_others_are_not_allowed(
    client_of: ClientOf, cast: Cast, scene: MatrixScene, who: str
) -> None:
    assert client_of(getattr(cast, who)).get(HERE).status_code == 403


def test_what_does_not_exist_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/desk/series/none/attendance/").status_code == 404
    assert desk.post(HERE).status_code == 405


def test_a_series_whose_people_are_forgotten_says_so(desk: FlaskClient, scene: MatrixScene) -> None:
    with transaction() as current:
        current.execute(delete(Attendance))
        current.execute(delete(Registration))
        current.execute(update(Series).values(anonymised_at=now()))
    page = desk.get(HERE).text
    assert "The people of this series are anonymised" in page
    assert "attendances:" not in page
    assert "Take away" not in page
    assert desk.get(f"{HERE}{scene.id_of('Ana')}/").status_code == 404


def test_an_empty_series_says_what_will_be_here(desk: FlaskClient, scene: MatrixScene) -> None:
    with transaction() as current:
        current.add(Series(slug="bare", title="Bare", zone="UTC", status="draft"))
    page = desk.get("/desk/series/bare/attendance/").text
    assert "No live session yet" in page


@pytest.mark.parametrize(
    "query",
    [
        "country=%3Cscript%3E", "country=QQ", "country=np", "q=%F0%9F%A7%B5", "q=%25_%5C",
        "sort=-", "sort=n", "sort=n0", "sort=-n2", "sort=n%C2%B2", "times=%C2%B2&status=exactly",
        "q=" + "x" * 3000, "status=all&role=left&country=unknown", "page=-1", "sort=minutes&page=2",
    ],
)  # fmt: skip
def test_whatever_the_address_says_there_is_a_page(desk: FlaskClient, query: str) -> None:
    page = desk.get(f"{HERE}?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.text
