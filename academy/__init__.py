"""The SSE Academy of the Asian Solidarity Economy Council."""
