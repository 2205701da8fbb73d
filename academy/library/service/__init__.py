"""The use cases of the library: the only writers of its tables."""

from academy.library.service.loading import (
    LoadReport,
    PictureFault,
    SlugTaken,
    draw_pictures,
    load_cases,
)

__all__ = ["LoadReport", "PictureFault", "SlugTaken", "draw_pictures", "load_cases"]
