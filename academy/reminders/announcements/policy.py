"""Who may see which announcements: organisers all, a focal point their own."""

from sqlalchemy import Select, select

from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.policy import can_run_series
from academy.reminders.announcements.models import Announcement


def visible_announcements(person: Person) -> Select[Announcement]:
    """Return the announcements that `person` may see, and then also change, confirm and stop."""
    statement = select(Announcement)
    return (
        statement
        if can_run_series(person)
        else statement.where(Announcement.created_by == person.id)
    )


def can_announce(series: Series) -> bool:
    """Whether there is anybody left to write to: those of a series whose time is over are gone."""
    return series.anonymised_at is None
