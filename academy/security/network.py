"""From where a request comes, as attempts are counted."""

from ipaddress import IPv6Address, ip_address

from flask import request


def network() -> str:
    """Return whom to count attempts for: the address, of IPv6 the /64 that one household has."""
    address = request.remote_addr or ""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if isinstance(parsed, IPv6Address) else address
