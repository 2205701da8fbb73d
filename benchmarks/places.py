"""Ten places, a thousand requests, forty at a time: how long it takes, and that ten get one.

Run: .venv/bin/python -m benchmarks.places [sqlite|postgresql]
The requests go over real connections to gunicorn; the control is the same crowd at a bare view
that inserts one row. Promise (issue "The academy stands"): exactly ten.
"""

import contextlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from academy import db
from academy.programme.models import LiveSession, Place
from benchmarks.registering import Browser, open_browsers, plan_series, post
from benchmarks.scene import loaded_academy
from benchmarks.server import Server, serving

PLACES, REQUESTS, AT_A_TIME = 10, 1000, 40


def main() -> int:
    """Measure on the named databases, or on both; 1 where a place was given twice or not at all."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print the lines of one database; return whether exactly ten have a place."""
    with loaded_academy(kind) as scene, contextlib.ExitStack() as stack:
        plan_series("crowded", weeks=1, capacity=PLACES)
        browsers = open_browsers(scene.app, REQUESTS, "crowd")
        bare, academy = (
            stack.enter_context(serving(app, scene.environment, scene.var / f"{app}.log"))
            for app in ("benchmarks.bare:app", "academy.wsgi:app")
        )
        control, _statuses = _rush(bare, "/insert", browsers)
        ours, statuses = _rush(academy, "/series/crowded/register", browsers)
        states, in_order = _read_places()
    print(f"{kind + ': bare INSERT view, 1,000 requests':44}{control:6.1f} s   1.0 x")
    print(f"{'ten places, 1,000 requests, 40 at a time':44}{ours:6.1f} s {ours / control:5.1f} x")
    print(
        f"    answers {dict(statuses)}, places {dict(states)}, queue without gap or tie: {in_order}"
    )
    return states == {"going": PLACES, "waiting": REQUESTS - PLACES} and in_order


def _rush(server: Server, path: str, browsers: Sequence[Browser]) -> tuple[float, Counter[int]]:
    """Send all, each thread on a connection of its own; return the seconds and the statuses."""
    own = threading.local()

    def send(browser: Browser) -> int:
        if not hasattr(own, "connection"):
            own.connection = server.connect()
        return post(own.connection, path, browser)

    begin = time.perf_counter()
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        statuses = Counter(threads.map(send, browsers))
    return time.perf_counter() - begin, statuses


def _read_places() -> tuple[Counter[str], bool]:
    statement = (
        select(Place.state, Place.queue_number)
        .join(LiveSession, LiveSession.id == Place.live_session_id)
        .where(LiveSession.slug == "crowded-1")
        .order_by(Place.queue_number)
    )
    rows = db.session.execute(statement).all()
    queue = [number for state, number in rows if state == "waiting"]
    return Counter(state for state, _number in rows), queue == list(range(1, len(queue) + 1))


if __name__ == "__main__":
    sys.exit(main())
