"""An announcement to 100,000 people: its pages, its confirmation, and a sign-in link beside it.

Run: .venv/bin/python -m benchmarks.announcing [sqlite|postgresql]
The scene: a series with 100,000 registrants of five zones, one draft to all who have a place.
Measured: counting whom it is for, a page of the list by name, the confirmation (the list frozen as
rows of the ledger, in one transaction), how far it has come, stopping, going on; and, while all of
it is due, taking the next message that is no announcement, such as a sign-in link.
Promise: confirmed in under 10 seconds and 15 statements, as planning.
"""

import sys
import time
from collections.abc import Callable

from sqlalchemy import text

from academy.db import now, session, transaction
from academy.lib import jobs
from academy.messaging.letters import Letter
from academy.messaging.models import Message
from academy.messaging.service.claims import claim_due
from academy.people.models import Person, RoleGrant
from academy.programme.models import Series
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.paging import Wanted
from academy.reminders.announcements.queries import read_lines, read_standings
from academy.reminders.announcements.recipients import Recipients, fingerprint
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.service import (
    begin,
    confirm,
    go_on,
    save_segment,
    save_text,
    stop,
)
from benchmarks.planning import fill
from benchmarks.scene import loaded_academy
from tests.statements import counted

PEOPLE = 100_000
SECONDS, STATEMENTS = 10, 15
WORDS = Letter("Bring a needle", "Hello {{ name }},\n\nbring a needle.\n\n{{ link }}\n")


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print what each step takes; return whether the promise is kept."""
    with loaded_academy(kind) as scene:
        jobs.unplug()  # nobody sends while this measures
        author = _author()
        with scene.engine.begin() as connection:
            connection.execute(text("DELETE FROM messages"))
            number = fill(connection, PEOPLE)
        print(f"{kind}: an announcement to {PEOPLE:,} people")
        draft = _draft(number, author)
        taken = {"whom it is for, counted": _seconds(lambda: Recipients(draft, author).total)}
        taken["a page of the list"] = _seconds(
            lambda: Recipients(draft, author).read_page(Wanted("gets"))
        )
        ids = [one[0] for one in Recipients(draft, author).read_all()]
        with counted(scene.engine) as statements:
            confirmed = _seconds(
                lambda: confirm(draft.id, author, seen=draft.version, seen_list=fingerprint(ids))
            )
        taken |= {"confirmed": confirmed, **_afterwards(draft, author)}
    for words, seconds in taken.items():
        print(f"  {words:48}{seconds:7.2f} s")
    print(f"  {'promised: confirmed in':48}{SECONDS:7.2f} s  {STATEMENTS} statements")
    print(f"  {'statements of the confirmation':48}{len(statements):7}")
    return confirmed < SECONDS and len(statements) <= STATEMENTS


def _author() -> Person:
    with transaction() as current:
        author = Person(name="Organiser")
        author.roles.append(RoleGrant(role="organiser", country=""))
        current.add(author)
    return author


def _draft(series: int, author: Person) -> Announcement:
    draft = begin(session.get_one(Series, series), author)
    save_segment(draft.id, Segment(who=("going",)))
    save_text(draft.id, "en", WORDS, seen=0, actor_id=author.id)
    session.refresh(draft)
    return draft


def _afterwards(draft: Announcement, author: Person) -> dict[str, float]:
    seconds = {
        "how far it has come": _seconds(lambda: read_standings([draft.id], author)),
        "a page of everybody on it": _seconds(lambda: read_lines(draft, author, Wanted("all"))),
        "stopped": _seconds(lambda: stop(draft.id, author.id)),
        "gone on with": _seconds(lambda: go_on(draft.id, author.id)),
        "a hundred of it claimed": _seconds(lambda: claim_due(100)),
    }
    with transaction() as current:
        current.add(Message(
            person_id=author.id, occasion="token:1", kind="sign_in_link", address="o@example.org",
            subject="x", text="y", message_id="<1@example.org>", due_at=now(),
        ))  # fmt: skip
    claimed: list[str] = []
    seconds["a sign-in link claimed before the rest"] = _seconds(
        lambda: claimed.extend(claim.kind for claim in claim_due(100))
    )
    if claimed != ["sign_in_link"]:
        raise RuntimeError(f"it waits behind {len(claimed)} others")
    return seconds


def _seconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
