"""The review desk: who is still open, who they may be, what was decided."""
