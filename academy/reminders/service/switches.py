"""Switching a kind of message on and off for a series."""

from sqlalchemy import delete, select

from academy.db import session, transaction
from academy.programme.models import Series
from academy.programme.service import lock_series
from academy.reminders.kinds import ALWAYS_ON, FOLLOW_UPS, HAPPENINGS, REMINDERS
from academy.reminders.models import SwitchedOff, SwitchedOn
from academy.security import audit


class AlwaysSent(Exception):
    """This kind cannot be switched off: whoever is not told comes in vain."""


def read_switches(series_id: int) -> dict[str, bool]:
    """Return which kinds are sent for the series: follow-ups if on, all others unless off."""
    off = _kinds(SwitchedOff, series_id)
    on = _kinds(SwitchedOn, series_id)
    unless_off = {kind: kind not in off for kind in (*HAPPENINGS, *REMINDERS)}
    return unless_off | {kind: kind in on for kind in FOLLOW_UPS}


def _kinds(table: type[SwitchedOff | SwitchedOn], series_id: int) -> set[str]:
    return set(session.scalars(select(table.kind).where(table.series_id == series_id)))


def switch(series: Series, kind: str, *, is_on: bool, actor_id: int) -> bool:
    """Let the kind be sent or not; return whether that changed anything.

    What is planned already is asked when it would leave, so it stays away, or goes, as it stands
    then. Raises AlwaysSent.
    """
    if kind in ALWAYS_ON:
        raise AlwaysSent
    table: type[SwitchedOff | SwitchedOn] = SwitchedOn if kind in FOLLOW_UPS else SwitchedOff
    wants_row = is_on == (kind in FOLLOW_UPS)
    with transaction() as current:
        lock_series(series.id)
        has_row = current.get(table, (series.id, kind)) is not None
        if has_row == wants_row:
            return False
        if wants_row:
            current.add(table(series_id=series.id, kind=kind, by=actor_id))
        else:
            current.execute(delete(table).where(table.series_id == series.id, table.kind == kind))
        audit.note(
            "reminders.switched", f"series:{series.slug}", actor_id=actor_id, kind=kind, is_on=is_on
        )
    return True
