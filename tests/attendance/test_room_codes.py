"""The code of a room: made for a minute, never with a figure twice in a row, read in any script."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from academy.attendance.codes.room_codes import (
    code_at,
    fits,
    in_other_figures,
    read_figures,
    seconds_left,
)

SECRET = "forty-eight looms in the village of Pochampally"
START = datetime(2026, 5, 2, 14, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_a_code_is_the_same_throughout_its_minute_and_changes_with_the_next() -> None:
    first = code_at(SECRET, 1, START)
    assert code_at(SECRET, 1, START + MINUTE - timedelta(microseconds=1)) == first
    codes = {code_at(SECRET, 1, START + n * MINUTE) for n in range(150)}
    assert len(codes) > 145


def test_another_live_session_and_another_key_have_other_codes() -> None:
    mine = [code_at(SECRET, 1, START + n * MINUTE) for n in range(5)]
    assert mine != [code_at(SECRET, 2, START + n * MINUTE) for n in range(5)]
    assert mine != [code_at(SECRET + "!", 1, START + n * MINUTE) for n in range(5)]


def test_no_figure_follows_itself_and_every_figure_stands_everywhere() -> None:
    codes = [code_at(SECRET, 1, START + n * MINUTE) for n in range(2_000)]
    assert all(len(code) == 5 and code.isdecimal() for code in codes)
    assert all(one != other for code in codes for one, other in pairwise(code))
    assert all({code[place] for code in codes} == set("0123456789") for place in range(5))


def test_the_code_of_this_minute_and_of_the_last_one_fit_at_its_edges() -> None:
    code = code_at(SECRET, 1, START)
    fitting = [START, START + MINUTE - SECOND, START + 2 * MINUTE - SECOND]
    assert all(fits(SECRET, 1, code, at) for at in fitting)
    assert not fits(SECRET, 1, code, START - SECOND)
    assert not fits(SECRET, 1, code, START + 2 * MINUTE)


@pytest.mark.parametrize(
    "typed",
    [
        "47302", "4 73 02", "47-302", "４７３０２", "٤٧٣٠٢", "۴۷۳۰۲", "४७३०२", "৪৭৩০২", "๔๗๓๐๒",
        "៤៧៣០២", "໔໗໓໐໒", "၄၇၃၀၂", "༤༧༣༠༢", "௪௭௩௦௨", "෪෭෩෦෨", "四七三〇二",
        "\u200f٤٧٣\u200e٠٢", "4\u00a07302",
    ],
)  # fmt: skip
def test_a_code_may_be_written_in_the_figures_of_any_script(typed: str) -> None:
    assert read_figures(typed) == "47302"


@pytest.mark.parametrize("typed", ["", "4730", "473020", "4730x", "47½02", "四十七三二", "<b>"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert not any(fits(SECRET, 1, typed, START + n * MINUTE) for n in range(50))


def test_the_time_left_runs_from_sixty_to_one() -> None:
    moments = (START, START + SECOND, START + 59 * SECOND)
    assert [seconds_left(each) for each in moments] == [60, 59, 1]


def test_a_code_is_also_shown_in_the_figures_of_those_who_registered() -> None:
    assert in_other_figures("47302", {"NP", "KH", "MY"}) == ["४७३०२", "៤៧៣០២"]
    assert in_other_figures("47302", {"MY", "ID"}) == []
