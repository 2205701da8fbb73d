"""People: persons, countries, roles, sign-in, consent."""
