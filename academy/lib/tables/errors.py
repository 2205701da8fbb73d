"""The one error of the table readers: a file that cannot be read, with the sentence that says why."""


class FileRefused(Exception):  # noqa: N818 - the word list says refused, not error
    """The file cannot be used; `str(error)` is a whole sentence for the person who sent it."""
