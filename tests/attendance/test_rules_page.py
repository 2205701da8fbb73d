"""The rules of a series on the desk: their effect first, then they, and the way back."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy.attendance.models import Attendance, Recompute, RuleChange, Tally
from academy.attendance.rules.rules import rules_of
from academy.attendance.service import exclude, import_attendance, record_presence
from academy.attendance.tasks import sweep_recomputes
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.security.models import AuditEntry
from tests.attendance.conftest import register
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.statements import counted

HERE = "/desk/series/may/rules"
SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
#: There in the break only, from minute 60 to 75.
BUDI = ("Budi Hartono", "budi@example.org", "15:02:00", "15:12:00")
GUEST = ("Mr. Nobody", "", "14:10:00", "14:15:00")


@pytest.fixture
def series(live_session: LiveSession, siti: Person, budi: Person) -> Series:
    """Return a series of one live session to which two people and a guest came."""
    import_attendance(live_session, zoom_file([SITI, BUDI, GUEST]), "zoom.csv")
    return live_session.series


@pytest.fixture
def desk(client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _apply(desk: FlaskClient, address: str) -> str:
    """Press the button of a preview; return the text of where that leads."""
    page = desk.get(f"{HERE}/preview?{address}").text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = desk.post(
        HERE, data={k: unescape(v) for k, v in fields.items()}, follow_redirects=True
    )
    assert answer.status_code == 200
    return answer.text


def _series() -> Series:
    return session.scalars(select(Series)).one()


def _came() -> int:
    return session.scalar(select(func.count(Attendance.id))) or 0


def test_the_page_shows_the_rules_in_force(desk: FlaskClient) -> None:
    page = desk.get(HERE).text
    assert 'name="smallest_stay"' in page
    assert 'value="15"' in page
    assert "Show the effect" in page


def test_the_effect_is_shown_and_nothing_is_applied(desk: FlaskClient, series: Series) -> None:
    page = desk.get(f"{HERE}/preview?smallest_stay=8&breaks=60-75&door_minutes=15")
    assert page.status_code == 200
    assert "2 attendances would go," in " ".join(page.text.split())
    assert "Budi Hartono" in page.text
    assert "Mr. Nobody" in page.text
    assert "Siti Aminah" not in page.text
    assert (_came(), rules_of(series).breaks) == (3, ())


def test_figures_of_series_live_session_and_country_stand_side_by_side(desk: FlaskClient) -> None:
    page = " ".join(desk.get(f"{HERE}/preview?breaks=60-75").text.split())
    assert '<bdi>Attendances</bdi></th><td data-label="Now" class="table__number">3</td>' in page
    assert re.search(
        r"Indonesia</bdi></th>\s*<td[^>]*><span class=\"nowrap\"><s><span[^>]*>before </span>1</s>",
        page,
    )
    assert "Most at once" in page


def test_applied_rules_are_those_of_the_preview(desk: FlaskClient) -> None:
    assert "2 attendances went, 0 came" in _apply(desk, "smallest_stay=8&breaks=60-75")
    series = _series()
    assert (series.smallest_stay, series.breaks, _came()) == (8, [[60, 75]], 1)
    tally = session.scalars(select(Tally)).one()
    assert (tally.matched, tally.unmatched, tally.excluded) == (1, 0, 2)


def test_the_history_says_who_and_leads_back(desk: FlaskClient) -> None:
    _apply(desk, "smallest_stay=8&breaks=60-75&door_minutes=15")
    page = desk.get(HERE).text
    assert "Aisyah binti Omar" in page
    back = re.search(r'href="[^"]*rules/preview\?([^"]*)">Back to the rules before', page)
    assert back is not None
    assert "0 attendances went, 2 came" in _apply(desk, unescape(back[1]))
    series = _series()
    assert (series.smallest_stay, series.breaks, _came()) == (0, [], 3)
    assert session.scalar(select(func.count(RuleChange.id))) == 2


def test_the_log_tells_of_it(desk: FlaskClient) -> None:
    _apply(desk, "smallest_stay=8")
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "attendance.rules_changed")
    ).one()
    assert (entry.subject, entry.facts["gone"]) == ("series:may", 1)


def test_changing_nothing_says_so(desk: FlaskClient) -> None:
    page = desk.get(f"{HERE}/preview?door_minutes=15&smallest_stay=0", follow_redirects=True)
    assert "nothing would change" in page.text
    answer = desk.post(HERE, data={"door_minutes": "15", "seen": "x"}, follow_redirects=True)
    assert "nothing changed" in answer.text
    assert session.scalars(select(RuleChange)).all() == []


def test_rules_without_an_effect_say_that_no_figure_changes(desk: FlaskClient) -> None:
    assert "No figure changes" in desk.get(f"{HERE}/preview?door_minutes=30").text
    assert "0 attendances went" in _apply(desk, "door_minutes=30")


@pytest.mark.parametrize("change", ["rules", "decision", "evidence"])
def test_a_stale_preview_is_told_and_shown_anew(
    desk: FlaskClient, siti: Person, cast: Cast, change: str
) -> None:
    page = desk.get(f"{HERE}/preview?smallest_stay=8").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    _change(_series(), siti, cast, change)
    answer = desk.post(
        HERE,
        data={"smallest_stay": "8", "door_minutes": "15", "seen": seen[1]},
        follow_redirects=True,
    )
    assert "Nothing was applied" in answer.text
    assert "What these rules would do" in answer.text
    assert _series().smallest_stay != 8


def _change(series: Series, siti: Person, cast: Cast, change: str) -> None:
    if change == "rules":
        with transaction():
            series.smallest_stay = 2
    elif change == "decision":
        guest = session.scalars(select(Attendance).where(Attendance.identity_id.is_not(None))).one()
        assert guest.identity is not None
        exclude(guest.identity, "staff", seen=None, actor_id=cast.organiser.id)
    else:
        record_presence(series.live_sessions[0], cast.learner.id, "roll")


def test_a_registration_meanwhile_makes_no_preview_stale(desk: FlaskClient, series: Series) -> None:
    page = desk.get(f"{HERE}/preview?smallest_stay=8").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    register(series, "Ana", "ana@example.org")
    data = {"smallest_stay": "8", "door_minutes": "15", "seen": seen[1]}
    assert "1 attendances went" in desk.post(HERE, data=data, follow_redirects=True).text


@pytest.mark.parametrize(("address", "words"), [
    ("smallest_stay=-1", "from 0 to 150"),
    ("smallest_stay=151", "from 0 to 150"),
    ("smallest_stay=x", "Write a whole number"),
    ("door_minutes=121", "from 0 to 120"),
    ("breaks=60", "Write breaks such as"),
    ("breaks=75-60", "ends before it begins"),
    ("breaks=140-160", "not inside a live session of 150 minutes"),
    ("breaks=10-30,20-40", "Two breaks overlap"),
    ("breaks=0-150", "nothing is left"),
    ("breaks=1-2,3-4,5-6,7-8,9-10,11-12,13-14", "At most 6 breaks"),
    ("breaks=1-2&smallest_stay=99999999999999999999", "from 0 to 149"),
])  # fmt: skip
def test_impossible_rules_are_refused_at_their_field(
    desk: FlaskClient, address: str, words: str
) -> None:
    page = desk.get(f"{HERE}/preview?{address}")
    assert page.status_code == 422
    assert words in page.text


def test_breaks_are_read_as_people_write_them(desk: FlaskClient) -> None:
    page = desk.get(f"{HERE}/preview?breaks=120 to 130; 60 – 75").text
    assert "minutes 60–75, 120–130 after the start" in page


def test_names_are_paged(desk: FlaskClient, live_session: LiveSession) -> None:
    guests = [(f"Guest Number{n}", "", "14:00:00", "14:05:00") for n in range(120)]
    import_attendance(live_session, zoom_file(guests), "guests.csv")
    page = desk.get(f"{HERE}/preview?smallest_stay=8").text
    assert ("1 to 50 of 121" in page, page.count("Guest Number")) == (True, 50)
    second = desk.get(f"{HERE}/preview?smallest_stay=8&page=3").text
    assert "101 to 121 of 121" in second
    assert desk.get(f"{HERE}/preview?smallest_stay=8&page=999").status_code == 200


def test_the_preview_costs_the_same_for_one_live_session_and_for_many(desk: FlaskClient) -> None:
    engine = session.get_bind()
    with counted(engine) as few:  # type: ignore[arg-type]
        desk.get(f"{HERE}/preview?smallest_stay=8")
    with transaction():
        series = _series()
        first = series.live_sessions[0]
        for number in range(2, 8):
            series.live_sessions.append(LiveSession(
                slug=f"may-{number}", number=number, title="More", starts_at=first.starts_at,
                minutes=150, zone=first.zone, status="published",
            ))  # fmt: skip
    for live_session in series.live_sessions[1:]:
        import_attendance(live_session, zoom_file([SITI, BUDI, GUEST]), "again.csv")
    with counted(engine) as many:  # type: ignore[arg-type]
        desk.get(f"{HERE}/preview?smallest_stay=8")
    assert len(many) <= len(few)


def test_frozen_figures_have_no_other_rules(desk: FlaskClient) -> None:
    with transaction():
        _series().anonymised_at = now()
    assert "The figures are frozen" in desk.get(HERE).text
    page = desk.get(f"{HERE}/preview?smallest_stay=8", follow_redirects=True)
    assert "Its figures are frozen" in page.text
    data = {"smallest_stay": "8", "seen": "x"}
    assert "Its figures are frozen" in desk.post(HERE, data=data, follow_redirects=True).text


def test_the_button_asks_a_worker_and_the_page_follows(desk: FlaskClient) -> None:
    page = desk.post("/desk/series/may/recompute", follow_redirects=True)
    job = session.scalars(select(Recompute)).one()
    assert f'data-live-job="recompute:{job.id}"' in page.text
    sweep_recomputes()
    done = desk.get(f"/desk/recomputes/{job.id}/").text
    assert "Nothing had to be changed" in done
    assert "Done last" in desk.get(HERE).text


def test_the_definition_of_the_figures_says_the_rules(
    desk: FlaskClient, client: FlaskClient
) -> None:
    _apply(desk, "smallest_stay=8&breaks=60-75&door_counts=y")
    page = client.get("/figures/may/").text
    assert "less than 8 minutes did not come" in page
    assert "(60–75 after the start)" in page
    assert "Whoever opened the door by their personal link came" in page
    assert "rule,breaks,60 to 75," in client.get("/figures/may/figures.csv").text


def test_the_page_keeps_who_may_not(
    client: FlaskClient, client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series
) -> None:
    assert client.get(HERE).status_code == 302
    assert client_of(cast.focal_point).get(HERE).status_code == 403
    assert client_of(cast.organiser).get("/desk/series/none/rules").status_code == 404
    assert client_of(cast.organiser).delete(HERE).status_code == 405
