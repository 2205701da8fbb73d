"""Guests as Luma exports them: the name is always there, its two halves often are not."""

from academy.programme.formats.headings import level
from academy.programme.formats.shape import Heading, Shape

_DROPPED = """api_id|phone_number|checked_in_at|custom_source|qr_code_url|amount|amount_tax
    |amount_discount|currency|coupon_code|eth_address|solana_address|survey_response_rating
    |survey_response_feedback|ticket_type_id|guest_api_id|user_api_id|has_joined_event"""


def _recognises(heading: Heading) -> bool:
    return heading.has("name", "email", "approvalstatus") and (
        heading.has("createdat") or heading.has("apiid")
    )


SHAPE = Shape(
    name="luma",
    recognises=_recognises,
    roles={
        "name": "name",
        "firstname": "first_name",
        "lastname": "last_name",
        "email": "email",
        "createdat": "at",
        "approvalstatus": "status",
    },
    dropped=frozenset(level(name) for name in _DROPPED.split("|")),
)
