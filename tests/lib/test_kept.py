"""Texts that are kept: made once, never more of them than there is room for."""

from functools import partial

from academy.lib.kept import Kept, KeptFew


def test_a_text_is_made_once_and_again_for_another_key() -> None:
    made: list[str] = []
    kept = Kept(most_bytes=10_000)

    def make(text: str) -> str:
        made.append(text)
        return text

    assert [kept.find(key, partial(make, f"ក {key}")) for key in (1, 1, 2)] == [
        "ក 1", "ក 1", "ក 2",
    ]  # fmt: skip
    assert made == ["ក 1", "ក 2"]


def test_it_never_grows_beyond_its_room_and_drops_what_was_not_asked_for_longest() -> None:
    kept = Kept(most_bytes=5_000)
    for number in range(50):
        kept.find(number, lambda: "x" * 1_000)
        kept.find(0, lambda: "y")
    assert kept.size <= 5_000
    assert kept.find(0, lambda: "made anew") == "x" * 1_000
    assert kept.find(1, lambda: "made anew") == "made anew"


def test_what_is_larger_than_all_the_room_is_given_and_not_kept() -> None:
    kept = Kept(most_bytes=1_000)
    assert kept.find(1, lambda: "x" * 5_000) == "x" * 5_000
    assert kept.size == 0


def test_of_a_few_things_those_used_last_stay() -> None:
    few: KeptFew[int, str] = KeptFew(2)
    few.put(1, "one")
    few.put(2, "two")
    assert few.find(1) == "one"
    assert few.put(3, "three") == "three"
    assert (len(few), few.find(1), few.find(2)) == (2, "one", None)
