"""The list of words and addresses whose posts wait for a moderator."""

from sqlalchemy import delete, select

from academy.db import transaction
from academy.moderation.gate import folded
from academy.moderation.models import WatchedWord
from academy.people.models import Person
from academy.security import audit


def watch(word: str, moderator: Person) -> None:
    """Let posts that hold `word` wait; a word that is watched already changes nothing."""
    with transaction() as current:
        text = folded(word)
        if current.scalars(select(WatchedWord).where(WatchedWord.word == text)).one_or_none():
            return
        current.add(WatchedWord(word=text, added_by=moderator.id))
        audit.note("moderation.watch", "word", actor_id=moderator.id)


def unwatch(word_id: int, moderator: Person) -> None:
    """Watch a word no more; what waits already stays in the queue."""
    with transaction() as current:
        current.execute(delete(WatchedWord).where(WatchedWord.id == word_id))
        audit.note("moderation.unwatch", f"word:{word_id}", actor_id=moderator.id)
