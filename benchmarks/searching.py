"""Searching 10,000 cases with all facets counted, beside bare statements on the same database.

Run: .venv/bin/python -m benchmarks.searching [sqlite|postgresql]
Questions of every kind: rare, common and several words, beginnings, slips, scripts without
spaces, a facet beside them, and none at all. Controls: one SELECT by primary key, and the naive
way, LIKE '%word%' over the records. Promise (issue 5): p95 under 50 ms, facets included. The last
column is the CPU time of this process (on SQLite that is all of it), for machines that are busy.
"""

import gc
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import String, cast, func, select, text

from academy.db import session
from academy.library.models import CaseStudy
from academy.library.queries import Wish, find_shelf
from benchmarks.many_cases import SCRIPTS, make_cases
from benchmarks.scene import loaded_academy

MOST_SECONDS = 0.050
ROUNDS = 5


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each kind of question; return whether the promise is kept."""
    with loaded_academy(kind):
        words = make_cases()
        if kind == "postgresql":
            _settle()
        find_shelf(Wish(), None)
        # As the web processes do once they have begun: what stays is not looked through again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        print(f"{kind}: 10,000 cases{'p50':>29}{'p95':>9}{'most':>9}{'p95 CPU':>12}   found")
        _control("one SELECT by primary key", _by_key)
        _control("LIKE '%…%' over the records", lambda: _naive(words[40]))
        taken = [_ask(name, wishes) for name, wishes in _questions(words)]
    every = [second for seconds in taken for second in seconds]
    fifty, ninety_five = (f"{_share(every, each) * 1000:.1f} ms" for each in (50, 95))
    print(f"  all questions together: p50 {fifty}, p95 {ninety_five}")
    return _share(every, 95) < MOST_SECONDS


def _settle() -> None:
    """Let the planner know the tables, as autovacuum does within a minute."""
    session.commit()
    session.connection().execute(text("ANALYZE"))
    session.commit()


def _questions(words: Sequence[str]) -> Iterator[tuple[str, list[Wish]]]:
    common, usual, rare = words[1:9], words[60:76], words[9_000:9_016]
    yield "a rare word", [Wish(word) for word in rare]
    yield "a usual word", [Wish(word) for word in usual]
    yield "one of the commonest words", [Wish(word) for word in common]
    yield "two usual words", [Wish(f"{a} {b}") for a, b in zip(usual, reversed(usual), strict=True)]
    yield "a beginning", [Wish(word[:4]) for word in usual]
    yield "a slip of the pen", [Wish(_slip(word)) for word in (*usual, *rare) if len(word) > 5]
    for language, syllables in SCRIPTS.items():
        yield (
            f"two words in {language}",
            [Wish(a + b) for a, b in itertools.pairwise(syllables)],
        )
    yield "a usual word in a country", [Wish(word, {"country": ("PH",)}) for word in usual]
    yield "a demand and a goal", [Wish("", {"demand": ("food",), "goal": ("05",)})] * 8
    yield "the whole library", [Wish()] * 8


def _slip(word: str) -> str:
    return (
        word[:2] + word[3] + word[2] + word[4:] if word[2] != word[3] else word[:2] + "q" + word[3:]
    )


def _ask(name: str, wishes: Sequence[Wish]) -> list[float]:
    find_shelf(wishes[0], None)
    found: list[int] = []
    taken = _time(
        name, [lambda wish=wish: found.append(find_shelf(wish, None).total) for wish in wishes]
    )
    print(f"   {min(found)} to {max(found)}", flush=True)
    return taken


def _control(name: str, ask: Callable[[], object]) -> None:
    ask()
    _time(f"({name})", [ask] * 4)
    print(flush=True)


def _time(name: str, questions: Sequence[Callable[[], object]]) -> list[float]:
    """Ask all questions several times and begin a line about them; return the seconds of each."""
    taken, worked = [], []
    for _round in range(ROUNDS):
        for ask in questions:
            session.remove()
            begin, busy = time.perf_counter(), time.process_time()
            ask()
            taken.append(time.perf_counter() - begin)
            worked.append(time.process_time() - busy)
    _say(name, taken, worked)
    return taken


def _by_key() -> object:
    return session.execute(select(CaseStudy.title).where(CaseStudy.id == 5_000)).one()


def _naive(word: str) -> object:
    holds = cast(CaseStudy.record, String).ilike(f"%{word}%")
    total = session.scalar(select(func.count()).where(holds))
    found = select(CaseStudy.id, CaseStudy.title).where(holds).order_by(CaseStudy.title).limit(30)
    return total, session.execute(found).all()


def _say(name: str, seconds: Sequence[float], worked: Sequence[float]) -> None:
    times = statistics.median(seconds), _share(seconds, 95), max(seconds)
    told = "".join(f"{each * 1000:6.1f} ms" for each in times)
    print(f"  {name:38}{told}{_share(worked, 95) * 1000:9.1f} ms", end="")


def _share(seconds: Sequence[float], percent: int) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


if __name__ == "__main__":
    sys.exit(main())
