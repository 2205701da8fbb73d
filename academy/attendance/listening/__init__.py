"""Listening points: several people on one device, counted as people."""
