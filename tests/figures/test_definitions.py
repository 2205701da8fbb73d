"""Every figure's parts add up to it, whatever the ledger holds."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from academy.figures.definitions import (
    Beside,
    Listeners,
    LiveSessionFacts,
    Presence,
    draw_curve,
    find_peak,
)
from academy.figures.queries import Ledger, report_attendance, report_registrations
from academy.programme.models import Series

AT = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)
COUNTRIES = st.sampled_from([None, "MY", "ID", "IN", "NP", "FR", "BR", "KE", "HK"])
INTERVALS = st.lists(
    st.tuples(st.integers(0, 8999), st.integers(1, 600)).map(
        lambda x: [x[0], min(x[0] + x[1], 9000)]
    ),
    max_size=3,
)


BESIDE = st.builds(
    Beside,
    st.none() | st.integers(1, 999),
    st.builds(Listeners, *[st.integers(0, 500)] * 4),
)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return any ledger: people with one country each, live sessions with and without evidence."""
    homes = draw(st.lists(COUNTRIES, max_size=12))
    held = draw(st.lists(st.booleans(), max_size=5))
    return Ledger(
        series=Series(slug="any", zone="UTC", title="Any"),
        as_of=AT,
        live_sessions=tuple(_facts(number, is_held) for number, is_held in enumerate(held)),
        registrants=draw(st.dictionaries(COUNTRIES, st.integers(1, 99))),
        presences=tuple(_presences(draw, homes, held)),
        beside=draw(st.dictionaries(st.integers(0, 4), BESIDE)),
    )


def _facts(number: int, is_held: bool) -> LiveSessionFacts:  # noqa: FBT001 (drawn, not asked)
    excluded = number if is_held else None
    return LiveSessionFacts(number, f"any-{number}", "T", number, AT, 150, "UTC", 0, excluded)


def _presences(draw: st.DrawFn, homes: list[str | None], held: list[bool]) -> list[Presence]:
    minutes = st.one_of(st.none(), st.integers(0, 150))
    came = []
    for number in (number for number, is_held in enumerate(held) if is_held):
        for person, home in enumerate(homes):
            if draw(st.booleans()):
                came.append(Presence(number, person, home, draw(minutes), draw(INTERVALS)))
        strangers = draw(st.integers(0, 3))
        came += [Presence(number, None, None, draw(minutes), []) for _ in range(strangers)]
    return came


@given(ledgers())
def test_registrants_by_country_and_by_region_add_up_to_all(ledger: Ledger) -> None:
    report = report_registrations(ledger)
    parts = report["regions"].values()
    assert sum(line["registrants"] for line in report["by_country"]) == report["registrants"]
    assert sum(part["registrants"] for part in parts) == report["registrants"]
    assert sum(part["countries"] for part in parts) == report["countries"]


@given(ledgers())
def test_attendances_add_up_over_live_sessions_and_over_countries(ledger: Ledger) -> None:
    report = report_attendance(ledger)
    sizes = [x["attended"] for x in report["live_sessions"] if x["attended"] is not None]
    assert report["attendances"] == sum(sizes)
    assert report["attendances"] == sum(x["attendances"] for x in report["by_country"])
    assert report["people"] == sum(x["people"] for x in report["by_country"])


@given(ledgers())
def test_who_came_is_matched_or_unmatched_and_nothing_else(ledger: Ledger) -> None:
    for line in report_attendance(ledger)["live_sessions"]:
        if line["attended"] is not None:
            assert line["attended"] == line["matched"] + line["unmatched"]


@given(ledgers())
def test_people_reached_are_who_came_and_who_listened_without_a_name(ledger: Ledger) -> None:
    report = report_attendance(ledger)
    for line in report["live_sessions"]:
        listening = line["listening_points"]
        assert listening["people"] == sum(listening[x] for x in ("women", "men", "others"))
        if line["attended"] is None:
            assert line["people_reached"] is None
        else:
            assert line["people_reached"] == line["attended"] + listening["people"]
    people = report["listening_points"]["people"]
    assert report["attendances_reached"] == report["attendances"] + people
    assert people == sum(x["listening_points"]["people"] for x in report["live_sessions"])


@given(ledgers())
def test_connections_are_in_no_number_of_people_and_unknown_is_no_nought(ledger: Ledger) -> None:
    report = report_attendance(ledger)
    known = [x["connections"] for x in report["live_sessions"] if x["connections"] is not None]
    assert report["connections"] == (sum(known) if known else None)


@given(ledgers())
def test_who_came_every_time_also_came_back_and_who_came_back_came(ledger: Ledger) -> None:
    report = report_attendance(ledger)
    assert report["returning"] <= report["people"]
    assert report["attended_all"] <= report["people"]
    if sum(x["attended"] is not None for x in report["live_sessions"]) > 1:
        assert report["attended_all"] <= report["returning"]


@given(st.lists(INTERVALS, max_size=8))
def test_the_curve_never_rises_above_the_peak(people: list[list[list[int]]]) -> None:
    merged = [_merge(intervals) for intervals in people]
    assert max(draw_curve(merged, 150), default=0) <= (find_peak(merged) or 0)


@given(st.lists(INTERVALS, max_size=8))
def test_peak_and_curve_are_what_counting_second_by_second_gives(
    people: list[list[list[int]]],
) -> None:
    merged = [_merge(intervals) for intervals in people]
    present = [0] * 9001
    for start, end in (one for intervals in merged for one in intervals):
        for second in range(start, end):
            present[second] += 1
    assert (find_peak(merged) or 0) == max(present)
    assert draw_curve(merged, 150) == [present[60 * minute] for minute in range(150)]


def _merge(intervals: list[list[int]]) -> list[list[int]]:
    merged: list[list[int]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return merged


def test_a_live_session_without_evidence_has_no_numbers_instead_of_zeros() -> None:
    facts = (_facts(1, is_held=False),)
    ledger = Ledger(Series(slug="x", zone="UTC"), AT, facts, {"MY": 2}, ())
    report = report_attendance(ledger)
    assert (report["live_sessions"][0]["attended"], report["mean"]) == (None, None)


def test_one_leaves_in_the_second_in_which_another_joins_and_both_are_not_there_at_once() -> None:
    people: Any = [[[0, 60]], [[60, 120]]]
    assert find_peak(people) == 1
    assert draw_curve(people, 3) == [1, 1, 0]
