"""A case as a reference: for a list of literature, and for the programs that keep such lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

PUBLISHER = "SSE Academy"
COLLECTION = "Case library of the SSE Academy"
_BROKEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
#: What LaTeX takes for commands (LaTeX2e, the ten special characters).
_LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
#: The macros of BibTeX, whatever the language of this machine.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference says of one version of a case."""

    slug: str
    title: str
    summary: str
    language: str
    version: int
    #: The day of this version, UTC.
    day: date
    address: str


def as_bibtex(one: Reference) -> str:
    """Return the entry of BibTeX; nothing in it is a command of LaTeX that we did not write."""
    month = _MONTHS[one.day.month - 1]
    return (
        f"@misc{{sse-academy-{one.slug}-v{one.version},\n"
        f"  author       = {{{{{PUBLISHER}}}}},\n"
        f"  title        = {{{{{_latex(one.title)}}}}},\n"
        f"  year         = {{{one.day.year}}},\n"
        f"  month        = {month},\n"
        f"  version      = {{{one.version}}},\n"
        f"  howpublished = {{{COLLECTION}}},\n"
        f"  url          = {{{one.address}}},\n"
        f"  language     = {{{_latex(one.language)}}}\n}}\n"
    )


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def as_ris(one: Reference) -> str:
    """Return the record of RIS: a tag a line, each value on one line, CRLF at their ends."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(one))


def _ris(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "AU", PUBLISHER
    yield "TI", _one_line(one.title)
    yield "T2", COLLECTION
    yield "PB", PUBLISHER
    yield "PY", str(one.day.year)
    yield "DA", f"{one.day:%Y/%m/%d}"
    yield "ET", str(one.version)
    yield "LA", _one_line(one.language)
    yield "AB", _one_line(one.summary)
    yield "UR", one.address
    yield "ER", ""


def _one_line(text: str) -> str:
    return _BROKEN.sub(" ", text).strip()
