"""What became of a text from one version to the next: its words, kept, gone and new."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

#: A word with the space after it, so that the parts of a text put together are the text.
_WORD = re.compile(r"\S+\s*|\s+")


class Part(NamedTuple):
    """Some words in a row that share what became of them."""

    became: Literal["kept", "gone", "new"]
    words: str


def differences(before: str, after: str) -> list[Part]:
    """Return the parts of both in the order in which they are read, what is gone before its heir.

    Word by word; the time it takes grows with the square of a text without anything in common,
    so it is for a few thousand words at most.
    """
    return list(_parts(_WORD.findall(before), _WORD.findall(after)))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for step, a_from, a_to, b_from, b_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if step == "equal":
            yield Part("kept", "".join(new[b_from:b_to]))
            continue
        if a_to > a_from:
            yield Part("gone", "".join(old[a_from:a_to]))
        if b_to > b_from:
            yield Part("new", "".join(new[b_from:b_to]))
