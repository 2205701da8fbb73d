"""Reports that went through a spreadsheet, an editor or `cat` on their way."""

import datetime as dt

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from tests.attendance.files import Z2, workbook

ON = dt.date(2020, 5, 2)
THERE = [["2020-05-02T14:00:00", "2020-05-02T16:20:00"]]
US = "Siti,siti@x.example,05/02/2020 02:00:00 PM,05/02/2020 04:20:00 PM,140,Yes"
SEMICOLONS = Z2.replace(",", ";")
SAVED = {
    "quotes doubled": f'{Z2}\n"Siti"{US[4:]}\n'.encode(),
    "each line quoted": f'"{Z2}"\n"{US}"\n'.encode(),
    "semicolons":
        f"{SEMICOLONS}\nSiti;siti@x.example;2/5/2020 14:00;2/5/2020 16:20;140;Yes\n".encode(),
    "a line that names the sign": f"sep=;\n{SEMICOLONS}\n{US.replace(',', ';')}\n".encode(),
    "old Macintosh": f"{Z2}\r{US}\r".encode(),
    "empty columns": f"{Z2},,,\n{US},,,\n".encode(),
    "LibreOffice": f"{Z2}\n{US}\n".replace(",", "\t").encode("utf-16"),
    "two marks": f"\ufeff\ufeff{Z2}\n{US}\n".encode(),
    "empty lines": f"\n\n,,,\n{Z2}\n\n{US}\n\n".encode(),
    "hard spaces": f"{Z2.replace(' ', chr(160))}\n{US.replace(' ', chr(8239))}\n".encode(),
    "capitals": f"{Z2.upper()}\n{US}\n".encode(),
    "serial numbers":
        f"{Z2}\nSiti,siti@x.example,43953.5833333333,43953.6805555556,140,Yes\n".encode(),
    "serial numbers with commas":
        f"{SEMICOLONS}\nSiti;siti@x.example;43953,5833333333;43953,6805555556;140;Yes\n".encode(),
    "workbook of numbers": workbook(
        [Z2.split(","), ["Siti", "siti@x.example", 43953.5833333333, 43953.6805555556, 140, "Yes"]]
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", SAVED)
def test_the_people_and_their_times_are_the_same_however_it_was_saved(how: str) -> None:
    found = as_json(read_attendance(SAVED[how], "zoom.csv", on=ON))
    [person] = found["people"]
    assert (person["name"], person["email"]) == ("Siti", "siti@x.example")
    assert (person["intervals"], person["minutes"]) == (THERE, 140)
    assert found["refused"] == []
