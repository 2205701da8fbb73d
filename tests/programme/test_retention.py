"""Retention: figures frozen, people forgotten, and nothing published changes by it."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.attendance.models import Attendance, Evidence, Identity, Match, Tally
from academy.attendance.service import import_attendance
from academy.db import empty_the_journal, now, session, transaction
from academy.figures import views
from academy.figures.commands import report
from academy.lib.tables import FileRefused, read_table
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme.errors import BadRetentionError, SeriesAnonymisedError
from academy.programme.models import Registration, Series, UploadedFile
from academy.programme.retention_dates import add_months, due_at
from academy.programme.service import SeriesFacts, add_live_sessions, change_series, register
from academy.programme.service.retention import (
    preview_retention,
    put_off_retention,
    run_retention,
    set_retention,
)
from academy.tables import metadata
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.everything import find_anywhere
from tests.programme.held_series import PLANTED, Held, hold_series, keep_for_six_months
from tests.programme.kept_tables import FORGOTTEN, KEPT
from tests.programme.scenes import a_series
from tests.programs import program_with_token

ClientOf = Callable[[Person], FlaskClient]
#: The last live session ended on 9 May 2020 at 8:30 UTC.
DUE = datetime(2020, 11, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def held(cast: Cast) -> Held:
    """Return a series whose people are kept for six months, which are long over."""
    views._drawn.clear()  # noqa: SLF001 (the database forgets between tests, the memory does not)
    found = hold_series(cast)
    keep_for_six_months(found.series)
    return found


def _published(app: Flask, cast: Cast, desk: FlaskClient, monkeypatch: Any) -> dict[str, Any]:
    """Return everything that anybody can read of the figures, without the moment of reading."""
    monkeypatch.setattr("academy.figures.commands.open_database", lambda: None)
    views._drawn.clear()  # noqa: SLF001 (as above)
    program = program_with_token(app, cast.organiser)
    found: dict[str, Any] = {}
    for name in ("registrations", "attendance"):
        answer = program("GET", f"/series/may/figures/{name}").json
        told = CliRunner().invoke(report, [name, "--series", "may", "--json"]).output
        found[f"api {name}"] = _without_moment(json.dumps(answer))
        found[f"command {name}"] = _without_moment(told)
    found["file"] = _without_line(desk.get("/figures/may/figures.csv").text, "as_of")
    sheet = read_table(desk.get("/figures/may/figures.xlsx").data, "figures.xlsx")
    found["workbook"] = [row.cells for row in sheet.rows if "as_of" not in row.cells]
    found["page"] = _without_notice(desk.get("/figures/may/").text)
    found["list"] = _without_notice(desk.get("/series/").text)
    for name, path in (("desk list", "/desk/series/"), ("desk", "/desk/series/may/")):
        found[name] = re.findall(r"(?s)<td.*?</td>|\d+ people", desk.get(path).text)
    return found


def _without_moment(text: str) -> str:
    return re.sub(r'"as_of": "[^"]*"', "", text)


def _without_line(text: str, beginning: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(beginning))


def _without_notice(page: str) -> str:
    page = re.sub(r'(?s)<div class="notice notice--info">.*?</div>', "", page)
    page = re.sub(r'(nonce|value|content)="[^"]*"', "", page)
    return re.sub(r"\s+", " ", re.sub(r"\d{1,2}:\d\d( [AP]M)?", "", page))


def test_every_published_figure_stays_to_the_byte(
    app: Flask, cast: Cast, held: Held, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = client_of(cast.organiser)
    before = _published(app, cast, desk, monkeypatch)
    [outcome] = run_retention()
    assert (outcome.action, outcome.people) == ("anonymised", 4)
    after = _published(app, cast, desk, monkeypatch)
    for name in before:
        assert before[name]
        assert after[name] == before[name], name
    assert json.loads(before["api attendance"].replace("{,", "{").replace(", ,", ","))["people"] > 1


def test_nobody_is_left_anywhere_in_the_database(held: Held) -> None:
    run_retention()
    assert find_anywhere(PLANTED) == []


def test_of_every_table_somebody_decided_whether_it_is_forgotten(held: Held) -> None:
    assert set(metadata.tables) == FORGOTTEN | KEPT, "say what retention does with a new table"
    run_retention()
    for name in FORGOTTEN:
        rows = session.scalar(select(func.count()).select_from(metadata.tables[name]))
        assert (name, rows) == (name, 0)


def test_a_person_with_an_account_stays_and_is_forgotten_in_the_series(
    held: Held, cast: Cast
) -> None:
    run_retention()
    assert session.scalar(select(Person.name).where(Person.id == held.learner.id)) == "ស្រីមុំ"
    for table in (Registration, Match, Attendance):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    occasions = session.scalars(select(Message.occasion)).all()
    assert [one for one in occasions if one.startswith(("registration", "series"))] == []


def test_a_person_of_another_series_stays_there(held: Held) -> None:
    other = a_series("other")
    register(held.elsewhere, other, source="import")
    run_retention()
    [standing] = session.scalars(select(Registration))
    assert (standing.person.name, standing.series.slug) == ("Maya Gurung", "other")
    assert find_anywhere(["Maya Gurung"]) == [("persons", "name", "maya gurung")]
    assert find_anywhere([word for word in PLANTED if "aya" not in word]) == []


def test_running_it_again_changes_nothing(held: Held) -> None:
    run_retention()
    frozen, at = held.series.frozen, held.series.anonymised_at
    assert run_retention() == []
    session.expire_all()
    assert (held.series.frozen, held.series.anonymised_at) == (frozen, at)


def test_killed_in_the_middle_nothing_has_happened(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_people: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("academy.programme.service.retention.forget_people", die)
    with pytest.raises(KeyboardInterrupt):
        run_retention()
    session.expire_all()
    assert held.series.anonymised_at is None
    assert session.scalar(select(func.count(Evidence.id))) == 12
    monkeypatch.undo()
    assert [one.action for one in run_retention()] == ["anonymised"]


def test_two_at_once_do_it_once(own_database: Flask) -> None:
    held = hold_series(Cast())
    keep_for_six_months(held.series)
    session.remove()
    with ThreadPoolExecutor(4) as pool:
        outcomes = [each for found in pool.map(_run_alone, range(4)) for each in found]
    assert outcomes == ["anonymised"]
    assert find_anywhere(PLANTED) == []


def test_on_sqlite_not_even_the_file_remembers(own_database: Flask) -> None:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL overwrites when it vacuums
    held = hold_series(Cast())
    keep_for_six_months(held.series)
    run_retention()
    empty_the_journal()
    session.remove()
    kept = Path(str(engine.url.database)).read_bytes()
    assert [word for word in PLANTED if word.encode() in kept] == []


def _run_alone(_number: int) -> list[str]:
    try:
        return [one.action for one in run_retention()]
    finally:
        session.remove()


def test_how_many_came_stays_with_each_live_session(held: Held) -> None:
    before = [(one.matched, one.unmatched) for one in session.scalars(select(Tally))]
    run_retention()
    session.expire_all()
    assert [(one.matched, one.unmatched) for one in session.scalars(select(Tally))] == before


def test_no_file_changes_the_series_any_more(held: Held, cast: Cast, client_of: ClientOf) -> None:
    run_retention()
    session.expire_all()
    live_session = held.series.live_sessions[0]
    with pytest.raises(FileRefused, match="figures are frozen"):
        import_attendance(live_session, zoom_file([("X", "", "14:00:00", "15:00:00")]), "x.csv")
    desk = client_of(cast.organiser)
    head = "--m\r\nContent-Disposition: form-data; name=file; filename=f.csv\r\n\r\n"
    body = f"{head}Name,E-mail\r\n--m--"
    answer = desk.post("/desk/series/may/registrations/import", data=body,
                       content_type="multipart/form-data; boundary=m")  # fmt: skip
    assert (answer.status_code, "figures are frozen" in answer.text) == (422, True)
    assert session.scalar(select(func.count(UploadedFile.id))) == 0


def test_nobody_is_added_and_words_are_still_changed(held: Held, cast: Cast) -> None:
    run_retention()
    session.expire_all()
    for deed in (
        lambda: register(cast.learner, held.series, source="desk"),
        lambda: add_live_sessions(held.series, 1),
    ):
        with pytest.raises(SeriesAnonymisedError):
            deed()
    change_series(held.series, SeriesFacts(title="May"), capacity=None, registration_closes_at=None)
    assert held.series.title == "May"


@pytest.mark.parametrize(
    "path",
    [
        "/desk/series/may/", "/desk/series/may/registrants/", "/desk/series/may/retention",
        "/desk/live-sessions/may-1/attendance/", "/desk/live-sessions/may-1/attendance/review/",
        "/desk/series/may/attendance/", "/desk/live-sessions/may-1/",
    ],
)  # fmt: skip
def test_the_desk_says_why_nobody_is_there(
    held: Held, cast: Cast, client_of: ClientOf, path: str
) -> None:
    run_retention()
    answer = client_of(cast.organiser).get(path)
    assert answer.status_code == 200
    assert "The people of this series are anonymised" in answer.text


def test_matching_again_is_refused_in_words(held: Held, cast: Cast, client_of: ClientOf) -> None:
    run_retention()
    answer = client_of(cast.organiser).post("/desk/live-sessions/may-1/attendance/match")
    assert (answer.status_code, "figures are frozen" in answer.text) == (409, True)


def test_the_page_of_figures_says_that_they_are_frozen(held: Held, client: FlaskClient) -> None:
    assert "Frozen on" not in client.get("/figures/may/").text
    run_retention()
    assert "Frozen on" in client.get("/figures/may/").text


def test_people_are_kept_to_the_hour(held: Held) -> None:
    assert due_at(held.series) == DUE
    assert [one.action for one in run_retention(DUE - timedelta(seconds=1))] == ["warned"]
    assert [one.action for one in run_retention(DUE)] == ["anonymised"]


def test_a_series_without_a_time_is_never_touched(held: Held) -> None:
    with transaction():
        held.series.retention_months = None
    assert run_retention(datetime(2100, 1, 1, tzinfo=UTC)) == []


def test_nobody_is_forgotten_without_30_days_of_warning(held: Held, cast: Cast) -> None:
    with transaction():
        held.series.retention_warned_for = None  # nothing ran, or the last live session moved back
    [outcome] = run_retention(DUE + timedelta(days=5))
    assert (outcome.action, outcome.due_at) == ("warned", DUE + timedelta(days=35))
    assert run_retention(DUE + timedelta(days=34)) == []
    assert [one.action for one in run_retention(DUE + timedelta(days=35))] == ["anonymised"]


def test_another_day_needs_another_warning(held: Held, cast: Cast) -> None:
    with transaction():
        held.series.live_sessions[-1].starts_at -= timedelta(days=3)
    assert [one.action for one in run_retention(DUE)] == ["warned"]


def test_organisers_are_warned_once_30_days_before(held: Held, cast: Cast) -> None:
    assert cast.administrator.id
    assert run_retention(DUE - timedelta(days=31)) == []
    assert [one.action for one in run_retention(DUE - timedelta(days=30))] == ["warned"]
    assert run_retention(DUE - timedelta(days=2)) == []
    letters = session.scalars(select(Message).where(Message.kind == "retention_due")).all()
    assert {letter.person_id for letter in letters} == {cast.organiser.id, cast.administrator.id}
    assert "/desk/series/may/retention" in letters[0].text


def test_putting_it_off_gives_three_months_and_another_warning(held: Held, cast: Cast) -> None:
    run_retention(DUE - timedelta(days=10))
    put_off_retention(held.series, changed_by=cast.organiser.id)
    later = due_at(held.series)
    assert later is not None
    assert later >= now() + timedelta(days=89)
    assert run_retention() == []
    assert [one.action for one in run_retention(later - timedelta(days=5))] == ["warned"]


def test_however_short_the_time_there_are_30_days_to_see_it(held: Held) -> None:
    set_retention(held.series, 1)
    due = due_at(held.series)
    assert due is not None
    assert due >= now() + timedelta(days=29)
    assert [one.action for one in run_retention()] == ["warned"]


@pytest.mark.parametrize("months", [0, -1, 121])
def test_a_time_that_nobody_can_mean_is_refused(held: Held, months: int) -> None:
    with pytest.raises(BadRetentionError):
        set_retention(held.series, months)


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert add_months(datetime(2024, 1, 31, 8, tzinfo=UTC), 1).day == 29
    assert add_months(datetime(2023, 12, 31, tzinfo=UTC), 2) == datetime(2024, 2, 29, tzinfo=UTC)
    assert add_months(datetime(2023, 6, 9, tzinfo=UTC), 18) == datetime(2024, 12, 9, tzinfo=UTC)


def test_the_preview_says_what_then_happens(held: Held) -> None:
    seen = preview_retention(held.series)
    identities = session.scalar(select(func.count(Identity.id)))
    [outcome] = run_retention()
    assert (seen.people, seen.erased, seen.kept) == (outcome.people, outcome.erased, 1)
    assert seen.deleted == outcome.deleted
    assert seen.deleted["identities"] == identities


def test_the_page_sets_the_time_and_puts_it_off(
    held: Held, cast: Cast, client_of: ClientOf
) -> None:
    desk = client_of(cast.organiser)
    address = "/desk/series/may/retention"
    assert "People forgotten here" in desk.get(address).text
    assert desk.post(address, data={"months": "0"}).status_code == 422
    assert desk.post(address, data={"months": "24"}).status_code == 303
    series = session.get_one(Series, held.series.id)
    assert series.retention_months == 24
    before = due_at(series)
    assert desk.post(f"{address}/later").status_code == 303
    after = due_at(session.get_one(Series, held.series.id))
    assert before is not None
    assert after is not None
    assert after > before + timedelta(days=80)


@pytest.mark.parametrize(("who", "status"), [("learner", 403), ("focal_point", 403)])
def test_others_do_not_set_it(
    held: Held, cast: Cast, client_of: ClientOf, who: str, status: int
) -> None:
    client = client_of(getattr(cast, who))
    assert client.get("/desk/series/may/retention").status_code == status
    assert client.post("/desk/series/may/retention/later").status_code == status


def test_nobody_signed_in_is_sent_to_sign_in(held: Held, client: FlaskClient) -> None:
    assert "/sign-in" in client.get("/desk/series/may/retention").location
    assert client.delete("/desk/series/may/retention").status_code == 405
