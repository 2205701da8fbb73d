"""CPU and SQL statements of the review desk, beside a bare Flask page of twenty rows.

Run: .venv/bin/python -m benchmarks.review_desk [sqlite|postgresql]
Live sessions of 74 identities with 212 registrants, and of 2,000 and 20,000 with 2,000
registrants; all of them are open, because each shows a name that nobody bears quite so, and 400
names were decided in the week before. WSGI calls in this process, so no server's own work is in
it; the collector of garbage is told what academy/wsgi.py tells it. The last lines are pages
right after a decision and after somebody was added, when what is kept is read anew.
Promises (issue "Attendance that nobody has to correct by hand"): 5 statements and 60 ms CPU
whatever the number of identities.
"""

import gc
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import insert, select

from academy import db
from academy.attendance import service
from academy.attendance.models import Identity, Match
from academy.attendance.review import people as review_people
from academy.attendance.review import room as review_room
from academy.people.models import Person
from academy.people.service.newcomers import Newcomer, add_newcomers
from academy.programme.models import LiveSession, Registration, Series
from benchmarks.attendance_import import name_of
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import Scene, loaded_academy
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast, sign_in_to
from tests.statements import counted

#: Identities of the live session, and registrants of its series.
SIZES = ((74, 212), (2_000, 2_000), (20_000, 2_000))
DECIDED = 400
MOST_STATEMENTS, MOST_SECONDS = 5, 0.060
START = datetime(2020, 5, 2, 6, tzinfo=UTC)


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


#: What a page costs once after a change; said for honesty, the promise is about pages.
_FRESH = (
    "2,000 right after a decision", "20,000 right after a decision", "20,000, somebody added",
)  # fmt: skip


def measure(kind: str) -> bool:
    """Print a line for each size; return whether all keep the promise."""
    with loaded_academy(kind) as scene:
        organiser = Cast().organiser
        paths = [_fill(*size, organiser.id) for size in SIZES]
        cookie = _cookie_of(scene, organiser)
        calls = [make_call(scene.app, path, cookie) for path in paths]
        control = make_call(bare_app(scene.engine), "/twenty")
        anew = [
            partial(_decided, calls[1]),
            partial(_decided, calls[-1]),
            partial(_anew, calls[-1]),
        ]
        assert {call() for call in (control, *calls)} == {"200 OK"}
        _spare_the_collector()
        statements = [_count(scene, call) for call in (*calls, *anew)]
        taken = cpu_of([control, *calls, *anew], rounds=7)
    print(f"{kind + ': bare page of 20 rows':44}{taken[0] * 1000:8.2f} ms   1.0 x")
    names = [f"review desk of {size:,} identities" for size, _people in SIZES]
    for name, seconds, number in zip((*names, *_FRESH), taken[1:], statements, strict=True):
        print(f"{name:44}{seconds * 1000:8.2f} ms {seconds / taken[0]:5.1f} x  {number} statements")
    return max(statements) <= MOST_STATEMENTS and max(taken[1 : 1 + len(SIZES)]) <= MOST_SECONDS


def _spare_the_collector() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _fill(identities: int, registrants: int, decided_by: int) -> str:
    """Import a live session in which all are open; return the address of its review."""
    slug = f"review-{identities}"
    with db.transaction() as current:
        series = Series(slug=slug, title="Bench", zone="Asia/Kuala_Lumpur", status="published")
        for number in (1, 2):
            series.live_sessions.append(LiveSession(
                slug=f"{slug}-{number}", number=number, title=f"Week {number}", minutes=150,
                zone="Asia/Kuala_Lumpur", status="published",
                starts_at=START + timedelta(days=7 * (number - 1)),
            ))  # fmt: skip
        current.add(series)
        current.flush()
        people = _register(series.id, slug, registrants)
    for live_session in series.live_sessions:
        service.import_attendance(live_session, _file(identities, live_session), "zoom.csv")
    _decide(series.live_sessions[0].id, people, decided_by)
    db.session.remove()
    return f"/desk/live-sessions/{slug}-2/attendance/review/"


def _register(series_id: int, slug: str, number: int) -> list[int]:
    newcomers = []
    for at in range(number):
        address = f"{slug}-{at}@example.org"
        newcomers.append(Newcomer(name_of(at), address, address, "MY", "", "en", ""))
    people = add_newcomers(newcomers)
    rows = [{"series_id": series_id, "person_id": each} for each in people]
    db.session.execute(insert(Registration), rows)
    return people


def _file(identities: int, live_session: LiveSession) -> bytes:
    """Return a report in which each name is a registrant's with two letters more."""
    rows = [(f"{name_of(at)}ti", "", "14:00:00", "15:00:00") for at in range(identities)]
    return zoom_file(rows).replace(b"05/02/2020", f"{live_session.starts_at:%m/%d/%Y}".encode())


def _decide(live_session_id: int, people: list[int], decided_by: int) -> None:
    """Store decisions as a human makes them; each by itself would count everybody anew."""
    statement = select(Identity.id).where(Identity.live_session_id == live_session_id)
    found = db.session.scalars(statement.order_by(Identity.id.desc()).limit(DECIDED)).all()
    with db.transaction() as current:
        current.execute(insert(Match), [
            {"identity_id": identity, "person_id": person, "rule": "by_hand", "decision": "person",
             "decided_by": decided_by, "reason": "", "note": ""}
            for identity, person in zip(found, people, strict=False)
        ])  # fmt: skip


def _anew(call: Callable[[], str]) -> str:
    """Ask for the page as a process does that has not seen these people yet."""
    review_people.forget()
    return call()


def _decided(call: Callable[[], str]) -> str:
    """Ask for the page as after a decision: who is in the room is read anew."""
    review_room.forget()
    return call()


def _cookie_of(scene: Scene, organiser: Person) -> str:
    client = sign_in_to(scene.app.test_client(), organiser)
    client.get("/")
    db.session.remove()
    kept = client.get_cookie(scene.app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return f"{kept.key}={kept.value}"


def _count(scene: Scene, call: Callable[[], object]) -> int:
    with counted(scene.engine) as statements:
        call()
    return sum(not each.startswith("BEGIN") for each in statements)


if __name__ == "__main__":
    sys.exit(main())
