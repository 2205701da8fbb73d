"""CPU, time and SQL statements of an answer in a thread, beside a bare view that inserts a row.

Run: .venv/bin/python -m benchmarks.posting [sqlite|postgresql]
The whole request, as a browser's form sends it: sign-in, token, limit, gate, number, post, who
follows, and what open pages are told. WSGI calls in this process, on the same database; jobs and
broadcasts go to a real broker by the courier, as in production. Authors take turns, for nobody may
write so fast. Promise: at most 6 times the control. What a worker does with each post afterwards
(news to its readers, the search) is no part of the answer and stands below it.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from secrets import token_hex

from sqlalchemy import select

from academy import db
from academy.discussion import service
from academy.discussion.models import Post, Reading
from academy.discussion.service.finding import find_posts
from academy.discussion.service.telling import tell_posts
from academy.lib import jobs
from academy.lib.celery_app import make_celery, send
from academy.lib.courier import Courier
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.site.demo.accounts import demo_learner
from academy.sockets import socketio
from benchmarks.bare import bare_app
from benchmarks.measuring import make_call
from benchmarks.scene import Scene, cookie_of, loaded_academy
from tests.statements import counted

AUTHORS, EACH, MOST_TIMES = 200, 1, 6.0
PAUSE = 0.03
#: So many follow the thread besides: each post is news to them.
FOLLOWERS = 20


def main() -> int:
    """Measure on the named databases, or on both; 1 where the promise is missed."""
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print the control, an answer where nobody follows, and one that is news to others."""
    with loaded_academy(kind) as scene:
        _hand_over_as_in_production(scene)
        authors = _authors()
        cookies = [cookie_of(scene.app, person) for person in authors]
        quiet, told = _thread(authors, 0), _thread(authors, FOLLOWERS)
        bare = make_call(bare_app(scene.engine), "/insert", method="POST")
        paths = (quiet, told)
        calls = [list(_answers(scene, path, cookies)) for path in paths]
        statements = [_count(scene, each.pop()) for each in calls]
        taken = _take_turns(bare, *calls)
        jobs.unplug()  # whoever still waits for a moment finds no broker
        later = (_per_post(tell_posts), _per_post(find_posts))
    names = ("bare insert", "an answer", f"the same, {FOLLOWERS} follow")
    for name, (cpu, clock), asked in zip(names, taken, (1, *statements), strict=True):
        print(
            f"{kind + ': ' + name:34}{cpu * 1000:7.2f} ms CPU {cpu / taken[0][0]:5.1f} x"
            f"{clock * 1000:7.2f} ms {clock / taken[0][1]:5.1f} x  {asked} statements"
        )
    for name, cpu in zip(("told to readers", "found by its words"), later, strict=True):
        print(f"{kind + ': later, ' + name:34}{cpu * 1000:7.2f} ms CPU a post")
    return max(cpu for cpu, _clock in taken) <= MOST_TIMES * taken[0][0]


def _hand_over_as_in_production(scene: Scene) -> None:
    courier = Courier()
    send_job = partial(send, make_celery(scene.app.config["ACADEMY"]))
    jobs.plug(
        courier.carrying(send_job),
        courier.carrying(lambda event, room, facts: socketio.emit(event, facts, to=room)),
    )


def _authors() -> list[Person]:
    """Return people who wrote long ago what everybody sees, so that the gate lets them write."""
    people = db.session.scalars(select(Person).order_by(Person.id).limit(AUTHORS)).all()
    thread, _ = service.start_thread(people[0], "Elsewhere", "First words.")
    with db.transaction() as current:
        number = 1
        for person in people:
            for _each in range(3):
                number += 1
                past = db.now().replace(year=db.now().year - 1)
                current.add(
                    Post(thread_id=thread.id, number=number, author_id=person.id, body="Long ago.",
                         language="en", created_at=past)
                )  # fmt: skip
        thread.last_number = number
    return list(people)


def _thread(authors: list[Person], followers: int) -> str:
    learner = find_person_by_address(demo_learner().email)
    assert learner is not None
    thread, written = service.start_thread(learner, "How do you dry fish?", f"{followers} follow.")
    with db.transaction() as current:
        current.get_one(Post, written.post.id).state = "visible"
        thread.visible_posts = 1
        # Who writes follows, unless they said otherwise before.
        for author in authors:
            current.merge(Reading(thread_id=thread.id, person_id=author.id, wish=""))
        more = select(Person.id).where(Person.id.not_in([each.id for each in authors]))
        for person_id in db.session.scalars(more.where(Person.id != learner.id).limit(followers)):
            current.add(Reading(thread_id=thread.id, person_id=person_id, wish="follow"))
    db.session.remove()
    return f"/threads/{thread.id}/"


def _answers(scene: Scene, path: str, cookies: list[str]) -> Iterator[Callable[[], str]]:
    tokens = [_token(scene, path, cookie) for cookie in cookies]
    for turn in range(EACH):
        for number, (cookie, token) in enumerate(zip(cookies, tokens, strict=True)):
            words = f"We dry **small fish** on bamboo, {turn} days in house {number}, {path}."
            data = {"csrf_token": token, "body": words, "language": "en", "answers": "1",
                    "request_key": token_hex(16)}  # fmt: skip
            # The limit counts addresses.
            away = {"REMOTE_ADDR": f"10.0.{turn}.{number}"}
            yield make_call(
                scene.app, f"{path}posts/", cookie, method="POST", data=data, environ_base=away
            )


def _token(scene: Scene, path: str, cookie: str) -> str:
    page = scene.app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie}).text
    return str(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0])


def _count(scene: Scene, call: Callable[[], str]) -> int:
    with counted(scene.engine) as statements:
        assert call() == "302 FOUND"
    return sum(not each.startswith("BEGIN") for each in statements)


def _per_post(work: Callable[[], int]) -> float:
    """Return the CPU seconds of a post where a job has many to do: half of them have followers."""
    begin, done = time.process_time(), 0
    while some := work():
        done += some
    return (time.process_time() - begin) / done


def _take_turns(
    bare: Callable[[], str], *kinds: list[Callable[[], str]]
) -> list[tuple[float, float]]:
    """Return the median CPU seconds and seconds of each: they take turns one by one."""
    taken: list[list[tuple[float, float]]] = [[] for _kind in range(len(kinds) + 1)]
    for calls in zip(*kinds, strict=True):
        for call, times in zip((bare, *calls), taken, strict=True):
            cpu, clock = time.process_time(), time.perf_counter()
            said = call()
            clock = time.perf_counter() - clock
            assert said in {"200 OK", "302 FOUND"}, said
            # What the courier carries afterwards costs CPU, and nobody waits for it.
            time.sleep(PAUSE)
            times.append((time.process_time() - cpu, clock))
    return [
        (statistics.median(cpu), statistics.median(clock))
        for cpu, clock in (zip(*times, strict=True) for times in taken)
    ]


if __name__ == "__main__":
    sys.exit(main())
