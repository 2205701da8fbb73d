"""Use cases of the programme: series, live sessions, registrations and places.

Whoever changes registrations or places of a series locks its row first (`lock_series`). So all
changes of one series happen one after the other, the same locks are always taken in the same
order, and no deadlock is possible between them on PostgreSQL.
"""

from academy.programme.service.links import go_in, renew_calendar, renew_link
from academy.programme.service.live_sessions import (
    LiveSessionFacts,
    add_live_sessions,
    cancel_live_session,
    change_live_session,
)
from academy.programme.service.locks import lock_series
from academy.programme.service.places import give_place, say_no, say_yes
from academy.programme.service.registrations import (
    answer_reminders,
    cancel_registration,
    register,
)
from academy.programme.service.series import (
    SeriesFacts,
    cancel_series,
    change_series,
    check_plan,
    create_series,
    publish_series,
    withdraw_series,
)

__all__ = [
    "LiveSessionFacts",
    "SeriesFacts",
    "add_live_sessions",
    "answer_reminders",
    "cancel_live_session",
    "cancel_registration",
    "cancel_series",
    "change_live_session",
    "change_series",
    "check_plan",
    "create_series",
    "give_place",
    "go_in",
    "lock_series",
    "publish_series",
    "register",
    "renew_calendar",
    "renew_link",
    "say_no",
    "say_yes",
    "withdraw_series",
]
