"""CPU of registering for five live sessions, beside a bare Flask view that inserts a row.

Run: .venv/bin/python -m benchmarks.registration [sqlite|postgresql]
Both are served by gunicorn as `academy up` does it, on the same database; CPU of the server's
processes from /proc. One registration is: the sign-in, the form with its token, a registration,
five places, a message in the ledger with its job in a real queue.
Promise (issue "The academy stands"): at most 6 times the control.
"""

import contextlib
import statistics
import sys

from benchmarks.registering import Browser, open_browsers, plan_series, post
from benchmarks.scene import loaded_academy
from benchmarks.server import Server, serving

MOST_TIMES = 6.0
WARM_UP, ROUNDS, REQUESTS = 40, 9, 60


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print the two lines of one database; return whether the promise is kept."""
    with loaded_academy(kind) as scene, contextlib.ExitStack() as stack:
        plan_series("measured", weeks=5)
        browsers = iter(open_browsers(scene.app, WARM_UP + ROUNDS * REQUESTS, "bench"))
        bare, academy = (
            stack.enter_context(serving(app, scene.environment, scene.var / f"{app}.log"))
            for app in ("benchmarks.bare:app", "academy.wsgi:app")
        )
        spent: dict[str, list[float]] = {"/insert": [], "/series/measured/register": []}
        for round_number in range(ROUNDS + 1):
            number = REQUESTS if round_number else WARM_UP
            posting = [next(browsers) for _each in range(number)]
            for server, path in zip((bare, academy), spent, strict=True):
                spent[path].append(_post_all(server, path, posting) / number)
    control, ours = (statistics.median(seconds[1:]) for seconds in spent.values())
    print(f"{kind + ': bare INSERT view':40}{control * 1000:7.2f} ms CPU   1.0 x")
    print(
        f"{'registration for five live sessions':40}{ours * 1000:7.2f} ms CPU"
        f" {ours / control:5.1f} x"
    )
    return ours <= MOST_TIMES * control


def _post_all(server: Server, path: str, browsers: list[Browser]) -> float:
    connection, begin = server.connect(), server.cpu()
    statuses = {post(connection, path, browser) for browser in browsers}
    assert statuses <= {200, 302}, statuses
    connection.close()
    return server.cpu() - begin


if __name__ == "__main__":
    sys.exit(main())
