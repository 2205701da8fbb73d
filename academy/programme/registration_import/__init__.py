"""Importing registrations: a file that was read becomes persons, registrations and places."""

from academy.programme.registration_import.importing import (
    Report,
    import_registrations,
    read_file,
)

__all__ = ["Report", "import_registrations", "read_file"]
