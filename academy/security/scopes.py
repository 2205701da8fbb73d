"""What a token for the API can be allowed to do, and in which words a person is asked."""

#: "write" does not include "read".
SCOPES = {
    "series:read": "read series and live sessions",
    "series:write": "create and change series",
    "registrations:read": "read registrations, with names and addresses",
    "registrations:write": "register people and take registrations back",
    "attendance:read": "read who attended a live session",
    "attendance:write": "import attendance files",
    "figures:read": "read the figures of a series",
}
