"""What a forwarder of delivery reports says in JSON (the hook; workers need none of it)."""

from typing import Annotated, Literal

from pydantic import Field

from academy.lib.strict import Body
from academy.messaging.bounces import Bounce, bounce_of


class ReportedBounce(Body):
    """What a forwarder says in JSON of one mail, in the words of RFC 3464."""

    message_id: Annotated[str, Field(pattern=r"^<[^<>\s]{1,190}>$")]
    action: Literal["failed", "delayed", "delivered", "relayed", "expanded"]
    status: Annotated[str, Field(pattern=r"^[245]\.\d{1,3}\.\d{1,3}$")]
    diagnostic: Annotated[str, Field(max_length=2_000)] = ""


class BounceList(Body):
    """The JSON body of /hooks/mail."""

    bounces: Annotated[list[ReportedBounce], Field(min_length=1, max_length=1_000)]

    def found(self) -> list[Bounce]:
        """Return them as a report would have told them."""
        return [
            bounce_of(one.message_id, one.status, one.action, one.diagnostic or one.status)
            for one in self.bounces
        ]
