"""Names read generously for suggestions: what is left out and taken apart."""

import pytest

from academy.lib.name_readings import Reading, readings


def _read(text: str) -> Reading:
    return readings(text)[0]


@pytest.mark.parametrize(
    ("text", "words", "without"),
    [
        ("Bu Mintarsih", ("mintarsih",), ("Bu",)),
        ("Bpk. Joko Wibowo", ("joko", "wibowo"), ("Bpk",)),
        ("Kak Siti Aminah", ("siti", "aminah"), ("Kak",)),
        ("U Tin Hla", ("tin", "hla"), ("U",)),
        ("Sayama Khin", ("khin",), ("Sayama",)),
        ("Chị Nguyễn Thị Lan", ("nguyen", "thi", "lan"), ("Chị",)),
        ("Dato' Haji Kamal bin Idris", ("kamal", "idris"), ("Dato", "Haji")),
        ("คุณสมชาย ใจดี", ("สมชาย", "ใจดี"), ()),
        ("陈伟良先生", ("陈伟良",), ()),
        ("Saya Deepak dari KL", ("deepak",), ("Saya",)),
    ],
)
def test_words_of_address_are_left_out_and_named_as_they_are_written(
    text: str, words: tuple[str, ...], without: tuple[str, ...]
) -> None:
    read = _read(text)
    assert len(read.words) == len(words)
    assert (read.without, read.ordered.split()) == (without, sorted(words_of(words)))


def words_of(words: tuple[str, ...]) -> list[str]:
    return [word for each in words for word in _read(each).words]


@pytest.mark.parametrize("text", ["U", "Ma", "Haji", "Bu Ibu", "Ko Ko"])
def test_a_name_of_words_of_address_keeps_one_of_them(text: str) -> None:
    assert _read(text).words


@pytest.mark.parametrize(
    "text",
    ["SitiAminah", "siti.aminah88@mail.example", "siti_aminah", "Siti AMINAH 12", "Cti Aminah"],
)
def test_joined_words_and_addresses_are_taken_apart(text: str) -> None:
    assert _read(text).words == ("siti", "aminah")


@pytest.mark.parametrize("text", ['Guat Eng "Bee"', "Guat Eng (Bee)", "Guat Eng [Bee]"])
def test_a_nickname_in_brackets_is_a_reading_of_its_own(text: str) -> None:
    assert [one.words for one in readings(text)] == [("guat", "eng"), ("bee",)]


@pytest.mark.parametrize("text", ["", "  ", "()", "🌸", "@", "...", "(\x00)"])
def test_what_is_no_name_has_no_reading(text: str) -> None:
    assert readings(text) == ()
