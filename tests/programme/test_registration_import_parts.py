"""Whatever a file holds: its parts add up, people count once, and a second time changes nothing."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from academy.db import session
from academy.programme.models import Registration
from academy.programme.registration_import import import_registrations, read_file
from tests.programme.scenes import a_series

pytestmark = pytest.mark.usefixtures("app")
HEADING = ("Registered at", "Email", "Name", "Country", "Why?")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2020-04-01 10:00", "2020-04-02 10:00", "2020-04-03 10:00", "", "soon"]),
        st.sampled_from(["a@x.org", "A@x.org ", "b@x.org", "c@x.org", "nope", ""]),
        st.sampled_from(["Siti", "สมหญิง", "", "=1+1"]),
        st.sampled_from(["Nepal", "Viet Nam", "Atlantis", ""]),
        st.text(alphabet="ab;,\"\n'", max_size=4),
    ),
    min_size=1,
    max_size=12,
)


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    stream = io.StringIO()
    # One sure row keeps a list of empty rows a list of registrations.
    csv.writer(stream).writerows([HEADING, ("2020-04-01", "z@x.org", "Z", "", ""), *rows])
    return stream.getvalue().encode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_parts_add_up_and_the_second_time_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    series, file = a_series(), read_file(_as_csv(rows))
    dry = import_registrations(series, file, dry_run=True)
    first = import_registrations(series, file)
    statement = select(Registration).where(Registration.series_id == series.id)
    people = len(session.scalars(statement).all())
    again = import_registrations(series, file)
    assert dry == first
    assert first.accepted + len(first.refused) == first.rows
    assert people == len({entry.normal for entry in file.entries})
    assert (again.created, again.updated, again.refused) == (0, 0, first.refused)
