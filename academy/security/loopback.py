"""Whether a browser or program of this very machine asks."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


def is_from_this_machine() -> bool:
    """Whether the request came over loopback, asked for by a name of this machine.

    The name is looked at because a page of the internet can point its own name at 127.0.0.1; a
    forwarding header means that a proxy stands in front and "this machine" is the proxy's.
    """
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    name = urlsplit(f"//{request.host}").hostname
    return not is_forwarded and name in NAMES and _is_loopback(request.remote_addr)


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
