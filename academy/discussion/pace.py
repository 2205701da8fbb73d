"""How much one browser may ask of a socket: beyond it packets are dropped unread."""

from time import monotonic

#: So many packets in so many seconds: somebody who changes threads all the time sends far fewer.
MOST_PACKETS, WITHIN_SECONDS = 20, 10


class Pace:
    """Counts the packets of each open browser; a look costs no statement."""

    def __init__(self) -> None:
        #: When the window of a browser began, and how many came in it.
        self._windows: dict[str, tuple[float, int]] = {}

    def is_too_fast(self, browser: str) -> bool:
        """Count one more packet and say whether it is one too many."""
        moment = monotonic()
        began, count = self._windows.get(browser, (moment, 0))
        if moment - began >= WITHIN_SECONDS:
            began, count = moment, 0
        self._windows[browser] = began, count + 1
        return count >= MOST_PACKETS

    def forget(self, browser: str) -> None:
        """Forget a browser that closed."""
        self._windows.pop(browser, None)
