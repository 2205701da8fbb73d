"""Tables to take away: nothing in them acts, nothing in them is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from academy.lib.sheets import FORMULA_STARTS, safe_cell, write_csv, write_xlsx


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_may_begin_a_formula_is_quoted(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    for before in ("  ", "\u2003", "\ufeff", "\u200b"):
        assert safe_cell(f"{before}{start}=1") == f"'{before}{start}=1"


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    cell = str(safe_cell(text))
    assert not cell.lstrip().startswith(FORMULA_STARTS)


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(each) for each in (-5, 2.5, None)] == [-5, 2.5, None]


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1, max_size=4))
def test_a_csv_reads_back_as_it_was_written(cells: list[str]) -> None:
    text = write_csv([f"c{n}" for n in range(len(cells))], [cells]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1:] == [[safe_cell(cell) for cell in cells]] or not any(cells)


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    content = write_xlsx("who: [came]?", ["name", "minutes"], [["=1+1", 90], ["ស្រីមុំ", None]])
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["name", "minutes"], ["'=1+1", 90], ["ស្រីមុំ", None]
    ]  # fmt: skip
