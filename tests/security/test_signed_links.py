"""Tokens that carry their own proof: made for one purpose, never for another (SECURITY.md 3.55)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.security import digests
from academy.security.signed_links import in_groups, read, sign

numbers = st.lists(st.integers(0, 2**62), min_size=1, max_size=3)


@given(numbers)
def test_what_was_signed_is_read_again(parts: list[int]) -> None:
    assert read("calendar", sign("calendar", *parts)) == tuple(parts)


@given(numbers)
def test_a_token_for_one_purpose_is_none_for_another(parts: list[int]) -> None:
    assert read("personal link", sign("calendar", *parts)) is None


@given(st.integers(0, 30), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"))
def test_no_letter_can_be_changed(position: int, letter: str) -> None:
    token = sign("personal link", 212, 1)
    forged = token[:position] + letter + token[position + 1 :]
    assert (read("personal link", forged) is None) == (forged != token)


@pytest.mark.parametrize("bad", ["", "-", "0", "a" * 79, "a" * 100_000, "é", "\0", "%00", "…"])
def test_what_is_no_token_is_read_as_none(bad: str) -> None:
    assert read("personal link", bad) is None
    assert read("personal link", sign("personal link", 1, 1) + "0" + bad) is None


def test_a_token_read_from_paper_works_in_capitals_in_groups_and_with_look_alikes() -> None:
    token = sign("personal link", 101, 1)
    typed = in_groups(token).upper().replace("0", "O").replace("1", "I")
    assert read("personal link", typed) == (101, 1)


def test_a_token_is_short_enough_to_be_typed_and_holds_128_bits() -> None:
    assert len(sign("personal link", 212, 1)) == 31
    assert len(sign("personal link", 2**31, 9)) <= 40


def test_another_key_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign("personal link", 212, 1)
    monkeypatch.setattr(digests, "_key", [b"another-key-of-this-test-0987654321"])
    assert read("personal link", token) is None
