"""CPU and SQL statements of a thread page of 100 posts, beside a bare page of a hundred rows.

Run: .venv/bin/python -m benchmarks.threads [sqlite|postgresql]
WSGI calls in this process, on the same database. Pages hold fifty posts; here they hold a hundred,
as the promise says: at most 5 times the control for everybody's page, and 6 statements. A signed-in
learner's page has a form for each reaction, its read mark and her sign-in; it stands below.
"""

import sys

from sqlalchemy import select

from academy import db
from academy.discussion import queries, service
from academy.discussion.models import Post, Reaction
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.site.demo.accounts import demo_learner
from benchmarks.bare import bare_app
from benchmarks.measuring import cpu_of, make_call
from benchmarks.scene import Scene, cookie_of, loaded_academy
from tests.statements import counted

POSTS = 100
MOST_TIMES, MOST_STATEMENTS = 5.0, 6
WORDS = (
    "We dry **small fish** on bamboo, see [the manual](https://example.org/{number}).\n\n"
    "- turn them at noon\n- cover them at night\n\n> How long?\n\nTwo days, in May three."
)


def main() -> int:
    """Measure on the named databases, or on both; 1 where a promise is missed."""
    queries.POSTS_ON_A_PAGE = POSTS
    well = [measure(kind) for kind in sys.argv[1:] or ("sqlite", "postgresql")]
    return 0 if all(well) else 1


def measure(kind: str) -> bool:
    """Print a line for each reader; return whether the promise is kept."""
    with loaded_academy(kind) as scene:
        path, cookie = _long_thread(scene)
        calls = [make_call(bare_app(scene.engine), "/hundred")]
        calls += [make_call(scene.app, path, each) for each in ("", cookie)]
        assert {call() for call in calls} == {"200 OK"}
        statements = [_count(scene, call) for call in calls]
        cpu = cpu_of(calls)
    names = ("bare page of 100 rows", "thread of 100 posts", "the same, signed in")
    for name, seconds, asked in zip(names, cpu, statements, strict=True):
        times = seconds / cpu[0]
        print(f"{kind + ': ' + name:40}{seconds * 1000:7.2f} ms {times:5.1f} x {asked} statements")
    return cpu[1] <= MOST_TIMES * cpu[0] and max(statements) <= MOST_STATEMENTS


def _long_thread(scene: Scene) -> tuple[str, str]:
    """Return the address of a thread of 100 posts with reactions, and a learner's cookie."""
    learner = find_person_by_address(demo_learner().email)
    assert learner is not None
    authors = list(db.session.scalars(select(Person.id).where(Person.id != learner.id).limit(9)))
    thread, _ = service.start_thread(learner, "How do you dry fish?", WORDS.format(number=1))
    with db.transaction() as current:
        thread.visible_posts = thread.last_number = POSTS
        for number in range(2, POSTS + 1):
            author_id = [learner.id, *authors][number % 10]
            post = Post(thread_id=thread.id, number=number, author_id=author_id, language="en",
                        body=WORDS.format(number=number), answers=number - 1)  # fmt: skip
            current.add(post)
            current.flush()
            if number % 3 == 0:
                for person_id in (learner.id, *authors[:2]):
                    current.add(Reaction(post_id=post.id, person_id=person_id, kind="useful"))
        current.get_one(Post, 1).state = "visible"
    path, cookie = f"/threads/{thread.id}/", cookie_of(scene.app, learner)
    db.session.remove()
    return path, cookie


def _count(scene: Scene, call: object) -> int:
    with counted(scene.engine) as statements:
        call()  # type: ignore[operator]
    return sum(not each.startswith("BEGIN") for each in statements)


if __name__ == "__main__":
    sys.exit(main())
