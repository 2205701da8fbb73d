"""Keeps a figure that somebody sent as a draft of its course."""

from academy.db import let_go
from academy.learning.figure_uploads import as_figure
from academy.learning.models import Course
from academy.learning.service.editing import save_bytes
from academy.people.models import Person


def take_figure(course: Course, person: Person, given: str, file_name: str, data: bytes) -> str:
    """Keep a drawing as it is, or a picture drawn anew; return the name of the figure.

    Raises NoDrawing, NotDrawn and Busy. The database waits for nobody while a picture is drawn.
    """
    let_go()
    name, body = as_figure(given, file_name, data)
    save_bytes(course, f"figures/{name}", person, body)
    return name
