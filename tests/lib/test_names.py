"""Names: what was shown, what stands in brackets, and when two are the same for comparison."""

import pytest

from academy.lib.names import (
    comparable,
    is_device,
    is_phone,
    loose_key,
    mentions_device,
    same_name_key,
    split_shown,
)


@pytest.mark.parametrize(
    ("text", "shown", "original"),
    [
        ("Siti Aminah", "Siti Aminah", None),
        ("Siti (Siti Aminah)", "Siti", "Siti Aminah"),
        ("Siti (Siti (ASEC) Aminah)", "Siti", "Siti (ASEC) Aminah"),
        ("Siti (KL) (Siti Aminah)", "Siti (KL)", "Siti Aminah"),
        ("Siti (she/her) (Siti Aminah)", "Siti", "Siti Aminah"),
        ("Siti (she/her)", "Siti", None),
        ("Siti (they/them)", "Siti", None),
        ("王芳（Wang Fang）", "王芳", "Wang Fang"),
        ("Siti (Aminah", "Siti (Aminah", None),
        ("Siti) Aminah", "Siti) Aminah", None),
        ("(Siti Aminah)", "Siti Aminah", "Siti Aminah"),
        ("Siti ()", "Siti", None),
        ("  Siti \u00a0 Aminah ", "Siti Aminah", None),
        ("Aminah# Siti", "Aminah, Siti", None),
        ("Siti #12", "Siti #12", None),
        ("", "", None),
    ],
)
def test_the_last_balanced_brackets_hold_the_original_name(
    text: str, shown: str, original: str | None
) -> None:
    name = split_shown(text)
    assert (name.shown, name.original) == (shown, original)


@pytest.mark.parametrize(
    "text", ["Ben (Host)", "Ben (Co-host)", "Ben (Anfitrión)", "Ben (Host, me)"]
)
def test_a_host_mark_in_brackets_is_no_original_name(text: str) -> None:
    assert split_shown(text).shown == "Ben"
    assert split_shown(text).original is None
    assert split_shown(text).mark == "host"


@pytest.mark.parametrize(
    "other",
    ["SITI AMINAH", "Siti  Aminah", "Ｓｉｔｉ Aminah", "Siti Aminah 🌸", "Siti Aminah (she/her)"],
)
def test_one_name_written_in_several_ways_is_shown_by_one_identity(other: str) -> None:
    assert same_name_key(other) == same_name_key("Siti Aminah")


@pytest.mark.parametrize("other", ["Aminah Siti", "Siti Amina", "Siti", "ASEC_Siti Aminah"])
def test_names_that_are_merely_alike_are_not_shown_by_one_identity(other: str) -> None:
    assert same_name_key(other) != same_name_key("Siti Aminah")


@pytest.mark.parametrize(
    "other",
    [
        "Aminah Siti",
        "Aminah, Siti",
        "MY - Siti Aminah",
        "[MY] Siti Aminah",
        "ASEC_Siti Aminah",
        "ASEC_Siti_Aminah",
        "12. Siti Aminah",
        "A123 Siti Aminah",
        "2045 - Siti Aminah",
        "Siti Aminah (2045)",
        "Siti Aminah 20BCE1234",
        "Siti-Aminah",
        "siti aminah 🇲🇾",
    ],
)
def test_prefixes_roll_numbers_and_order_do_not_change_a_name(other: str) -> None:
    assert comparable(other).key == comparable("Siti Aminah").key


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        ("Siti_Aminah", "Aminah"),
        ("SITI_AMINAH", "Aminah"),
        ("ANA_MARIA LOPEZ", "Maria Lopez"),
        ("LI-WEI CHEN", "Wei Chen"),
        ("Siti2 Aminah", "Aminah"),
        ("Budi Rahman88", "Budi"),
        ("Lopez ANA2024", "Lopez"),
        ("Siti Aminah 2", "Siti Aminah"),
        ("Siti & Aminah", "Siti Aminah"),
        ("Siti+Aminah", "Siti Aminah"),
        ("Siti / Aminah", "Siti Aminah"),
    ],
)
def test_what_may_be_a_part_of_a_name_is_not_dropped(shown: str, other: str) -> None:
    assert comparable(shown).key != comparable(other).key


def test_a_particle_makes_the_order_matter() -> None:
    assert comparable("Ali bin Ahmad").key != comparable("Ahmad bin Ali").key
    assert comparable("Devi a/p Kumar").key != comparable("Devi a/l Kumar").key
    assert comparable("Devi A/P Kumar").key == comparable("devi a / p kumar").key


def test_titles_are_kept_apart_from_the_name() -> None:
    assert comparable("Prof. Dr. Siti Aminah").key == comparable("Siti Aminah").key
    assert comparable("Tan Sri Siti Aminah").titles == {"tansri"}
    assert comparable("Mr Lee").titles != comparable("Mrs Lee").titles
    assert comparable("Jack Ma").key == ("jack", "ma")
    assert comparable("Sri Mulyani").key == ("mulyani", "sri")


@pytest.mark.parametrize("name", ["ស៊ីថា សុខ", "சித்தி அமினா", "ณัฐวุฒิ ศรีสุข", "Đặng Thị Ánh", "ခင်မောင်"])
def test_marks_of_every_script_stay_in_the_name(name: str) -> None:
    marks = [sign for sign in comparable(name).key[0] if not sign.isascii()]
    assert len("".join(comparable(name).key)) >= len(name.replace(" ", "")) - 3
    assert marks


@pytest.mark.parametrize(
    "name",
    [
        "iPhone", "iphone (2)", "Galaxy A12", "Redmi Note 9", "SM-A105F", "Zoom User", "OPPO A5s",
        "iPad", "Samsung SM-G973F", "vivo 1904", "HUAWEI P30 lite", "DESKTOP-4KJ2L", "Guest 3",
        "User", "MacBook Pro",
    ],
)  # fmt: skip
def test_devices_are_recognised(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize(
    "name", ["Siti Aminah", "Vivo Santos", "Honor Blackman", "An", "Pixel Reyes"]
)
def test_people_are_no_devices(name: str) -> None:
    assert not is_device(name)


def test_a_person_beside_a_device_is_seen_as_both() -> None:
    assert not is_device("Siti's iPhone")
    assert mentions_device("Siti's iPhone")


@pytest.mark.parametrize(
    "name", ["60123456789", "+60 12-345 6789", "+60 12-***-1234", "1646***1234", "Call-In User_1"]
)
def test_telephones_are_recognised(name: str) -> None:
    assert is_phone(name)


@pytest.mark.parametrize("name", ["Siti 2", "A1", "12", "X", "*****", "2021 class"])
def test_names_with_digits_are_no_telephones(name: str) -> None:
    assert not is_phone(name)


def test_suggestions_level_spellings_that_certain_matches_do_not() -> None:
    assert loose_key("Mohd Faizal bin Osman") == loose_key("Muhammad Faizal Osman")
    assert comparable("Mohd Faizal").key != comparable("Muhammad Faizal").key
    assert loose_key("José Núñez") == loose_key("Jose Nunez")


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("A", False),
        ("5", False),
        ("🌸", False),
        ("", False),
        ("Ng", True),
        ("李", False),
        ("王芳", True),
    ],
)
def test_one_letter_points_to_nobody(name: str, *, can: bool) -> None:
    assert comparable(name).can_identify is can
