"""Bytes over the wire of every public page, as it is served to a browser that reads br and gzip.

Run: .venv/bin/python -m benchmarks.page_weight
The first visit loads the page with its styles, scripts and pictures; the next one only the page,
for what has a hashed name stays in the browser. The control is the same page without any
compression. Promises (DESIGN.md 7): 60 kB at the first visit, 15 kB at the next.
"""

import http.client
import re
import sys

from benchmarks.scene import loaded_academy
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
    "/threads/",
    "/sign-in",
    "/sign-up",
    "/sign-in/link",
    "/reset-password",
    "/privacy",
    "/nothing-here",
)
FIRST_VISIT, NEXT_VISIT = 60_000, 15_000
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def main() -> int:
    """Print a line for each page; 1 where one is too heavy."""
    well = True
    print(f"{'page':40}{'first':>8}{'next':>8}  bytes; beside the page uncompressed")
    with (
        loaded_academy("sqlite") as scene,
        serving("academy.wsgi:app", scene.environment, scene.var / "web.log") as server,
    ):
        for path in PAGES:
            bare, _text = _fetch(server, path, "identity")
            page, text = _fetch(server, path, "br, gzip")
            parts = sum(_fetch(server, each, "br, gzip")[0] for each in set(LOADED.findall(text)))
            print(f"{path:40}{page + parts:8,}{page:8,}  {page / bare:.2f} x")
            well = well and page + parts <= FIRST_VISIT and page <= NEXT_VISIT
    return 0 if well else 1


def _fetch(server: Server, path: str, encoding: str) -> tuple[int, str]:
    """Return how many bytes of head and body came, and the text where it came as it is."""
    connection = server.connect()
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    answer: http.client.HTTPResponse = connection.getresponse()
    body = answer.read()
    connection.close()
    text = "" if answer.getheader("Content-Encoding") == "br" else _plain(server, path)
    return len(bytes(answer.headers)) + len(body), text


def _plain(server: Server, path: str) -> str:
    connection = server.connect()
    connection.request("GET", path, headers={"Accept-Encoding": "identity"})
    text = connection.getresponse().read().decode(errors="replace")
    connection.close()
    return text


if __name__ == "__main__":
    sys.exit(main())
