"""GET /api/v1/series/<slug>/live-sessions and GET /api/v1/live-sessions/<slug>."""

from flask import abort

from academy.people.models import Person
from academy.programme.api.calls import calls, get_series
from academy.programme.api.shapes import LiveSessionAnswer, LiveSessionList
from academy.programme.models import LiveSession
from academy.programme.policy import can_run_series
from academy.programme.queries import find_live_session


@calls.get("/series/<slug>/live-sessions", scope="series:read")
def list_live_sessions(caller: Person, slug: str) -> LiveSessionList:
    """List the live sessions of a series, the earliest first."""
    series = get_series(slug, caller)
    shown = [
        each for each in series.live_sessions if each.status != "draft" or can_run_series(caller)
    ]
    return LiveSessionList(items=[show(each) for each in shown])


@calls.get("/live-sessions/<slug>", scope="series:read")
def show_live_session(caller: Person, slug: str) -> LiveSessionAnswer:
    """Show one live session."""
    return show(find_live_session(slug, caller) or abort(404))


def show(live_session: LiveSession) -> LiveSessionAnswer:
    """Return the live session as the API tells it."""
    return LiveSessionAnswer(
        slug=live_session.slug,
        series=live_session.series.slug,
        number=live_session.number,
        title=live_session.title,
        summary=live_session.summary,
        starts_at=live_session.starts_at,
        minutes=live_session.minutes,
        zone=live_session.zone,
        status=live_session.status,
        capacity=live_session.capacity,
        places_taken=live_session.places_taken,
        recording_url=live_session.recording_url,
    )
