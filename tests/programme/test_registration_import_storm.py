"""Several importers at the same time, over real connections: everybody is here once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import Registration, RegistrationImport, Series
from academy.programme.registration_import import (
    import_registrations,
    keep_upload,
    read_file,
    run_import,
    sweep_imports,
)
from tests.programme.scenes import a_series, check_counts

FILE = "\n".join(["Name,Email,Country", *(f"P{n},p{n}@x.org,Nepal" for n in range(200))]).encode()
Fact = TypeVar("Fact")
Result = TypeVar("Result")


def _at_once(deed: Callable[[Fact], Result], facts: list[Fact]) -> list[Result]:
    def alone(fact: Fact) -> Result:
        try:
            return deed(fact)
        finally:
            session.remove()

    with ThreadPoolExecutor(len(facts)) as threads:
        return list(threads.map(alone, facts))


def _import_into(series_id: int) -> tuple[int, int]:
    report = import_registrations(session.get_one(Series, series_id), read_file(FILE))
    return report.created, report.unchanged


def _count(table: type[Person | Registration]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_file_from_four_hands_is_imported_once(own_database: Flask) -> None:
    series = a_series(capacity=150)
    results = _at_once(_import_into, [series.id] * 4)
    assert sorted(results) == [(0, 200)] * 3 + [(200, 0)]
    assert (_count(Person), _count(Registration)) == (200, 200)
    check_counts(session.get_one(Series, series.id).live_sessions[0])


def test_the_same_people_in_two_series_at_once_are_the_same_people(own_database: Flask) -> None:
    results = _at_once(_import_into, [a_series().id, a_series().id])
    assert results == [(200, 0), (200, 0)]
    assert (_count(Person), _count(Registration)) == (200, 400)


def _kept() -> int:
    record = keep_upload(a_series(), "f.csv", FILE, read_file(FILE), None)
    with transaction():
        session.get_one(RegistrationImport, record.id).state = "waiting"
    return record.id


def test_four_workers_with_one_file_import_it_once(own_database: Flask) -> None:
    import_id = _kept()
    _at_once(run_import, [import_id] * 4)
    record = session.get_one(RegistrationImport, import_id)
    assert (record.state, record.report["created"], _count(Registration)) == ("done", 200, 200)


def test_a_worker_that_dies_leaves_the_file_to_the_sweep(
    own_database: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = _kept()
    with monkeypatch.context() as power:
        power.setattr("academy.programme.registration_import.records.now", _fail)
        with pytest.raises(RuntimeError):
            run_import(import_id)
    session.remove()
    assert (_count(Person), _count(Registration)) == (0, 0)
    sweep_imports()
    assert session.get_one(RegistrationImport, import_id).state == "done"
    assert _count(Registration) == 200


def _fail() -> None:
    raise RuntimeError("the lights went out")
