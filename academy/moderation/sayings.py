"""The words of mails about decisions, in the languages in which mails are written."""

from academy.messaging.notices import Said
from academy.moderation.models import Appeal, Decision
from academy.moderation.reasons import words_in

_TITLES = {
    "en": {
        "approve": "Your post is shown", "hide": "Your post was hidden",
        "remove": "Your post was removed", "warn": "A word from the moderators",
        "hold": "Your posts are looked at first", "silence": "You cannot write for a while",
        "suspend": "Your account is suspended", "lock": "Your thread was closed",
        "slow": "Your thread was slowed down", "hide_thread": "Your thread was hidden",
        "move": "Your thread is about something else now",
        "split": "Your posts are in another thread now",
        "merge": "Your thread was merged into another one",
        "edit": "A moderator changed your post",
    },
    "id": {
        "approve": "Tulisan Anda ditampilkan", "hide": "Tulisan Anda disembunyikan",
        "remove": "Tulisan Anda dihapus", "warn": "Pesan dari moderator",
        "hold": "Tulisan Anda diperiksa dahulu",
        "silence": "Anda tidak dapat menulis untuk sementara",
        "suspend": "Akun Anda ditangguhkan", "lock": "Utas Anda ditutup",
        "slow": "Utas Anda diperlambat", "hide_thread": "Utas Anda disembunyikan",
        "move": "Utas Anda kini tentang hal lain",
        "split": "Tulisan Anda kini ada di utas lain",
        "merge": "Utas Anda digabungkan dengan utas lain",
        "edit": "Moderator mengubah tulisan Anda",
    },
}  # fmt: skip
#: To who wrote in a thread that somebody else began: {title} is where their words stand now.
_WRITERS = {
    "en": {
        "move": "A thread in which you wrote is about something else now",
        "split": "Your posts are in another thread now",
        "merge": "A thread in which you wrote was merged into another one",
    },
    "id": {
        "move": "Utas tempat Anda menulis kini tentang hal lain",
        "split": "Tulisan Anda kini ada di utas lain",
        "merge": "Utas tempat Anda menulis digabungkan dengan utas lain",
    },
}  # fmt: skip
_NOW_IN = {
    "en": "They stand in “{title}”. Their old addresses lead there.",
    "id": "Kini ada di “{title}”. Alamat lama mengarah ke sana.",
}
_UNTIL = {"en": "It holds until {until} (UTC).", "id": "Ini berlaku sampai {until} (UTC)."}
_APPEAL = {
    "en": "On the page you can read it and speak against it.",
    "id": "Di halaman itu Anda dapat membacanya dan mengajukan keberatan.",
}
_ANSWERS = {
    "en": ("Your appeal was upheld", "Your appeal was not upheld"),
    "id": ("Keberatan Anda diterima", "Keberatan Anda tidak diterima"),
}


def say_decision(decision: Decision, language: str) -> Said:
    """Return what the author reads: what was decided, why, the note, until when."""
    tongue = language if language in _TITLES else "en"
    parts = [words_in(decision.reason_words, language), decision.note]
    if decision.until is not None:
        parts.append(_UNTIL[tongue].format(until=f"{decision.until:%Y-%m-%d %H:%M}"))
    if decision.action != "approve":
        parts.append(_APPEAL[tongue])
    return Said(_TITLES[tongue][decision.action], " ".join(part for part in parts if part))


def say_to_writer(decision: Decision, title: str, language: str) -> Said:
    """Return what somebody reads who wrote in a thread that was rearranged."""
    tongue = language if language in _WRITERS else "en"
    parts = (
        _NOW_IN[tongue].format(title=title), words_in(decision.reason_words, language),
        decision.note,
    )  # fmt: skip
    return Said(_WRITERS[tongue][decision.action], " ".join(part for part in parts if part))


def say_answer(appeal: Appeal, language: str) -> Said:
    """Return what became of an appeal, in words."""
    tongue = language if language in _ANSWERS else "en"
    return Said(_ANSWERS[tongue][0 if appeal.upheld else 1], appeal.answer)
