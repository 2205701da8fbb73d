"""What the library asks of higher areas: whether somebody may write now."""

from collections.abc import Callable

from academy.people.models import Person

#: Whether a decision keeps the person from writing.
Doorkeeper = Callable[[Person], bool]
_doorkeeper: list[Doorkeeper] = [lambda _person: False]


def plug_doorkeeper(doorkeeper: Doorkeeper) -> None:
    """Let `doorkeeper` say who is kept from writing (done by wiring.py)."""
    _doorkeeper[0] = doorkeeper


def is_kept_from_writing(person: Person) -> bool:
    """Ask whether the person may not submit, invite or comment for now."""
    return _doorkeeper[0](person)
