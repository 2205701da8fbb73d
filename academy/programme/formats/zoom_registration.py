"""Zoom's registration report: a few lines about the meeting, then one row per registrant.

In this report a country is what the registrant answered. (In Zoom's attendee report the column
"Country/Region Name" is where the connection came from; that report is no list of registrations.)
"""

from academy.programme.formats.headings import level
from academy.programme.formats.shape import Heading, Shape

_DROPPED = """phone|address|city|zip/postal code|state/province|zip|state|source name
    |registration source|attendance type|unsubscribe|join url"""


def _recognises(heading: Heading) -> bool:
    return heading.has("registrationtime", "approvalstatus") or (
        "registrationreport" in heading.above and "email" in heading.keys
    )


SHAPE = Shape(
    name="zoom-registration",
    recognises=_recognises,
    roles={
        "firstname": "first_name",
        "lastname": "last_name",
        "email": "email",
        "registrationtime": "at",
        "approvalstatus": "status",
        "countryregion": "country",
        "organization": "organisation",
    },
    dropped=frozenset(level(name) for name in _DROPPED.split("|")),
)
