"""Bytes over the wire of every public page, as it is served to a browser that reads br and gzip.

Run: .venv/bin/python -m benchmarks.page_weight
The first visit loads the page with its styles, scripts and pictures; the next one only the page,
for what has a hashed name stays in the browser. The control is the same page without any
compression. Promises (DESIGN.md 7): 60 kB at the first visit, 15 kB at the next.
"""

import http.client
import re
import sys

from academy import db
from academy.discussion.models import Post
from academy.discussion.queries import POSTS_ON_A_PAGE
from academy.discussion.service import start_thread
from academy.people.queries import find_person_by_address
from academy.site.demo.accounts import demo_learner
from benchmarks.scene import Scene, cookie_of, loaded_academy
from benchmarks.server import Server, serving

PAGES = (
    "/",
    "/series/",
    "/series/sse-academy-2020/",
    "/series/sse-academy-next/",
    "/live-sessions/sse-academy-2020-1/",
    "/live-sessions/sse-academy-next-1/",
    "/figures/sse-academy-2020/",
    "/cases/",
    "/cases/?q=women",
    "/cases/laos-village-banks-womens-union/",
    "/cases/by-demand/",
    "/cases/map/",
    "/courses/",
    "/courses/principles/",
    "/courses/principles/foundations/five-dimensions/",
    "/courses/practice/",
    "/threads/",
    "/sign-in",
    "/sign-up",
    "/sign-in/link",
    "/reset-password",
    "/privacy",
    "/nothing-here",
)
FIRST_VISIT, NEXT_VISIT = 60_000, 15_000
WORDS = (
    "We dry **small fish** on bamboo in week {number}, see [this](https://example.org/{number}). At"
    " noon house {number} turns them; covered at night they keep for {number} days.\n\n> How long?"
)
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def main() -> int:
    """Print a line for each page; 1 where one is too heavy."""
    well = True
    print(f"{'page':40}{'first':>8}{'next':>8}  bytes; beside the page uncompressed")
    with (
        loaded_academy("sqlite") as scene,
        serving("academy.wsgi:app", scene.environment, scene.var / "web.log") as server,
    ):
        thread, cookie = _long_thread(scene)
        visits = [(path, "") for path in (*PAGES, thread)] + [(thread, cookie)]
        for path, cookie in visits:
            bare, _text = _fetch(server, path, "identity", cookie)
            page, text = _fetch(server, path, "br, gzip", cookie)
            parts = sum(_fetch(server, each, "br, gzip")[0] for each in set(LOADED.findall(text)))
            name = f"{path} (signed in)" if cookie else path
            print(f"{name:40}{page + parts:8,}{page:8,}  {page / bare:.2f} x")
            well = well and page + parts <= FIRST_VISIT and page <= NEXT_VISIT
    return 0 if well else 1


def _long_thread(scene: Scene) -> tuple[str, str]:
    """Return the address of a thread of as many posts as a page holds, and a learner's cookie."""
    learner = find_person_by_address(demo_learner().email)
    assert learner is not None
    thread, _ = start_thread(learner, "How do you dry fish?", WORDS.format(number=1))
    with db.transaction() as current:
        for number in range(2, POSTS_ON_A_PAGE + 1):
            post = Post(thread_id=thread.id, number=number, author_id=learner.id, language="en",
                        body=WORDS.format(number=number), answers=number - 1)  # fmt: skip
            current.add(post)
        thread.visible_posts = thread.last_number = POSTS_ON_A_PAGE
    path = f"/threads/{thread.id}/"
    other = find_person_by_address("organiser@sse-academy.example")
    assert other is not None
    cookie = cookie_of(scene.app, other)
    db.session.remove()
    return path, cookie


def _fetch(server: Server, path: str, encoding: str, cookie: str = "") -> tuple[int, str]:
    """Return how many bytes of head and body came, and the text where it came as it is."""
    connection = server.connect()
    connection.request("GET", path, headers={"Accept-Encoding": encoding, "Cookie": cookie})
    answer: http.client.HTTPResponse = connection.getresponse()
    body = answer.read()
    connection.close()
    text = "" if answer.getheader("Content-Encoding") == "br" else _plain(server, path, cookie)
    return len(bytes(answer.headers)) + len(body), text


def _plain(server: Server, path: str, cookie: str) -> str:
    connection = server.connect()
    connection.request("GET", path, headers={"Accept-Encoding": "identity", "Cookie": cookie})
    text = connection.getresponse().read().decode(errors="replace")
    connection.close()
    return text


if __name__ == "__main__":
    sys.exit(main())
