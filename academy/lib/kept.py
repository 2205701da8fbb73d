"""Texts that are costly to make and asked for again: kept up to so many bytes, the oldest goes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

#: What an entry costs beside its text: key, links, and the object itself.
_BESIDE = 400


class Kept:
    """A store of texts that never grows beyond `most_bytes`; used by many threads at once."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._texts: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text of `key`; made now, unless it was made before and is still kept.

        `key` says everything that the text depends on. UTF-8 takes half the room of Python's own.
        """
        with self._lock:
            kept = self._texts.get(key)
            if kept is not None:
                self._texts.move_to_end(key)
        if kept is not None:
            return kept.decode()
        text = make()
        self._keep(key, text.encode())
        return text

    def _keep(self, key: Hashable, text: bytes) -> None:
        with self._lock:
            if key in self._texts or len(text) + _BESIDE > self.most_bytes:
                return
            self._texts[key] = text
            self._bytes += len(text) + _BESIDE
            while self._bytes > self.most_bytes:
                _key, oldest = self._texts.popitem(last=False)
                self._bytes -= len(oldest) + _BESIDE

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return self._bytes
