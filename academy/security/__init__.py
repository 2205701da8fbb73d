"""Security: the wall, headers, limits, tokens and the log of who did what."""
