"""What is costly to make and asked for again, kept within bounds; what was used last stays."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

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


class KeptFew(Generic[Key, Value]):
    """A store of things of about one size, never more than `most`; used by many threads at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._things)

    def find(self, key: Key) -> Value | None:
        """Return what is kept under `key`, or None; nobody may change it."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
            return found

    def put(self, key: Key, thing: Value) -> Value:
        """Keep and return the thing; `key` says everything that it depends on."""
        with self._lock:
            self._things[key] = thing
            if len(self._things) > self.most:
                self._things.popitem(last=False)
        return thing
