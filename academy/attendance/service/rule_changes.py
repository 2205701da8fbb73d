"""Applying rules to a series: what was previewed and nothing else, with a history of who did it."""

from collections.abc import Sequence

from sqlalchemy import select, update

from academy.attendance.models import RuleChange
from academy.attendance.rules.rules import Rules
from academy.attendance.service.presence import compute_attendance
from academy.attendance.service.recomputes import refuse_frozen
from academy.attendance.service.rule_preview import Preview, preview_rules
from academy.db import session, transaction
from academy.lib.jobs import DESK, announce
from academy.programme.models import LiveSession, Series
from academy.programme.service import lock_series
from academy.security import audit


class NothingChanges(Exception):
    """These rules are in force already."""


class PreviewIsStale(Exception):
    """Rules, evidence or decisions changed since the effect was shown."""


def apply_rules(
    series: Series, wanted: Rules, *, seen: str | None, actor_id: int | None
) -> Preview:
    """Put the rules into force and count every live session anew; return what that did.

    `seen` is the token of the preview that a human agreed to; None where nobody looked. Raises
    NothingChanges, PreviewIsStale, ImpossibleRules and FiguresAreFrozen, and then changes nothing.
    """
    refuse_frozen(series)
    with transaction():
        lock_series(series.id)
        preview = preview_rules(series, wanted)
        if preview.in_force == wanted:
            raise NothingChanges
        if seen is not None and preview.token != seen:
            raise PreviewIsStale
        values = wanted.as_json()
        session.execute(update(Series).where(Series.id == series.id).values(values))
        for live_session in _live_sessions_of(series.id):
            compute_attendance(live_session)
        _remember(series, preview, actor_id)
        announce("job.changed", DESK, id=f"rules:{series.id}")
    return preview


def _live_sessions_of(series_id: int) -> Sequence[LiveSession]:
    statement = select(LiveSession).where(LiveSession.series_id == series_id)
    return session.scalars(statement.order_by(LiveSession.id)).all()


def _remember(series: Series, preview: Preview, actor_id: int | None) -> None:
    gone, come = preview.count("gone"), preview.count("come")
    change = RuleChange(
        series_id=series.id, before=preview.in_force.as_json(), after=preview.wanted.as_json(),
        gone=gone, come=come, changed_by=actor_id,
    )  # fmt: skip
    session.add(change)
    session.flush()
    audit.note("attendance.rules_changed", f"series:{series.slug}", actor_id=actor_id,
               change_id=change.id, gone=gone, come=come)  # fmt: skip
