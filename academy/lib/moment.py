"""Answers that say they are the same for everybody, given out again for a moment.

When a thousand open pages ask for one thing at once, it is made once. HTTP decides (RFC 9111): only
a GET without cookie and authorisation, answered with 200 and `Cache-Control: public, max-age=…`.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, NamedTuple

Start = Callable[..., Any]
Server = Callable[[dict[str, Any], Start], Iterable[bytes]]
#: About 10 MB; then all are let go of.
MOST_KEPT, LONGEST = 2_000, 100_000


class _Answer(NamedTuple):
    until: float
    headers: list[tuple[str, str]]
    body: bytes


class KeptForAMoment:
    """A WSGI server around another one, which is asked once for what many ask for at once."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._kept: dict[str, _Answer] = {}

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Answer as the inner server did a moment ago, or does now."""
        if environ["REQUEST_METHOD"] != "GET" or _is_somebodys(environ):
            return self._server(environ, start_response)
        key = f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"
        kept = self._kept.get(key)
        if kept is None or kept.until < monotonic():
            return self._ask(key, environ, start_response)
        start_response("200 OK", list(kept.headers))
        return [kept.body]

    def _ask(self, key: str, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        begun: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            begun[:] = [status, headers]
            return start_response(status, headers, *more)

        answer = self._server(environ, remember)
        seconds = _seconds_of(*begun) if begun else 0
        if not seconds:
            return answer
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        if len(body) <= LONGEST:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = _Answer(monotonic() + seconds, list(begun[1]), body)
        return [body]


def _is_somebodys(environ: dict[str, Any]) -> bool:
    return "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ


#: Files are the file server's, which keeps them for a year: they are not meant here.
_LONGEST_MOMENT = 10


def _seconds_of(status: str, headers: list[tuple[str, str]]) -> int:
    facts = {name.lower(): value for name, value in headers}
    control = facts.get("cache-control", "")
    seconds = control.removeprefix("public, max-age=")
    is_kept = status.startswith("200") and seconds != control and seconds.isdecimal()
    is_plain = "set-cookie" not in facts and "content-encoding" not in facts
    return int(seconds) if is_kept and is_plain and int(seconds) <= _LONGEST_MOMENT else 0
