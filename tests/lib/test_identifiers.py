"""What is recognised as the number of a telephone or a machine, and what is not."""

import pytest

from academy.lib.identifiers import replace_identifiers, without_identifiers


@pytest.mark.parametrize(
    "text",
    [
        "+60 12-345 6789", "0123456789", "(012) 345.6789", "+855 12 ***-789", "٠١٢٣٤٥٦٧٨٩",
        "203.0.113.77", "2001:db8::77", "2001:0db8:0:0:0:0:0:77", "fe80::1", "00:1B:44:11:3a:b7",
        "4f7c1de2-91aa-4c61-8d53-0a1be2a3c4d5",
    ],
)  # fmt: skip
def test_numbers_that_lead_to_somebody_are_replaced_wherever_they_stand(text: str) -> None:
    assert replace_identifiers(text, lambda _found: "X") == "X"
    assert replace_identifiers(f"Siti {text} of Ampang", lambda _found: "X") == "Siti X of Ampang"


@pytest.mark.parametrize(
    "text",
    [
        "Siti Aminah 2045", "20BCE1234", "2020-05-02", "02/05/2020", "2020-05-02 14:00:00",
        "02.05.2020 14:00", "14:00:00", "10:07:44", "1 hr 2 min", "COOP 2020-2021", "a::b", "12-34",
    ],
)  # fmt: skip
def test_roll_numbers_dates_and_hours_stay(text: str) -> None:
    assert replace_identifiers(text, lambda _found: "X") == text


def test_a_sentence_loses_its_addresses_too() -> None:
    sentence = "The joining time “+60 12-345 6789” of “siti@example.org” is no moment."
    assert without_identifiers(sentence) == "The joining time “…” of “…” is no moment."


def test_a_long_row_of_digits_takes_no_time() -> None:
    assert replace_identifiers("1 " * 50_000 + "x", lambda _found: "X")
