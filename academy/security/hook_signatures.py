"""Signatures of what another program posts to /hooks/…, after standardwebhooks.com.

Three headers: `webhook-id` (the same at every try of one delivery), `webhook-timestamp` (seconds)
and `webhook-signature`: "v1," and the base 64 of HMAC-SHA256 over "id.timestamp.body"; several,
apart by spaces, while a secret is changed.
"""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

#: Clocks differ, and a delivery takes a while; what is older was perhaps recorded by somebody.
TOLERANCE = timedelta(minutes=5)
_ID = re.compile(r"[\x21-\x7e]{1,200}")
_SECONDS = re.compile(r"[0-9]{1,12}")


class WrongSignature(ValueError):
    """Nobody who knows the secret posted this now; the message says what is wrong."""


def sign(secret: str, delivery_id: str, seconds: int, body: bytes) -> str:
    """Return what stands in `webhook-signature`."""
    signed = f"{delivery_id}.{seconds}.".encode() + body
    return "v1," + b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()


def check(secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> str:
    """Return the id of the delivery; raises WrongSignature, after the same time for every one.

    Whoever answers must not act on the same id twice within twice the tolerance.
    """
    delivery_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not _ID.fullmatch(delivery_id) or not _SECONDS.fullmatch(sent):
        raise WrongSignature("webhook-id or webhook-timestamp is missing or cannot be read")
    if abs(at.timestamp() - int(sent)) > TOLERANCE.total_seconds():
        raise WrongSignature("webhook-timestamp is more than five minutes from now")
    right = sign(secret, delivery_id, int(sent), body).encode()
    given = headers.get("webhook-signature", "").encode().split(b" ")[:10]
    if not sum(hmac.compare_digest(right, one) for one in given):
        raise WrongSignature("webhook-signature does not fit")
    return delivery_id
