"""The demonstration's people and files: they say what was published, and the same every time."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from academy.attendance.reading.files import AttendanceFile, read_attendance
from academy.lib.countries import is_in_asia, recognise_country
from academy.lib.names import comparable
from academy.lib.tables import read_table
from academy.people.addresses import normal_address
from academy.programme.formats.languages import recognise_language
from academy.programme.formats.reading import read_registrations
from academy.site.demo.facts import ATTENDED, LIVE_SESSIONS, MINUTES, ZONE, PlannedLiveSession
from academy.site.demo.files import REGISTRATIONS, demo_files
from academy.site.demo.people import registrants
from academy.site.demo.presence import casts, connections
from academy.site.demo.registration_file import ANSWERED_TWICE
from academy.site.demo.zoom_files import file_name, participants_file

SEEDS_OF_NAMES = ("Jayasooria", "Denison", "Quiñones", "Quinines", "Quinones")
DIGESTS = (
    "import hashlib; from academy.site.demo.files import demo_files;"
    "print({name: hashlib.sha256(data).hexdigest() for name, data in demo_files().items()})"
)


def _read(planned: PlannedLiveSession) -> AttendanceFile:
    data, name = participants_file(planned), file_name(planned)
    return read_attendance(data, name, zone=ZONE, on=planned.starts_at.date())


def test_the_registrants_are_195_from_16_countries_of_asia_and_17_from_16_others() -> None:
    asians = [person.country for person in registrants() if is_in_asia(person.country)]
    others = [person.country for person in registrants() if not is_in_asia(person.country)]
    assert (len(asians), len(set(asians))) == (195, 16)
    assert (len(others), len(set(others))) == (17, 16)


def test_the_planned_numbers_are_the_published_ones() -> None:
    assert sum(ATTENDED) / len(ATTENDED) == 55
    assert (max(ATTENDED), min(ATTENDED)) == (74, 37)
    assert {each.starts_at.weekday() for each in LIVE_SESSIONS} == {5}
    assert {(each.starts_at.year, each.starts_at.month) for each in LIVE_SESSIONS} == {(2020, 5)}


def test_every_country_is_recognised_as_it_is_typed() -> None:
    assert all(recognise_country(each.country_typed) == each.country for each in registrants())
    assert all(recognise_language(each.language) for each in registrants())


def test_addresses_are_distinct_and_can_belong_to_nobody() -> None:
    domains = [person.email.split("@")[1] for person in registrants()]
    reserved = (".example", "example.org", "example.com", "example.net")
    assert len({person.email for person in registrants()}) == 212
    assert all(domain.endswith(reserved) for domain in domains)


def test_one_name_is_borne_by_two_people_and_nobody_is_called_like_an_author() -> None:
    names = Counter(comparable(person.name).key for person in registrants())
    assert [key for key, bearers in names.items() if bearers > 1] == [("maimunah",)]
    assert not [name for key in names for name in SEEDS_OF_NAMES if name.casefold() in key]


def test_the_registration_file_reads_as_212_people_of_whom_some_answered_twice() -> None:
    read = read_registrations(read_table(demo_files()[REGISTRATIONS], REGISTRATIONS))
    assert (read.format, read.rows, read.refused) == ("google-forms", 212 + ANSWERED_TWICE, ())
    assert len({normal_address(entry.email) for entry in read.entries}) == 212
    assert read.columns.questions == ()


@pytest.mark.parametrize("planned", LIVE_SESSIONS, ids=lambda planned: planned.slug)
def test_each_participants_file_is_read_without_doubt(planned: PlannedLiveSession) -> None:
    read = _read(planned)
    assert read.format == "zoom-meeting"
    assert (read.warnings, read.refused) == ((), ())
    assert read.rows == len(connections(planned))


def test_the_five_files_have_five_shapes() -> None:
    first_lines = {participants_file(each).splitlines()[0] for each in LIVE_SESSIONS}
    assert len(first_lines) == 5


def test_no_registrant_comes_before_having_registered() -> None:
    for planned in LIVE_SESSIONS:
        start = planned.starts_at.replace(tzinfo=None)
        assert all(person.registered_at < start for person in casts()[planned.number])


def test_people_come_before_the_start_and_stay_beyond_the_end() -> None:
    for planned in LIVE_SESSIONS:
        start = planned.starts_at.replace(tzinfo=None)
        rows = connections(planned)
        assert sum(row.joined < start for row in rows) > len(casts()[planned.number]) / 3
        assert max(row.left for row in rows) > start + timedelta(minutes=MINUTES)
        assert all(row.joined < row.left for row in rows)


def test_the_files_are_the_same_in_every_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
