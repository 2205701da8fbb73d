"""Every kind of message and the values that its text in templates/messages/<kind>.txt needs.

Paths begin with "/" and become links with the academy's public address; moments are aware
datetimes or ISO 8601 strings. How the reader is greeted, her clock and her language come from the
person, not from the values.
"""

_REMINDERS = ("reminder_three_days", "reminder_one_day", "reminder_one_hour", "reminder_started")
#: The path is the person's own way in.
_REMINDER = (
    "path",
    "series",
    "series_path",
    "live_session",
    "starts_at",
    "zone",
    "minutes",
    "door_minutes",
)
#: After the end, by what happened.
_FOLLOW_UPS = ("follow_up_attended", "follow_up_left_early", "follow_up_missed")
#: Where there is no summary or recording it is ""; `until_minute` counts from the start.
_FOLLOW_UP = (
    *_REMINDER, "summary", "attendance_path", "recording", "recording_size", "until_minute",
)  # fmt: skip
ANNOUNCEMENT = "announcement"
#: What a facilitator writes to learners of a course.
LETTER = "course_letter"
#: Everything new of a person, gathered into one mail.
DIGEST = "digest"
#: kind → names of the values that must be given.
REQUIRED: dict[str, tuple[str, ...]] = {
    "sign_in_link": ("path", "minutes"),
    "verify_address": ("path", "hours"),
    "reset_password": ("path", "minutes"),
    "address_changed": ("path", "new_address"),
    "password_changed": ("path",),
    "known_address": ("path",),
    "registered": ("path", "series"),
    "promoted": ("path", "series", "live_session", "starts_at", "zone", "minutes"),
    # The person's registration to the whole series was taken back.
    "cancelled": ("path", "series"),
    # A live session has another time; it does not take place; nor does any of the series.
    "moved": ("path", "series", "live_session", "starts_at", "zone", "minutes"),
    "live_session_cancelled": (
        "path",
        "series",
        "live_session",
        "starts_at",
        "zone",
        "minutes",
    ),
    "series_cancelled": ("path", "series"),
    # To those who run series: the day on which its people are forgotten comes near.
    "retention_due": ("path", "series", "due_at", "zone"),
    **dict.fromkeys(_REMINDERS, _REMINDER),
    **dict.fromkeys(_FOLLOW_UPS, _FOLLOW_UP),
    # What organisers write to people of a series: the words are theirs, only the end is ours.
    ANNOUNCEMENT: ("path", "series"),
    # `subject` and `words` are those of `author`.
    LETTER: ("path", "course", "author", "subject", "words"),
    # `path` is the new personal link, `card` the page with it as a picture.
    "link_renewed": ("path", "card", "series"),
    # What happened, gathered: each with title, text, path and moment; how many, how many not shown.
    DIGEST: ("news", "count", "more", "zone"),
    # What somebody said of their own attendance was "confirmed" or "declined", with a reply or "".
    "objection_answered": (
        "path",
        "series",
        "live_session",
        "starts_at",
        "zone",
        "minutes",
        "outcome",
        "reply",
    ),
}

#: Kinds whose text holds a secret: once sent, it stands in the mail only.
SECRET = frozenset(
    {
        "sign_in_link", "verify_address", "reset_password", "registered", "link_renewed",
        *_REMINDERS, *_FOLLOW_UPS, ANNOUNCEMENT, LETTER,
        # It tells of other people, to whom only its reader may know.
        DIGEST,
    }
)  # fmt: skip

#: Groups of kinds that a person may switch off: their mails carry the way to do so, each its own.
GROUPS: dict[str, tuple[str, ...]] = {
    "reminders": (*_REMINDERS, *_FOLLOW_UPS),
    "announcements": (ANNOUNCEMENT, LETTER),
    # Of these a person may also choose how often: messaging/rhythms.py.
    "news": (DIGEST,),
}
#: Kinds that go to very many at once: everything else leaves before them.
BULK = (ANNOUNCEMENT, LETTER)
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}

#: kind → values that may be given as well, each line of them all or none.
OPTIONAL: dict[str, tuple[str, ...]] = {
    "registered": (
        # The next live session, and whether the person is "going" or "waiting" there.
        *("live_session", "starts_at", "zone", "minutes", "place"),
        # The personal link, and the page with it as a picture.
        *("way_in", "card"),
    ),
}
