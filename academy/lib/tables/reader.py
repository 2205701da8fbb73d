"""The way in: any file's bytes to one table, or one sentence that says why not."""

from pathlib import Path

from academy.lib.tables.delimited import read_delimited
from academy.lib.tables.errors import FileRefused
from academy.lib.tables.kinds import is_zip, refuse_other_kinds
from academy.lib.tables.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from academy.lib.tables.rows import Progress, Table
from academy.lib.tables.workbook import read_workbook


def read_file_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return a file's bytes; one that is too large is refused before it is read."""
    try:
        if path.stat().st_size > limits.bytes:
            raise FileRefused(_too_large(limits))
        with path.open("rb") as stream:
            return stream.read(limits.bytes + 1)
    except OSError as error:
        raise FileRefused(f"The file cannot be opened: {error.strerror}.") from error


def read_table(
    data: bytes,
    filename: str = "",
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Table:
    """Return the table in `data`, whatever its encoding, delimiter or wrapping.

    The bytes decide, because names lie; the name only helps to word a refusal. Raises FileRefused,
    whose text is a sentence for the sender, for an empty, too large, binary or broken file.
    """
    if len(data) > limits.bytes:
        raise FileRefused(_too_large(limits))
    if not data.strip(b" \r\n\t\0\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("The file is empty.")
    refuse_other_kinds(data, filename)
    table = (read_workbook if is_zip(data) else read_delimited)(data, limits, progress)
    if not table.rows and not table.refused:
        raise FileRefused("The file holds no row with anything in it.")
    return table


def _too_large(limits: Limits) -> str:
    return f"The file is larger than {limits.bytes // MEGABYTE:,} MB, the most that is read."
