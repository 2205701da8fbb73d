"""Whatever happens in whatever order, places are counted right and none is free in vain."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.db import session
from academy.people.models import Person
from academy.programme.errors import CapacityBelowTakenError, NotRegisteredError
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.service import (
    SeriesFacts,
    cancel_registration,
    change_series,
    register,
    say_no,
    say_yes,
)
from tests.programme.scenes import a_series, check_counts, people

deeds = st.lists(
    st.tuples(
        st.sampled_from(["register", "leave", "no", "yes", "capacity"]), st.integers(0, 5)
    ),
    max_size=25,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=deeds, capacity=st.one_of(st.none(), st.integers(1, 4)))
def test_places_are_counted_right(
    app: Flask, deeds: list[tuple[str, int]], capacity: int | None
) -> None:
    series = a_series(capacity=capacity, weeks=2)
    everybody = [session.get_one(Person, who) for who in people(6)]
    for deed, number in deeds:
        _do(deed, number, everybody[number], series)
        for live_session in series.live_sessions:
            check_counts(live_session)


def _do(deed: str, number: int, person: Person, series: Series) -> None:
    if deed == "register":
        register(person, series)
    elif deed == "capacity":
        _change_capacity(series, number + 1)
    else:
        mine = session.query(Registration).filter_by(person_id=person.id, series_id=series.id)
        registration = mine.one_or_none()
        if registration is not None:
            _change_place(deed, registration, series.live_sessions[0])


def _change_capacity(series: Series, capacity: int) -> None:
    try:
        change_series(series, SeriesFacts(), capacity=capacity, registration_closes_at=None)
    except CapacityBelowTakenError:
        assert max(each.places_taken for each in series.live_sessions) > capacity


def _change_place(deed: str, registration: Registration, live_session: LiveSession) -> None:
    try:
        {"leave": cancel_registration}.get(deed, lambda _one: None)(registration)
        if deed in {"no", "yes"}:
            (say_no if deed == "no" else say_yes)(registration, live_session)
    except NotRegisteredError:
        assert registration.cancelled_at is not None
