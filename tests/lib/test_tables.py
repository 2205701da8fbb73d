"""Tables out of files in every encoding and with every delimiter."""

import datetime as dt

import pytest

from academy.lib.tables import Limits, read_table
from tests.attendance.files import csv, workbook


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_unicode_files_are_read_with_any_delimiter(encoding: str, delimiter: str) -> None:
    lines = [
        delimiter.join(cells) for cells in (["Name", "City"], ["สมชาย", "กรุงเทพ"], ["ជា", "ភ្នំពេញ"])
    ]
    table = read_table(csv(*lines, encoding=encoding))
    assert [row.cells for row in table.rows][1:] == [["สมชาย", "กรุงเทพ"], ["ជា", "ភ្នំពេញ"]]
    assert table.delimiter == delimiter


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["José Núñez", "Zoë", "O’Brien", "João Conceição"]),
        ("cp874", ["สมชาย ใจดี", "ณัฐวุฒิ ศรีสุข"]),
        ("cp949", ["홍길동", "김민수", "이영희"]),
        ("shift_jis", ["山田 花子", "サトウ", "鈴木一郎"]),
        ("gb18030", ["王芳", "李娜", "张伟"]),
        ("cp950", ["王小明", "陳大文", "林志玲"]),
        ("cp1252", ["ÁNGEL ÁLVAREZ", "ÁLVARO"]),
        ("cp1251", ["Иван Петров", "Мария"]),
    ],
)
def test_old_code_pages_are_told_apart_by_what_they_make_of_the_bytes(
    encoding: str, names: list[str]
) -> None:
    table = read_table(
        csv("Name,E-mail", *[f"{name},x@y.example" for name in names], encoding=encoding)
    )
    assert [row.cells[0] for row in table.rows[1:]] == names
    assert table.encoding == encoding


def test_rows_carry_the_line_in_which_they_begin() -> None:
    table = read_table(b'a,b\n"two\nlines",c\n\n,,\nd,e\n')
    assert [row.number for row in table.rows] == [1, 2, 6]
    assert table.rows[1].cells == ["two\nlines", "c"]


def test_zero_bytes_cost_one_row_and_not_the_file() -> None:
    table = read_table(b"name,mail\nSiti,a@b.example\nBu\0di,x\nAli,c@d.example\n")
    assert [row.cells[0] for row in table.rows] == ["name", "Siti", "Ali"]
    assert [(row.number, "zero bytes" in row.why) for row in table.refused] == [(3, True)]


def test_a_letter_cut_in_the_middle_costs_one_row_and_not_the_encoding() -> None:
    good = "".join(f"Nguyễn Thị {number},x\n" for number in range(20)).encode()
    table = read_table(b"name,mail\n" + good + "Phạm Đứ".encode()[:-1] + b",y\n" + good)
    assert table.encoding == "utf-8"
    assert [row.number for row in table.refused] == [22]


def test_a_comma_file_that_a_semicolon_excel_wrapped_line_by_line_is_opened() -> None:
    table = read_table(b'"Name,Mail,""Mar 22, 2025"""\n"Siti,a@b.example,""Mar 23, 2025"""\n')
    assert table.rows[1].cells == ["Siti", "a@b.example", "Mar 23, 2025"]


def test_commas_in_names_do_not_make_a_semicolon_file_a_comma_file() -> None:
    table = read_table(b"Name;Mail\nLee, Ana;a@b.example\nTan, Bo;c@d.example\n")
    assert table.rows[1].cells == ["Lee, Ana", "a@b.example"]


def test_a_workbook_gives_text_as_a_person_would_type_it() -> None:
    moment = dt.datetime(2021, 11, 19, 9, 54, 15)  # noqa: DTZ001 - Excel knows no zones
    table = read_table(workbook([["Name", "When", "Minutes"], ["Siti", moment, 128.0], [], ["x"]]))
    assert table.rows[1].cells == ["Siti", "2021-11-19 09:54:15", "128"]
    assert [row.number for row in table.rows] == [1, 2, 4]


def test_progress_is_told_while_a_long_file_is_read() -> None:
    heard: list[int] = []
    read_table(b"a,b\n" * 20_000, progress=lambda done, _total: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == 20_000


def test_limits_are_arguments() -> None:
    assert len(read_table(b"a,b\n" * 10, limits=Limits(rows=10)).rows) == 10
