"""Attendance: evidence, file formats, matching, and what follows from them."""
