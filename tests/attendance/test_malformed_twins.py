"""Every family of files beside its damaged twins: good rows are used, bad ones told, or none.

Never a traceback, never a silent loss, never half an import.
"""

import datetime as dt
import time
import tracemalloc

import pytest
from sqlalchemy import func, select

from academy.attendance.models import AttendanceImport, Evidence, Identity
from academy.attendance.reading.files import AttendanceFile, read_attendance
from academy.attendance.service import import_attendance, offer_file
from academy.db import session
from academy.lib.tables import FileRefused
from academy.programme.models import LiveSession, UploadedFile
from tests.attendance.bombs import zeros_in_a_workbook
from tests.attendance.families import (
    FAMILIES,
    Damage,
    Family,
    cut_off,
    formula_as_name,
    leave_before_join,
    open_quote,
    second_header,
    second_of_61,
    short_row,
    tab_in_a_date,
    zero_bytes,
)

ON = dt.date(2020, 5, 2)
#: What each damage costs a table, and what a document: "row", "file" or "nothing".
COSTS: dict[Damage, tuple[str, str]] = {
    cut_off: ("row", "file"),
    zero_bytes: ("row", "file"),
    open_quote: ("file", "file"),
    short_row: ("row", "file"),
    second_header: ("nothing", "file"),
    tab_in_a_date: ("row", "file"),
    formula_as_name: ("nothing", "nothing"),
    second_of_61: ("row", "row"),
    leave_before_join: ("row", "row"),
}
#: Where a format can do better, or must do worse.
OTHERWISE: dict[tuple[str, Damage], str] = {
    ("zoom-meeting", tab_in_a_date): "nothing",  # between the date and the time it is a space
    ("bigbluebutton-dashboard", tab_in_a_date): "nothing",
    ("bigbluebutton-dashboard", cut_off): "file",  # its cells are quoted, so a quotation is open
    ("bigbluebutton-dashboard", open_quote): "row",  # the next quotation mark closes it
    ("zoom-webinar", open_quote): "row",
    ("bigbluebutton-events", open_quote): "nothing",  # a quotation mark is a letter in XML
    ("bigbluebutton-events", tab_in_a_date): "row",
}
TWINS = [
    pytest.param(family, damage, id=f"{family.format}-{damage.__name__}")
    for family in FAMILIES
    for damage in COSTS
    if (family.joined or damage not in {tab_in_a_date, second_of_61})
    and (family.left or damage is not leave_before_join)
]


def _cost(family: Family, damage: Damage) -> str:
    table, document = COSTS[damage]
    return OTHERWISE.get((family.format, damage), table if family.is_table else document)


def _read(family: Family, data: bytes) -> AttendanceFile:
    return read_attendance(data, family.file, on=ON)


def _minutes(file: AttendanceFile) -> dict[str | None, tuple[bool, int | None]]:
    return {person.name: (person.attended, person.minutes) for person in file.people}


@pytest.mark.parametrize(("family", "damage"), TWINS)
def test_a_twin_costs_as_little_as_it_can_and_says_so(family: Family, damage: Damage) -> None:
    data, cost = family.damaged(damage), _cost(family, damage)
    assert data != family.path.read_bytes()
    if cost == "file":
        with pytest.raises(FileRefused) as refusal:
            _read(family, data)
        assert str(refusal.value).lower().endswith("ownload it again.")
        return
    whole, found = _minutes(_read(family, family.path.read_bytes())), _read(family, data)
    kept = _minutes(found)
    others = {"Siti Aminah"} if damage is cut_off else {"Siti Aminah", "Ana Lima"}
    assert {name: kept[name] for name in others} == {name: whole[name] for name in others}
    if cost == "nothing":
        assert found.refused == ()
        assert sorted(kept.values(), key=str) == sorted(whole.values(), key=str)
    else:
        _assert_told(family, data, found)


def _assert_told(family: Family, data: bytes, found: AttendanceFile) -> None:
    """Each refused row is one of Budi's, by its number, with a sentence."""
    assert 1 <= len(found.refused) <= family.rows + 1
    assert all(row.why.endswith(".") for row in found.refused)
    if family.is_table:
        lines = data.decode(family.encoding).lstrip("\ufeff").splitlines()
        name = family.name.replace("ud", "\0\0")
        numbers = {
            number
            for number, line in enumerate(lines, start=1)
            if name[:2] in line or family.name[:4] in line
        }
        assert {row.number for row in found.refused} <= numbers


@pytest.mark.parametrize(("family", "damage"), TWINS)
def test_a_twin_is_imported_whole_or_not_at_all(
    family: Family, damage: Damage, live_session: LiveSession
) -> None:
    data, cost = family.damaged(damage), _cost(family, damage)
    if cost == "file":
        with pytest.raises(FileRefused):
            import_attendance(live_session, data, family.file)
        assert [_count(each) for each in (UploadedFile, AttendanceImport, Identity)] == [0, 0, 0]
        return
    report = import_attendance(live_session, data, family.file)
    absent = 1 if "Bahadur" in family.text and damage is not cut_off else 0
    assert _count(Evidence) == report.connections - absent
    assert bool(report.refused) == (cost == "row")


def _count(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("family", "damage"), TWINS)
def test_a_twin_on_the_desk_says_what_is_wrong_before_it_counts(
    family: Family, damage: Damage, live_session: LiveSession
) -> None:
    offered = offer_file(
        live_session.series, family.damaged(damage), family.file, dropped_at=live_session
    ).file
    cost = _cost(family, damage)
    assert offered.state == ("refused" if cost == "file" else "ready")
    assert bool(offered.facts.get("refused")) == (cost == "row")


@pytest.mark.parametrize("told", [5_000_000_000, 1_000_000])
def test_five_gigabytes_of_zeros_in_a_small_workbook_are_refused_at_once(told: int) -> None:
    data = zeros_in_a_workbook(5_000_000_000, told)
    assert len(data) < 10_000_000
    began = time.monotonic()
    tracemalloc.start()
    with pytest.raises(FileRefused, match=r"unpacks to far more|broken"):
        read_attendance(data, "report.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert time.monotonic() - began < 10
