"""The one error of the table readers: a file that cannot be read, and the sentence why."""


class FileRefused(Exception):
    """The file cannot be used; `str(error)` is a whole sentence for the person who sent it."""
