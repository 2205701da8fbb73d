"""Attendees and orders as Eventbrite exports them; one row per ticket.

Several attendees may share the address of the buyer. Columns of money and of postal addresses are
not kept: the academy has no use for them.
"""

from academy.programme.formats.headings import level
from academy.programme.formats.shape import Heading, Shape

_DROPPED = """order #|quantity|price tier|group|order type|currency|total paid|fees paid
    |eventbrite fees|eventbrite payment processing|event name|event date|event id|checked in
    |barcode #|barcode|gross sales|net sales|ticket price|discount|delivery method|check-in date
    |billing address 1|billing address 2|billing city|billing state|billing state/province (us only)
    |billing zip|billing country|home address 1|home address 2|home city|home state|home zip
    |work address 1|work address 2|work city|work state|work zip|work country|shipping address 1
    |shipping address 2|shipping city|shipping state|shipping zip|shipping country|cell phone
    |home phone|work phone|buyer email|buyer name|buyer first name|buyer last name
    |purchaser email|purchaser first name|purchaser last name|buyer surname"""


def _recognises(heading: Heading) -> bool:
    is_order = heading.has("order#") or heading.has("orderid")
    marks = {"attendeestatus", "orderstatus", "attendee#", "tickettype", "barcode#"}
    return is_order and bool(marks & set(heading.keys))


SHAPE = Shape(
    name="eventbrite",
    recognises=_recognises,
    roles={
        "email": "email",
        "attendeeemail": "email",
        "firstname": "first_name",
        "lastname": "last_name",
        "surname": "last_name",
        "homecountry": "country",
        "country": "country",
        "company": "organisation",
        "orderdate": "at",
        "attendeestatus": "status",
        "orderstatus": "status",
        "attendee#": "attendee",
    },
    dropped=frozenset(level(name) for name in _DROPPED.split("|")),
    shares_addresses=True,
)
