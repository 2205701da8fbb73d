"""What is typed to make the reader of Markdown work: bounded in depth and length, and shown."""

from html.parser import HTMLParser
from itertools import product

import pytest

from academy.lib.prose import DEEPEST, LONGEST, beginning_of, is_too_deep, render_prose
from tests.lib.prose_corpus import END, worst_texts

LENGTH = 4_000
TEXTS = worst_texts(LENGTH)
#: So much longer than the text its HTML may be: "> - a" becomes a quote, a list, an item.
MOST_TIMES = 16


class _Depth(HTMLParser):
    """How deep tags stand in one another."""

    deepest = depth = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag not in {"br", "hr"}:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, _tag: str) -> None:
        self.depth -= 1


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_grows_without_end_or_loses_its_end(name: str) -> None:
    html = render_prose(TEXTS[name])
    reader = _Depth()
    reader.feed(html)
    assert len(html) <= MOST_TIMES * len(TEXTS[name])
    assert reader.deepest <= DEEPEST + 2
    assert END in html
    assert len(beginning_of(TEXTS[name], 140)) <= 141


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_what_stands_too_deep_is_shown_as_it_was_typed(mark: str) -> None:
    text = mark * 30 + "the *innermost* words"
    assert is_too_deep(text)
    assert "the *innermost* words" in render_prose(text)
    assert not is_too_deep(mark * 5 + "words")
    assert "<em>" in render_prose(mark * 5 + "*words*")


@pytest.mark.parametrize("steps", [5, 6])
def test_what_is_asked_before_reading_is_what_reading_shows(steps: int) -> None:
    for marks in product(("> ", "- ", "1. "), repeat=steps):
        text = "".join(marks) + "*words*"
        assert is_too_deep(text) == ("<em>" not in render_prose(text)), text


def test_a_text_beyond_every_field_is_shown_as_it_was_typed() -> None:
    text = "> *a* & <b>\n" * (LONGEST // 8)
    html = render_prose(text)
    assert html.startswith("<p>&gt; *a* &amp; &lt;b&gt;<br>")
    assert html.count("<br>") == text.count("\n") - 1
