"""The API of the programme: importing this package declares every call."""

from academy.programme.api import live_sessions, registrations, series
from academy.programme.api.calls import calls

__all__ = ["calls", "live_sessions", "registrations", "series"]
