"""The roll of a live session: ticking who is here."""
