"""The messages around a live session: their names, and how long before the start each is due."""

from datetime import timedelta

#: Longest before the start first.
BEFORE: dict[str, timedelta] = {
    "reminder_three_days": timedelta(days=3),
    "reminder_one_day": timedelta(days=1),
    "reminder_one_hour": timedelta(hours=1),
}
#: "We have started, come in": so long after the start, to those who have not opened the door.
STARTED = "reminder_started"
AFTER_THE_START = timedelta(minutes=5)
REMINDERS = (*BEFORE, STARTED)
#: After the end, by what happened: thanks; from which minute on they missed it; what they missed.
ATTENDED, LEFT_EARLY, MISSED = (
    "follow_up_attended", "follow_up_left_early", "follow_up_missed",
)  # fmt: skip
FOLLOW_UPS = (ATTENDED, LEFT_EARLY, MISSED)
#: At the earliest and at the latest so long after the end.
AFTER_THE_END = timedelta(hours=2)
OF_USE_FOR = timedelta(days=3)
#: Everything that has a moment of its own around a live session.
PLANS = (*REMINDERS, *FOLLOW_UPS)
#: What leaves when something happens: a registration; a place that comes free; a live session
#: that moves or is called off; a series that is.
CONFIRMED, PROMOTED, MOVED, CALLED_OFF, SERIES_CALLED_OFF = (
    "registered", "promoted", "moved", "live_session_cancelled", "series_cancelled",
)  # fmt: skip
HAPPENINGS = (CONFIRMED, PROMOTED, MOVED, CALLED_OFF, SERIES_CALLED_OFF)
#: Whoever is not told of these comes in vain, or stays away from a place of theirs.
ALWAYS_ON = frozenset(HAPPENINGS) - {CONFIRMED}
#: Everything of which a series has a text and a page.
EVERY_KIND = (*HAPPENINGS, *PLANS)
#: The group of kinds that a person may switch off (messaging.MailChoices.refused).
GROUP = "reminders"
#: The consent that a registration asks for, and an account.
CONSENT = "mail_reminders"
#: Reminders are planned when the live session is this near.
HORIZON = timedelta(days=4)
