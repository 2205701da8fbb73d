"""Files that know a first joining and a last leaving: two of one meeting tell the same minutes."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from academy.attendance.envelopes import MINUTE, Envelope, most_minutes
from academy.attendance.models import Attendance, AttendanceImport
from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.files import read_attendance
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service import import_attendance
from academy.attendance.service.digest import digest_of
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import csv

HEADER = "First name,Last name,Email,Duration,Time joined,Time exited"
#: Who was there when the first file was fetched, and nobody of them later: the files stay apart.
EARLY = [f"Early{letter},One,,20 min,2:00 PM,2:20 PM" for letter in "ABC"]
LATE = [f"Late{letter},Two,,20 min,3:30 PM,3:50 PM" for letter in "ABC"]


def _siti(minutes: int, joined: str, left: str) -> str:
    return f"Siti,Aminah,siti@example.org,{minutes} min,{joined},{left}"


def _import(live_session: LiveSession, *files: Iterable[str]) -> None:
    for number, rows in enumerate(files):
        import_attendance(live_session, csv(HEADER, *rows), f"meet-{number}.csv")
    states = session.scalars(select(AttendanceImport.state)).all()
    assert states == ["done"] * len(files)


def _minutes(person: Person, live_session: LiveSession) -> int | None:
    """Return the minutes, the same however often they are counted anew."""
    statement = select(Attendance.minutes).where(Attendance.person_id == person.id)
    found = session.scalars(statement).one()
    before = digest_of(live_session.series_id)
    recompute_series(live_session.series_id)
    assert digest_of(live_session.series_id) == before
    return found


@pytest.mark.parametrize("is_late_first", [False, True])
def test_an_early_and_a_later_export_of_one_meeting_are_not_added_up(
    live_session: LiveSession, siti: Person, *, is_late_first: bool
) -> None:
    early = [_siti(40, "2:00 PM", "3:00 PM"), *EARLY]
    late = [_siti(100, "2:00 PM", "4:20 PM"), *LATE]
    _import(live_session, *((late, early) if is_late_first else (early, late)))
    assert _minutes(siti, live_session) == 100


def test_two_halves_of_a_meeting_are_added_up(live_session: LiveSession, siti: Person) -> None:
    first, second = _siti(50, "2:00 PM", "3:00 PM"), _siti(30, "3:10 PM", "4:00 PM")
    _import(live_session, [first, *EARLY], [second, *LATE])
    assert _minutes(siti, live_session) == 80


def test_what_overlaps_only_partly_counts_as_far_as_both_allow(
    live_session: LiveSession, siti: Person
) -> None:
    # Ten minutes of the first are also the second's: at most 60 + 60 - 10.
    first, second = _siti(60, "2:00 PM", "3:00 PM"), _siti(60, "2:50 PM", "3:50 PM")
    _import(live_session, [first, *EARLY], [second, *LATE])
    assert _minutes(siti, live_session) == 110


def test_a_second_file_that_states_less_takes_no_minutes_away(
    live_session: LiveSession, siti: Person
) -> None:
    first, second = _siti(60, "2:30 PM", "3:30 PM"), _siti(30, "2:00 PM", "4:00 PM")
    _import(live_session, [first, *EARLY], [second, *LATE])
    assert _minutes(siti, live_session) == 60


def test_two_exports_of_one_meeting_in_one_file_are_asked_about() -> None:
    above = ["Meeting title,Date,Start time,End time", "Solidarity,2020-05-02,2:00 PM,4:30 PM", ""]
    early = [*above, HEADER, _siti(40, "2:00 PM", "3:00 PM")]
    late = [*above, HEADER, _siti(100, "2:00 PM", "4:20 PM")]
    with pytest.raises(SeveralMeetings) as asked:
        read_attendance(csv(*early, *late), "meet.csv")
    [one, two] = [choice.key for choice in asked.value.choices]
    read = [read_attendance(csv(*early, *late), "m.csv", meeting=key) for key in (one, two)]
    assert [file.people[0].minutes for file in read] == [40, 100]
    assert read_attendance(csv(*early, *early), "m.csv").people[0].minutes == 40


_FEW_MINUTES = 9
_envelopes = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 9), st.integers(0, 9), st.integers(1, 3)).map(
        lambda drawn: (drawn[0], min(drawn[0] + drawn[1], _FEW_MINUTES), drawn[2], drawn[3])
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda drawn: drawn[3],
)


@given(_envelopes)
@settings(max_examples=200, deadline=None)
def test_of_all_ways_to_have_been_there_the_longest_that_every_file_allows_is_found(
    drawn: list[tuple[int, int, int, int]],
) -> None:
    envelopes = [Envelope(a * MINUTE, b * MINUTE, stated, file) for a, b, stated, file in drawn]
    best = max(
        minutes.bit_count()
        for minutes in range(1 << _FEW_MINUTES)
        if all(
            (minutes >> a & ((1 << (b - a)) - 1)).bit_count() <= stated
            for a, b, stated, _f in drawn
        )
        and not any(
            minutes >> minute & 1
            for minute in range(_FEW_MINUTES)
            if not any(a <= minute < b for a, b, _stated, _file in drawn)
        )
    )
    single = max(min(b - a, stated) for a, b, stated, _file in drawn)
    assert most_minutes(envelopes, [(0, _FEW_MINUTES * MINUTE)]) == max(best, single)
