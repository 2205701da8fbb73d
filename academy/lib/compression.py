"""Pages packed with gzip on their way out, where no nginx does it: readers pay by the megabyte."""

import gzip
from collections.abc import Callable, Iterable
from typing import Any

Start = Callable[..., Any]
Server = Callable[[dict[str, Any], Start], Iterable[bytes]]
PACKED_TYPES = ("text/", "application/json", "application/problem+json", "image/svg+xml")
#: Below this a packet on the wire is not full anyway.
SMALLEST = 600
#: Level 5 costs 0.4 ms for a page of 50 kB; 9 costs four times that for one per cent.
LEVEL = 5


class PackedPages:
    """A WSGI server around another one: whole answers of text are packed, all else passes."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Answer as the inner server does, packed where the reader's browser understands it."""
        if "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", "") or _is_live(environ):
            return self._server(environ, start_response)
        begun: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            begun[:] = [status, headers, more]
            return start_response(status, headers, *more) if _passes(headers) else _refuse_writes

        body = self._server(environ, remember)
        if not begun or _passes(begun[1]):
            return body
        return _pack(body, begun, start_response)


def _is_live(environ: dict[str, Any]) -> bool:
    return str(environ.get("PATH_INFO", "")).startswith("/socket.io/")


def _passes(headers: list[tuple[str, str]]) -> bool:
    """Whether an answer goes out as it is: packed already, no text, small, or still growing."""
    facts = {name.lower(): value for name, value in headers}
    length = facts.get("content-length", "")
    return (
        "content-encoding" in facts
        or not facts.get("content-type", "").startswith(PACKED_TYPES)
        or not length.isdecimal()
        or int(length) < SMALLEST
    )


def _refuse_writes(_data: bytes) -> None:
    raise NotImplementedError("an answer with a length is returned, not written")


def _pack(body: Iterable[bytes], begun: list[Any], start_response: Start) -> Iterable[bytes]:
    status, headers, more = begun
    try:
        plain = b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close:
            close()
    # The answer to HEAD has a length and no body: it is left as it is.
    packed = gzip.compress(plain, LEVEL, mtime=0) if plain else b""
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    length = str(len(packed)) if plain else dict(headers).get("Content-Length", "0")
    encoding = [("Content-Encoding", "gzip")] if plain else []
    start_response(
        status,
        [*kept, *encoding, ("Content-Length", length), ("Vary", "Accept-Encoding")],
        *more,
    )
    return [packed]
