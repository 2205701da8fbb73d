"""The words of mails about cases that one writes or reviews, in the languages of mails."""

from academy.messaging.notices import Said

_TITLES = {
    "en": {
        "invited": "Write a case study together: {title}",
        "comment": "A comment on {title}",
        "returned": "Please look at your case study again: {title}",
        "published": "Your case study is on the shelf: {title}",
        "withdrawn": "Your case study was taken from the shelf: {title}",
        "submitted": "A case study waits for you: {title}",
    },
    "id": {
        "invited": "Menulis studi kasus bersama: {title}",
        "comment": "Komentar tentang {title}",
        "returned": "Mohon periksa lagi studi kasus Anda: {title}",
        "published": "Studi kasus Anda sudah terbit: {title}",
        "withdrawn": "Studi kasus Anda ditarik: {title}",
        "submitted": "Sebuah studi kasus menunggu Anda: {title}",
    },
}
_TEXTS = {
    "en": {
        "invited": "Its author would like you to be a co-writer. You can say yes or no.",
        "published": "Thank you. Everybody can find and discuss it now.",
        "submitted": "Its writers have sent it to be reviewed.",
    },
    "id": {
        "invited": "Penulisnya ingin Anda ikut menulis. Anda boleh menerima atau menolak.",
        "published": "Terima kasih. Sekarang semua orang dapat menemukan dan membahasnya.",
        "submitted": "Penulisnya mengirimkannya untuk diperiksa.",
    },
}


def say(what: str, title: str, words: str, language: str) -> Said:
    """Return what a mail says of `what`: the case's title, a sentence, and what somebody wrote."""
    tongue = language if language in _TITLES else "en"
    parts = (_TEXTS[tongue].get(what, ""), words)
    return Said(_TITLES[tongue][what].format(title=title), " ".join(filter(None, parts)))
