"""Names in other scripts are compared by their consonants, Chinese ones by what they are called."""

import pytest

from academy.lib.scripts import han_pattern, is_latin, sound_of


@pytest.mark.parametrize(
    ("latin", "native"),
    [
        ("Somchai Jaidee", "สมชาย ใจดี"), ("Vichai Thongchai", "วิชัย ธงชัย"),
        ("Somsak Vongsa", "ສົມສັກ ວົງສາ"), ("Priya Narayanan", "பிரியா நாராயணன்"),
        ("Kannan Murugan", "கண்ணன் முருகன்"), ("Ashok Shinde", "अशोक शिंदे"),
        ("Rahim Uddin", "রহিম উদ্দিন"), ("Kumara Perera", "කුමාර පෙරේරා"),
        ("Sokha Chann", "សុខា ចាន់"), ("Layla Haddad", "ليلى حداد"),
        ("Muhammad Yusuf", "محمد يوسف"), ("Svetlana Ivanova", "Светлана Иванова"),
        ("Sato Hanako", "さとう はなこ"), ("Krishna", "कृष्ण"),
    ],
)  # fmt: skip
def test_the_same_name_has_the_same_consonants_in_both_scripts(latin: str, native: str) -> None:
    assert sound_of(latin) == sound_of(native)


def test_other_names_have_other_consonants() -> None:
    assert sound_of("สมชาย ใจดี") != sound_of("Malee Srisuk")


@pytest.mark.parametrize(
    ("signs", "joined"),
    [("陈伟良", "chenweiliang"), ("陳偉良", "tanweileong"), ("陈伟良", "weiliangchen"),
     ("李小龙", "leesiewleong"), ("王芳", "ongfong"), ("林囧强", "limabckeong")],
)  # fmt: skip
def test_chinese_characters_are_called_what_their_bearers_call_them(
    signs: str, joined: str
) -> None:
    pattern = han_pattern(signs)
    assert pattern is not None
    assert pattern.fullmatch(joined)


@pytest.mark.parametrize("text", ["王", "囧囧", "Siti", "", "张王李赵陈"])
def test_too_few_or_unknown_characters_are_called_nothing(text: str) -> None:
    assert han_pattern(text) is None


def test_a_name_with_accents_is_in_latin_letters() -> None:
    assert is_latin("Nguyễn Thị Lan 2")
    assert not is_latin("Siti 王")
