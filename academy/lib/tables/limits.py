"""How large a file may be before it is refused, so that no upload can fill the memory."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The measures that a file must keep; each is checked before anything is unpacked or kept."""

    bytes: int = 50 * MEGABYTE
    rows: int = 500_000
    columns: int = 500
    #: Characters of one cell; 32,767 is what Excel allows.
    cell: int = 32_767
    #: Bytes of a workbook once unpacked, its parts, and how many times larger it may become.
    unpacked_bytes: int = 400 * MEGABYTE
    entries: int = 2_000
    ratio: int = 150


DEFAULT_LIMITS = Limits()
