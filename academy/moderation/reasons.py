"""Reasons in words: which language of them somebody reads."""

from collections.abc import Mapping

#: The languages in which mails are written; the others fall back to the first.
SPOKEN = ("en", "id")


def words_in(words: Mapping[str, str], language: str) -> str:
    """Return the words in `language`, else in its base ("pt" for "pt-BR"), else in English."""
    base = language.split("-", maxsplit=1)[0]
    return words.get(language) or words.get(base) or words.get("en", "")
