"""Announcements: what organisers write to a part of the people of a series, once."""
