"""Which message is due to whom and when: before a live session, as it begins, and after it."""
