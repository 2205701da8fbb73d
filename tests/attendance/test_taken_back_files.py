"""A file that is taken back or corrected leaves nothing behind in the identities it knew."""

from typing import Any

from sqlalchemy import select

from academy.attendance.models import Attendance, AttendanceImport, Identity, Saying, Tally
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service import import_attendance, undo_import
from academy.attendance.service.digest import digest_of
from academy.db import session
from academy.people.models import Person
from academy.people.service.erasing import erase_person
from academy.programme.models import LiveSession
from tests.attendance.conftest import change
from tests.attendance.zoom_files import Row, zoom_file

SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
GUESTS = [("G Two", "", "15:30:00", "15:40:00"), ("G Three", "", "15:30:00", "15:40:00")]


def _take(live_session: LiveSession, *rows: Row) -> None:
    import_attendance(live_session, zoom_file(rows), "zoom.csv")


def _newest() -> AttendanceImport:
    newest = select(AttendanceImport).order_by(AttendanceImport.id.desc()).limit(1)
    return session.scalars(newest).one()


def _tally(live_session: LiveSession) -> tuple[int, int, int]:
    session.expire_all()
    tally = session.get_one(Tally, live_session.id)
    return (tally.matched, tally.unmatched, tally.excluded)


def _of(address: str) -> dict[str, Any]:
    one = session.scalars(select(Identity).where(Identity.email == address)).one()
    names = ("shown_name", "names", "original_names", "external_id", "role", "excluded_because")
    return {name: getattr(one, name) for name in names}


def test_a_name_goes_with_the_file_that_gave_it(live_session: LiveSession, siti: Person) -> None:
    _take(live_session, ("Siti Aminah", "x@y.org", "14:00:00", "15:00:00"))
    before = (_tally(live_session), digest_of(live_session.series_id), _of("x@y.org"))
    _take(live_session, ("Somebody Else", "x@y.org", "15:30:00", "15:40:00"), *GUESTS)
    assert _of("x@y.org")["names"] == ["Siti Aminah", "Somebody Else"]
    assert _tally(live_session)[0] == 0
    undo_import(_newest(), None)
    assert (_tally(live_session), digest_of(live_session.series_id), _of("x@y.org")) == before


def test_whom_an_undone_file_called_host_comes_back(
    live_session: LiveSession, siti: Person
) -> None:
    _take(live_session, SITI)
    before = _of("siti@example.org")
    _take(live_session, ("Siti Aminah (Host)", *SITI[1:2], "15:30:00", "15:40:00"), *GUESTS)
    assert _tally(live_session) == (0, 2, 1)
    undo_import(_newest(), None)
    assert (_tally(live_session), _of("siti@example.org")) == ((1, 0, 0), before)


def test_a_correction_takes_back_who_was_called_host(
    live_session: LiveSession, siti: Person
) -> None:
    _take(live_session, ("Siti Aminah (Host)", *SITI[1:]), *GUESTS)
    assert _tally(live_session) == (0, 2, 1)
    _take(live_session, SITI, *GUESTS)
    assert _tally(live_session) == (1, 2, 0)
    undo_import(_newest(), None)
    assert _tally(live_session) == (0, 2, 1)


def test_a_corrected_name_is_the_only_one(live_session: LiveSession, siti: Person) -> None:
    _take(live_session, ("Sitti Amina", "x@y.org", "14:00:00", "15:00:00"), *GUESTS)
    _take(live_session, ("Siti Aminah", "x@y.org", "14:00:00", "15:00:00"), *GUESTS)
    assert (_of("x@y.org")["shown_name"], _of("x@y.org")["names"]) == (
        "Siti Aminah",
        ["Siti Aminah"],
    )
    assert _tally(live_session) == (1, 2, 0)


def test_undoing_the_first_of_two_files_leaves_what_the_second_says(
    live_session: LiveSession, siti: Person
) -> None:
    _take(live_session, ("Somebody Else", "x@y.org", "15:30:00", "15:40:00"), *GUESTS)
    first = _newest()
    _take(live_session, ("Siti Aminah", "x@y.org", "14:00:00", "15:00:00"))
    undo_import(first, None)
    assert (_of("x@y.org")["shown_name"], _tally(live_session)) == ("Siti Aminah", (1, 0, 0))


def test_recomputing_says_the_same_of_files_that_say_different_things(
    live_session: LiveSession, siti: Person
) -> None:
    _take(live_session, SITI)
    _take(live_session, ("Siti A.", *SITI[1:2], "15:30:00", "15:40:00"), *GUESTS)
    before = (digest_of(live_session.series_id), _of("siti@example.org"))
    recompute_series(live_session.series_id)
    session.expire_all()
    assert (digest_of(live_session.series_id), _of("siti@example.org")) == before


def test_a_declared_host_stays_one_whatever_files_are_taken_back(
    live_session: LiveSession, siti: Person
) -> None:
    change(live_session, hosts=["siti@example.org"])
    session.expire_all()
    _take(live_session, SITI)
    _take(live_session, ("Siti A.", *SITI[1:2], "15:30:00", "15:40:00"), *GUESTS)
    undo_import(_newest(), None)
    assert _of("siti@example.org")["excluded_because"] == "declared_host"
    change(live_session, hosts=[])
    session.expire_all()
    recompute_series(live_session.series_id)
    assert _tally(live_session) == (1, 0, 0)


def test_files_that_say_the_same_keep_nothing_more(live_session: LiveSession, siti: Person) -> None:
    _take(live_session, SITI)
    _take(live_session, (*SITI[:2], "15:10:00", "15:40:00"), *GUESTS)
    assert session.scalars(select(Saying)).all() == []
    assert [row.minutes for row in session.scalars(select(Attendance)) if row.person_id] == [90]


def test_an_erased_person_leaves_nothing_that_a_file_said(
    live_session: LiveSession, siti: Person
) -> None:
    _take(live_session, SITI)
    _take(live_session, ("Siti A.", *SITI[1:2], "15:30:00", "15:40:00"), *GUESTS)
    assert len(session.scalars(select(Saying)).all()) == 2
    erase_person(siti.id, None)
    assert session.scalars(select(Saying)).all() == []
