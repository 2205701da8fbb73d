"""A series of May 2020 with everything that people leave in one: for tests of what is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from academy.attendance.models import Identity, ListeningPoint, Objection
from academy.attendance.service import begin_import, decide, import_attendance, record_presence
from academy.attendance.service.offering import offer_file
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.registration_import import keep_upload, read_file, start_import
from academy.programme.retention_dates import due_at
from academy.programme.service import SeriesFacts, create_series, register
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast

#: Everything that is in the database because of the series alone, and names somebody.
PLANTED = (
    "Siti Aminah", "siti.aminah@private.example", "Budi Hartono", "budi.hartono@private.example",
    "Maya Gurung", "maya.gurung@private.example", "Nobody Known", "nobody@private.example",
    "Looms of Ampang", "because of my mother", "345 6789", "Hosting Hana", "zoom-of-may",
    "answers-of-may", "Elfi Sayembara", "0123456789",
)  # fmt: skip
REGISTRATIONS = (
    "Timestamp,Email Address,Full name,Country,Organisation,Why do you come?\n"
    "4/25/2020 10:00:00,siti.aminah@private.example,Siti Aminah,Malaysia,Looms of Ampang,"
    "because of my mother\n"
    "4/25/2020 11:00:00,budi.hartono@private.example,Budi Hartono,Indonesia,,\n"
    "4/26/2020 12:00:00,maya.gurung@private.example,Maya Gurung,Nepal,,\n"
)
CAME: Sequence[Sequence[tuple[str, str, str, str]]] = (
    (
        ("Siti Aminah", "siti.aminah@private.example", "14:00:00", "16:00:00"),
        ("Budi Hartono", "", "14:10:00", "15:00:00"),
        ("Budi Hartono", "", "15:10:00", "16:30:00"),
        ("Nobody Known", "nobody@private.example", "14:00:00", "14:30:00"),
        ("+60 12-345 6789", "", "14:05:00", "14:25:00"),
        ("Elfi Sayembara 0123456789", "", "14:00:00", "15:00:00"),
        ("Hosting Hana", "", "13:50:00", "16:40:00"),
        ("ស្រីមុំ", "sreymom@example.org", "14:00:00", "15:30:00"),
    ),
    (
        ("Siti Aminah", "siti.aminah@private.example", "14:00:00", "15:00:00"),
        ("Nobody Known", "nobody@private.example", "14:00:00", "16:30:00"),
    ),
)


@dataclass(frozen=True)
class Held:
    """The series, and those of its people who are somebody beyond it."""

    series: Series
    #: Has an account of her own.
    learner: Person
    #: Has no account, and a place in another series.
    elsewhere: Person


def hold_series(cast: Cast, slug: str = "may") -> Held:
    """Return a series of two held live sessions with registrants, files, decisions and letters."""
    series = create_series(
        slug, "May 2020", zone="Asia/Kuala_Lumpur", minutes=150, weeks=2, capacity=None,
        first_start=datetime(2020, 5, 2, 14),  # noqa: DTZ001  what the clock shows there
        facts=SeriesFacts(summary="Two weeks"),
    )  # fmt: skip
    with transaction():
        series.live_sessions[0].hosts = ["Hosting Hana"]
    register(cast.learner, series, source="desk", answers={"Why?": "To weave"})
    _take_registrations(series, cast)
    for number, rows in enumerate(CAME):
        _take_attendance(series.live_sessions[number], number, rows, cast)
    _decide_by_hand(series, cast)
    _say_more(series, cast)
    elsewhere = session.scalars(select(Person).where(Person.name == "Maya Gurung")).one()
    return Held(series, cast.learner, elsewhere)


def _take_registrations(series: Series, cast: Cast) -> None:
    data, name = REGISTRATIONS.encode(), "answers-of-may.csv"
    record = keep_upload(series, name, data, read_file(data, name), cast.organiser.id)
    start_import(record, cast.organiser.id)


def _take_attendance(
    live_session: LiveSession, number: int, rows: Sequence[tuple[str, str, str, str]], cast: Cast
) -> None:
    data = zoom_file(rows)
    if number:
        data = data.replace(b"05/02/2020", b"05/09/2020")
    import_attendance(live_session, data, "zoom-of-may.csv", actor_id=cast.organiser.id)
    begin_import(live_session, b"Hello, Siti Aminah", "x.csv", zone="UTC", actor_id=None)
    record_presence(live_session, cast.learner.id, "roll", recorded_by=cast.organiser.id)


def _say_more(series: Series, cast: Cast) -> None:
    """A listening point in somebody's house, a file that waits, and an objection."""
    first = series.live_sessions[0]
    siti = session.scalars(select(Person).where(Person.name == "Siti Aminah")).one()
    with transaction() as current:
        current.add_all([
            ListeningPoint(live_session_id=first.id, place="House of Siti Aminah", country="MY",
                           women=3, men=1, hosted_by=cast.learner.id),
            Objection(live_session_id=first.id, person_id=siti.id, kind="other",
                      words="I came late because of my mother"),
        ])  # fmt: skip
    offer_file(series, b"Hello, Budi Hartono", "zoom-of-may.csv", actor_id=cast.organiser.id)


def _decide_by_hand(series: Series, cast: Cast) -> None:
    of_the_first = Identity.live_session_id == series.live_sessions[0].id
    [unknown] = session.scalars(
        select(Identity).where(of_the_first, Identity.shown_name.startswith("Elfi"))
    )
    [maya] = session.scalars(select(Person).where(Person.name == "Maya Gurung"))
    decide(unknown, maya.id, seen=None, actor_id=cast.organiser.id)


def keep_for_six_months(series: Series) -> None:
    """Let the time of the series be over long since, and organisers be warned of it."""
    with transaction():
        series.retention_months = 6
        series.retention_warned_for = due_at(series)
