"""Files that are no tables: one clear sentence each, fast and in bounded memory."""

import io
import random
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from academy.lib.tables import FileRefused, Limits, read_file_bytes, read_table
from tests.attendance.files import workbook


def _why(data: bytes, name: str = "report.csv", limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as refusal:
        read_table(data, name, limits=limits or Limits())
    return str(refusal.value)


@pytest.mark.parametrize("data", [b"", b"\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b" \t\n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert _why(data) == "The file is empty."


@pytest.mark.parametrize(
    ("beginning", "word"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\0\0\0\x20ftypisom", "recording"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x1f\x8b\x08", "archive"),
    ],
)
def test_other_kinds_of_files_are_named_for_what_they_are(beginning: bytes, word: str) -> None:
    assert word in _why(beginning + bytes(range(256)) * 4)


def test_random_bytes_are_no_writing() -> None:
    assert "no text file" in _why(random.Random(7).randbytes(50_000))


def test_a_broken_workbook_is_said_to_be_broken() -> None:
    whole = workbook([["Name"], ["Siti"]])
    assert "broken" in _why(whole[: len(whole) // 2])
    assert "broken" in _why(whole[:1000] + bytes(300) + whole[1300:])


def test_an_archive_without_a_workbook_is_told_apart_from_a_broken_one() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("report.csv", "Name,Email\n")
    assert "no Excel workbook" in _why(stream.getvalue())
    assert ".xlsx" in _why(stream.getvalue(), "report.ods")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    tracemalloc.start()
    why = _why(stream.getvalue())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to far more" in why
    assert peak < 5_000_000


def test_a_workbook_of_too_many_parts_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(30):
            archive.writestr(f"xl/{number}.xml", "")
    assert "unpacks" in _why(stream.getvalue(), limits=Limits(entries=20))


def test_a_workbook_with_a_cell_in_its_last_corner_costs_no_memory() -> None:
    cells = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "rows" in _why(_with_sheet(cells))
    cells = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "cells" in _why(_with_sheet(cells))


def _with_sheet(rows: str) -> bytes:
    """Return a workbook whose sheet holds exactly these rows."""
    whole, stream = zipfile.ZipFile(io.BytesIO(workbook([["Name"]]))), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            text = whole.read(name).decode()
            if name.endswith("sheet1.xml"):
                start, end = text.index("<sheetData>"), text.index("</sheetData>")
                text = text[: start + len("<sheetData>")] + rows + text[end:]
            archive.writestr(name, text)
    return stream.getvalue()


def test_an_unclosed_quotation_mark_is_named_with_its_line() -> None:
    assert "line 3 is never closed" in _why(b'a,b\nc,d\n"Siti,x\nAli,y\n')
    assert "line 3 " in _why(b'a,b\nc,d\n"Siti,x\n' + b"Ali,y\n" * 100_000)


def test_ten_million_commas_in_a_line_are_refused_in_little_memory() -> None:
    data = b"," * 10_000_000
    tracemalloc.start()
    assert "more cells than any table" in _why(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000


@pytest.mark.parametrize("line", [b"," * 99 + b"\n", b",\n"])
def test_ten_million_commas_in_many_lines_are_refused_at_once(line: bytes) -> None:
    began = time.monotonic()
    assert _why(line * (10_000_000 // line.count(b",")))
    assert time.monotonic() - began < 30


def test_more_columns_or_rows_than_the_limits_are_refused() -> None:
    assert "at most 500" in _why(b",".join([b"x"] * 600))
    assert "more than 100 rows" in _why(b"a,b\n" * 101, limits=Limits(rows=100))
    assert "too long" in _why(b"a,b\nx," + b"y" * 40_000 + b"\n")


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(FileRefused, match="larger than 50 MB"):
        read_file_bytes(large)
    with pytest.raises(FileRefused, match="cannot be opened"):
        read_file_bytes(tmp_path / "missing.csv")
