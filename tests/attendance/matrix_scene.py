"""A series of three live sessions, two of them held, with people who came in every way."""

from datetime import UTC, datetime, timedelta

from academy.attendance.models import Attendance, Identity, Tally
from academy.attendance.service import record_presence
from academy.db import now, transaction
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import LiveSession, Place, Registration, Series

START = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)


class MatrixScene:
    """Ana came twice, Bina once for unknown minutes, Chan never, Dewi without registering.

    Esther registered late, Farid took it back, Gita opened the door, Hema said no. Two names of
    the first live session belong to nobody yet. Week 3 is to come, a cancelled one does not count.
    """

    def __init__(self) -> None:
        with transaction() as current:
            self.series = Series(
                slug="weave", title="Weaving", zone="Asia/Kuala_Lumpur", status="published"
            )
            self.weeks = [self._week(number) for number in (1, 2, 3, 4)]
            self.weeks[2].starts_at = now() + timedelta(days=3)
            self.weeks[3].status = "cancelled"
            self.series.live_sessions = self.weeks
            current.add(self.series)
        self.people = {
            name: self._person(name, country)
            for name, country in (
                ("Ana", "MY"), ("Bina", "NP"), ("Chan", "KH"), ("Dewi", "ID"), ("Esther", "NP"),
                ("Farid", "MY"), ("Gita", "NP"), ("Hema", None),
            )
        }  # fmt: skip
        self._register()
        # Before the others: what follows from no evidence would be swept away by counting anew.
        record_presence(self.weeks[0], self.people["Gita"].id, "link", joined_at=START)
        self._came()

    def _week(self, number: int) -> LiveSession:
        return LiveSession(
            slug=f"weave-{number}", number=number, title=f"Week {number}",
            starts_at=START + timedelta(weeks=number - 1), minutes=120, zone="Asia/Kuala_Lumpur",
            status="published",
        )  # fmt: skip

    def _person(self, name: str, country: str | None) -> Person:
        return create_person(
            name, f"{name.lower()}@example.org", country=country,
            organisation="Looms & Co" if name == "Ana" else "",
        )  # fmt: skip

    def _register(self) -> None:
        with transaction() as current:
            for name, person in self.people.items():
                if name == "Dewi":
                    continue
                one = Registration(
                    series_id=self.series.id, person_id=person.id,
                    registered_at=START - timedelta(days=9),
                )  # fmt: skip
                if name == "Esther":
                    one.registered_at = START + timedelta(days=1)
                if name == "Farid":
                    one.cancelled_at = START + timedelta(days=2)
                if name == "Hema":
                    one.places = [Place(live_session_id=self.weeks[0].id, state="not_going")]
                current.add(one)

    def _came(self) -> None:
        with transaction() as current:
            strangers = [
                Identity(live_session_id=self.weeks[0].id, key=f"name:{name}", shown_name=name)
                for name in ("X", "Y")
            ]
            current.add_all(strangers)
            current.flush()
            for week, name, minutes in (
                (0, "Ana", 120), (1, "Ana", 15), (0, "Bina", None), (1, "Dewi", 60),
                (0, "Farid", 30),
            ):  # fmt: skip
                current.add(
                    Attendance(
                        live_session_id=self.weeks[week].id,
                        person_id=self.people[name].id,
                        minutes=minutes,
                        intervals=[[0, minutes * 60]] if minutes else [],
                    )
                )
            for one in strangers:
                current.add(Attendance(live_session_id=self.weeks[0].id, identity_id=one.id))
            for week, matched, unmatched in ((0, 3, 2), (1, 2, 0)):
                current.add(
                    Tally(live_session_id=self.weeks[week].id, matched=matched,
                          unmatched=unmatched, excluded=1)
                )  # fmt: skip

    def id_of(self, name: str) -> int:
        """Return the number of a person."""
        return self.people[name].id
