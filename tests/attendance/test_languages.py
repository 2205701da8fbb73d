"""Zoom, Teams and Meet in ten languages, each in every encoding that could hold it."""

import datetime as dt

import pytest

from academy.attendance.formats.languages import language_of
from academy.attendance.reading.files import open_attendance, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.header_lines import MEET, TEAMS, ZOOM

ON = dt.date(2021, 11, 19)
NAMES = {
    "es": "José Núñez", "pt": "João Conceição", "fr": "Zoé Lefèvre", "it": "Nicolò Però",
    "de": "Jürgen Müßig", "nl": "Daniëlle Coté", "fi": "Päivi Hyvönen", "pl": "Łukasz Żółć",
    "ja": "山田花子",
}  # fmt: skip
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
#: What a spreadsheet of an older day saves in.
LEGACY = {
    **dict.fromkeys(("en", "es", "pt", "fr", "it", "de", "nl", "fi"), ("cp1252",)),
    "pl": ("cp1250",),
    "ja": ("shift_jis", "euc_jp"),
}
CASES = [
    pytest.param(maker, language, encoding, id=f"{maker}-{language}-{encoding}")
    for maker in ("zoom", "teams", "meet")
    for language in ZOOM
    for encoding in (*UNICODE, *LEGACY[language])
]


def _file(maker: str, language: str) -> str:
    name = NAMES.get(language, "Siti Aminah")
    if maker == "zoom":
        row = f"{name},,2021-11-19 09:54:15,2021-11-19 12:01:59,128,?"
        lines = [ZOOM[language], row, row.replace(name, f"{name} (2)")]
    elif maker == "teams":
        row = f"{name}\t19/11/2021 09:54:15\t19/11/2021 12:01:59\t2h 7m\t\t?"
        lines = [TEAMS[language], row, row.replace(name, f"{name} 2")]
    else:
        row = f"{name},X,,2 h 7 min,09:54,12:01"
        lines = [MEET[language], row, row.replace(name, f"{name} 2")]
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(("maker", "language", "encoding"), CASES)
def test_ten_languages_are_read_in_every_encoding(maker: str, language: str, encoding: str) -> None:
    data = _file(maker, language).replace("’", "'").encode(encoding)
    file = read_attendance(data, "report.csv", on=ON)
    name = NAMES.get(language, "Siti Aminah") + (" X" if maker == "meet" else "")
    assert (file.people[0].name, file.people[0].minutes, file.refused) == (name, 127, ())
    assert language_of(open_attendance(data, "report.csv").report) == language


#: Nothing in brackets and no word that is known: only the shape speaks.
SHAPES = {
    "sw": "Jina,Barua pepe,Muda wa kujiunga,Muda wa kuondoka,Muda (Dakika),Mgeni",
    "tl": "Pangalan,Email,Oras ng pagsali,Oras ng pag-alis,Tagal,Bisita",
    "my": "အမည်,အီးမေးလ်,ဝင်ချိန်,ထွက်ချိန်,ကြာချိန်,ဧည့်သည်",
    "km": "ឈ្មោះ,អ៊ីមែល,ម៉ោងចូល,ម៉ោងចេញ,រយៈពេល,ភ្ញៀវ",
}
PEOPLE = (
    "Siti Aminah,siti@example.org,2021-11-19 09:54:15,2021-11-19 12:01:59,128,x",
    "Budi Hartono,,2021-11-19 23:40:00,2021-11-20 00:10:00,30,x",
    "Ana Cruz,ana@example.org,2021-11-19 10:00:00,2021-11-19 10:44:10,45,x",
)


@pytest.mark.parametrize("language", SHAPES)
def test_a_list_whose_header_nobody_knows_is_known_by_its_shape(language: str) -> None:
    data = "\n".join((SHAPES[language], *PEOPLE)).encode()
    file = read_attendance(data, "report.csv", on=ON)
    assert [(one.name, one.minutes) for one in file.people] == [
        ("Siti Aminah", 127),
        ("Budi Hartono", 30),
        ("Ana Cruz", 44),
    ]
    assert "told apart by their values" in " ".join(file.warnings)


@pytest.mark.parametrize(
    ("was", "instead"),
    [(",128,", ",12,"), ("2021-11-19 12:01:59", "–"), ("Budi Hartono", "Siti Aminah")],
)
def test_a_table_that_only_resembles_a_list_is_refused(was: str, instead: str) -> None:
    data = "\n".join((SHAPES["sw"], *PEOPLE)).replace(was, instead).encode()
    with pytest.raises(FileRefused, match="no attendance report"):
        read_attendance(data, "report.csv", on=ON)
