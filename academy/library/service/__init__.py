"""The use cases of the library: the only writers of its tables."""

from academy.library.service.loading import LoadReport, SlugTaken, load_cases

__all__ = ["LoadReport", "SlugTaken", "load_cases"]
