"""The academy's own cases as files: read, checked line by line, with advice; no database."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from academy.lib.content_files import BadFile, Fault, read_record, read_text
from academy.lib.marked_yaml import Marked
from academy.library.picture_files import FOLDER as PICTURES
from academy.library.picture_files import check_pictures, find_strays
from academy.library.record import CaseRecord

#: Under the folder of the academy's content (`courses/`), one file a case.
FOLDER = "cases"
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LONGEST_SLUG = 80
#: Pages of the library have these addresses.
RESERVED = frozenset({"by-demand", "map", "review", "write"})


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One good file: the case's address, its record, and where the pictures that it names are."""

    slug: str
    record: CaseRecord
    pictures: Mapping[str, FilePath] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: its good files by slug, and every fault of the others."""

    cases: tuple[CaseFile, ...]
    faults: tuple[Fault, ...]


def read_cases(root: FilePath) -> Reading:
    """Read every case below `root`/cases; a broken file hides no other one."""
    cases: list[CaseFile] = []
    faults: list[Fault] = []
    for file in sorted((root / FOLDER).glob("*.y*ml")):
        name = file.relative_to(root).as_posix()
        found = list(_faults_of_name(file, name)) or read_case(file.read_bytes(), name, file.parent)
        if isinstance(found, CaseRecord):
            cases.append(_with_pictures(file, found))
        else:
            faults += found
    faults += [] if faults else _strays(root, cases)
    return Reading(tuple(cases), tuple(faults))


def _with_pictures(file: FilePath, record: CaseRecord) -> CaseFile:
    folder = file.parent / PICTURES
    return CaseFile(file.stem, record, {one.file: folder / one.file for one in record.pictures})


def _strays(root: FilePath, cases: Sequence[CaseFile]) -> list[Fault]:
    """Name pictures that nothing shows; asked only where every record could be read."""
    named = {name for case in cases for name in case.pictures}
    strays = find_strays(root / FOLDER, named)
    what, advice = "no case shows this picture", "Name it in a case, or take it away."
    return [Fault(one.relative_to(root).as_posix(), 1, what, advice) for one in strays]


def _faults_of_name(file: FilePath, name: str) -> Iterator[Fault]:
    if file.suffix != ".yaml":
        yield Fault(name, 1, f"the file ends in {file.suffix}", "Rename it to .yaml.")
    if not _SLUG.match(file.stem) or len(file.stem) > LONGEST_SLUG:
        yield Fault(
            name, 1, f"“{file.stem}” cannot be an address",
            f"Use small letters, figures and single hyphens, {LONGEST_SLUG} at most.",
        )  # fmt: skip
    if file.stem in RESERVED:
        yield Fault(name, 1, f"“{file.stem}” is the address of a page", "Call the file otherwise.")


def read_case(data: bytes, name: str, folder: FilePath) -> CaseRecord | list[Fault]:
    """Return the record in `data`, or everything that is wrong with it and with its pictures.

    `folder` is where the file stands: its pictures are in the folder beside it.
    """
    try:
        record, marked = read_record(read_text(data, name), name, CaseRecord)
    except BadFile as error:
        return list(error.faults)
    return _faults_of_pictures(record, marked, name, folder) or record


def _faults_of_pictures(
    record: CaseRecord, marked: Marked, name: str, folder: FilePath
) -> list[Fault]:
    return [
        Fault(name, marked.line_of(("pictures", at, part)), f"pictures.{at}.{part}: {what}", advice)
        for at, part, what, advice in check_pictures(folder, record.pictures)
    ]


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a case's file, for editors and for other programs."""
    schema = CaseRecord.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | schema
