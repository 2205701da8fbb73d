"""Notes of moderators about people: written for colleagues, read by the person in their data."""

from academy.db import transaction
from academy.moderation.models import Note
from academy.people.models import Person
from academy.security import audit


def write_note(person: Person, words: str, moderator: Person) -> Note:
    """Keep a note about somebody; it is never changed."""
    with transaction() as current:
        note = Note(person_id=person.id, words=words, written_by=moderator.id)
        current.add(note)
        current.flush()
        audit.note("moderation.note", f"person:{person.id}", actor_id=moderator.id)
        return note
