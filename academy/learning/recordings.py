"""The address of a recording, so that it begins at a minute (pure)."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Hosts and paths that take the moment as `?t=600s`: YouTube, and BigBlueButton's own player.
_ASKS = re.compile(r"^(www\.|m\.)?youtube(-nocookie)?\.com$|^youtu\.be$")
_PLAYBACK = "/playback/presentation/"
#: PeerTube stands at any host; its pages take `?start=600s`.
_PEERTUBE = re.compile(r"^/(w|videos/(watch|embed))/[\w-]+/?$")
_VIMEO = re.compile(r"^(www\.|player\.)?vimeo\.com$")


def at_minute(address: str, minute: int) -> str:
    """Return the address of a recording from that minute on.

    Players of websites have their own ways; anything else is taken for a file, whose moment is a
    fragment (W3C Media Fragments 1.0, section 4.2.1) that a player without it leaves alone.
    """
    if not minute:
        return address
    parts, seconds = urlsplit(address), 60 * minute
    host = (parts.hostname or "").lower()
    if _ASKS.match(host) or parts.path.startswith(_PLAYBACK):
        return urlunsplit(parts._replace(query=_asking(parts.query, "t", seconds)))
    if _PEERTUBE.match(parts.path):
        return urlunsplit(parts._replace(query=_asking(parts.query, "start", seconds)))
    moment = f"t={seconds}s" if _VIMEO.match(host) else f"t={seconds}"
    return urlunsplit(parts._replace(fragment=moment))


def _asking(query: str, name: str, seconds: int) -> str:
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != name]
    return urlencode([*kept, (name, f"{seconds}s")])
