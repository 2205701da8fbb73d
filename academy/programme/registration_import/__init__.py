"""Importing registrations: a file that was read becomes persons, registrations and places."""

from academy.programme.registration_import.importing import (
    Report,
    check_open,
    import_registrations,
    read_file,
)
from academy.programme.registration_import.preview import (
    find_import,
    list_imports,
    look_at,
    write_refused,
)
from academy.programme.registration_import.records import (
    choose_columns,
    discard,
    drop_old_files,
    keep_upload,
    run_import,
    start_import,
    sweep_imports,
)

__all__ = [
    "Report",
    "check_open",
    "choose_columns",
    "discard",
    "drop_old_files",
    "find_import",
    "import_registrations",
    "keep_upload",
    "list_imports",
    "look_at",
    "read_file",
    "run_import",
    "start_import",
    "sweep_imports",
    "write_refused",
]
